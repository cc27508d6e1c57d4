"""Mail about signalen; each is queued with the change (promise 5)."""

from __future__ import annotations

from directory.models import Signaal
from directory.reading import keepers
from directory.signalen.rules import subject_of
from directory.web.mails import full_address, letter
from outbox import queue
from rdm.lib import clock
from rdm.lib.dates import long_date

# Mail under these keys is forgotten once it is sent (directory.signalen.sweeps).
SIGNAAL_ANSWER = "signaal-answer:"


def tell_signaal(signaal: Signaal) -> None:
    """Mail the themagroep that somebody left a signaal. What it says stays out of the mail: a
    visitor wrote it, and screening does not find everything."""
    for person in keepers.themagroep():
        queue.put(
            key=f"signaal:{signaal.pk}:new:{person.pk}",
            to=person.email,
            subject=f"Nieuw signaal over {subject_of(signaal)}"[:200],
            body=letter(
                person.name,
                f"Er is een signaal binnengekomen over {subject_of(signaal)}.\n"
                f"Wilt u het lezen en in behandeling nemen?\n\n"
                f"{full_address('signaal_detail', signaal.pk)}",
            ),
        )


def answer_signaal(signaal: Signaal, email: str) -> None:
    """Mail the answer to who left this address. Their own text is not repeated: anybody can fill
    in the address of somebody else."""
    day = long_date(clock.local_date(signaal.left_at))
    queue.put(
        key=f"{SIGNAAL_ANSWER}{signaal.pk}:{signaal.version}",
        to=email,
        subject=f"Antwoord op uw signaal over {subject_of(signaal)}"[:200],
        body=letter(
            "lezer",
            f"Op {day} liet u ons weten dat er iets niet werkt. Het ging over "
            f"{subject_of(signaal)}. De themagroep heeft ernaar gekeken. Dit is het antwoord:\n\n"
            f"{signaal.answer}\n\n"
            "Wij hebben uw e-mailadres alleen voor dit antwoord gebruikt en bewaren het niet. "
            f"Wilt u nog iets laten weten? {full_address('signaal_new')}",
        ),
    )
