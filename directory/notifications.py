"""Mail about keeping the overview true: proposals, the yearly question and subscriptions.

All of it is about pages that anybody can read, so the mails may say what is in them. Each is one
outbox row per recipient with a key of its own, queued with the change (promise 5).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.conf import settings

from directory.links import yearly_link
from directory.models import Edition, Proposal, ProposalStatus, Subscriber, Tafel
from directory.reading import keepers
from directory.reading.keepers import address_of
from directory.region.names import region_name
from directory.upkeep.editions.changelog import LogEntry
from directory.web.mails import full_address, greeting
from directory.web.readers import one_click_link, subscribe_link, unsubscribe_link
from outbox import queue
from rdm.lib import clock
from rdm.lib.dates import long_date

# --- Proposals ------------------------------------------------------------------------------------


def ask_to_check(proposal: Proposal) -> None:
    """Mail everybody who may check a proposal for a tafel, except who made it."""
    tafel = proposal.tafel
    assert tafel is not None
    people = {one.pk: one for one in [*keepers.contacts_of(tafel), *keepers.themagroep()]}
    for person in people.values():
        if person.pk == proposal.proposed_by_id:
            continue
        queue.put(
            key=f"proposal:{proposal.pk}:new:{person.pk}",
            to=person.email,
            subject=f"Voorstel om {tafel} te wijzigen",
            body=(
                f"Beste {person.name},\n\n"
                f"Er is een voorstel om de pagina van {tafel} te wijzigen.\n"
                f"Wilt u het nakijken? U ziet oud en nieuw naast elkaar.\n\n"
                f"{full_address('proposal_detail', proposal.pk)}{greeting()}"
            ),
        )


def tell_decided(proposal: Proposal, *, edition: Edition | None = None) -> None:
    """Mail who proposed it what became of it; who came in by the link, at the tafel itself."""
    tafel = proposal.tafel
    assert tafel is not None
    person = proposal.proposed_by
    address = person.email if person else address_of(tafel)
    if not address or proposal.status == ProposalStatus.WITHDRAWN:
        return
    if edition is not None:
        news = f"Het voorstel voor {tafel} is gepubliceerd. Dit is nu versie {edition.number}."
        subject = f"Gepubliceerd: uw voorstel voor {tafel}"
    else:
        news = (
            f"Het voorstel voor {tafel} is niet overgenomen.\nDe reden: {proposal.decision_reason}"
        )
        subject = f"Niet overgenomen: uw voorstel voor {tafel}"
    queue.put(
        key=f"proposal:{proposal.pk}:{proposal.status}",
        to=address,
        subject=subject,
        body=(
            f"Beste {person.name if person else 'collega van de tafel'},\n\n"
            f"{news}\n\n{full_address('tafel_detail', tafel.slug)}{greeting()}"
        ),
    )


# --- The yearly question --------------------------------------------------------------------------


def ask_to_confirm(tafel: Tafel, due: date, moment: str, *, overdue: bool) -> int:
    """Mail the tafel, and its contacts with an account, whether the page still holds; how many.

    Without anybody there the themagroep is asked. `moment` makes the mail unique for this term.
    """
    opening = (
        f"De pagina van {tafel} moest uiterlijk op {long_date(due)} zijn bevestigd. Op de pagina "
        "staat nu dat dit niet op tijd is gebeurd."
        if overdue
        else f"Elk jaar vragen wij of de pagina van {tafel} nog klopt. Dat kan tot en met "
        f"{long_date(due)}."
    )
    key = f"confirm:{tafel.pk}:{due:%Y%m%d}:{moment}"
    subject = f"{'Nog niet bevestigd:' if overdue else 'Klopt dit nog?'} {tafel}"
    people = list(keepers.contacts_of(tafel))
    address = address_of(tafel)
    if not people and not address:
        people = list(keepers.themagroep())
    known = {person.email for person in people}
    if address and address not in known:
        _ask(f"{key}:tafel", address, subject, "collega van de tafel", opening, yearly_link(tafel))
    own_page = full_address("tafel_confirm", tafel.slug)
    for person in people:
        _ask(f"{key}:{person.pk}", person.email, subject, person.name, opening, own_page)
    return len(people) + bool(address and address not in known)


def _ask(key: str, to: str, subject: str, name: str, opening: str, link: str) -> None:
    queue.put(
        key=key,
        to=to,
        subject=subject,
        body=(
            f"Beste {name},\n\n{opening}\n\n"
            f"Wilt u kijken of alles nog klopt? Klopt er iets niet, dan stelt u op dezelfde "
            f"plek een wijziging voor. Het kost een paar minuten.\n\n{link}{greeting()}"
        ),
    )


# --- Subscribers ----------------------------------------------------------------------------------


def ask_subscriber(subscriber: Subscriber) -> None:
    """Mail the link by which somebody says that the subscription is theirs; once a day at most."""
    region = region_name()
    if subscriber.confirmed_at:
        text = (
            f"Iemand vroeg om bericht op dit e-mailadres als er iets wijzigt in het overzicht van "
            f"overlegtafels in {region}. Dat krijgt u al. U hoeft niets te doen.\n\n"
            f"Wilt u geen bericht meer? {unsubscribe_link(subscriber)}"
        )
        subject = "U krijgt al bericht van wijzigingen"
    else:
        text = (
            f"U vroeg om bericht als er iets wijzigt in het overzicht van overlegtafels in "
            f"{region}. Klopt dat? Bevestig het dan met deze link:\n\n"
            f"{subscribe_link(subscriber)}\n\n"
            "Hebt u niets gevraagd? Dan hoeft u niets te doen. Wij gooien dit e-mailadres weg."
        )
        subject = "Bevestig dat u bericht wilt van wijzigingen"
    standing = "known" if subscriber.confirmed_at else "ask"
    queue.put(
        key=f"subscribe:{subscriber.pk}:{standing}:{clock.today():%Y%m%d}",
        to=subscriber.email,
        subject=subject,
        body=f"Beste lezer,\n\n{text}{greeting()}",
    )


def changes_key(subscriber: Subscriber, today: date) -> str:
    """The key of the one mail with changes that a reader gets on a day."""
    return f"changes:{subscriber.pk}:{today:%Y%m%d}"


def tell_changes(
    subscriber: Subscriber, entries: Iterable[LogEntry], for_gp: frozenset[int]
) -> None:
    """Mail what changed, page by page. `for_gp` are the tafels to which a huisarts may submit:
    a reader of a huisartsenorganisatie sees those first, and that they are theirs (E-177)."""
    rows = list(entries)
    if subscriber.is_gp:
        rows.sort(key=lambda one: one.edition.tafel_id not in for_gp)
    blocks = [_block(one, subscriber.is_gp and one.edition.tafel_id in for_gp) for one in rows]
    pages = list(dict.fromkeys(one.page for one in rows))
    what = pages[0] if len(pages) == 1 else f"{len(pages)} pagina's"
    region = region_name()
    text = "\n\n".join(blocks)
    queue.put(
        key=changes_key(subscriber, clock.today()),
        to=subscriber.email,
        subject=f"Gewijzigd in het overzicht van {region}: {what}"[:200],
        body=(
            f"Beste lezer,\n\nDit is er gewijzigd in het overzicht van overlegtafels in {region}."
            f"\n\n{text}\n\n"
            f"Alle wijzigingen: {full_address('change_log')}\n"
            f"Geen bericht meer? {unsubscribe_link(subscriber)}{greeting()}"
        ),
        unsubscribe_url=one_click_link(subscriber),
    )


def _block(entry: LogEntry, theirs: bool) -> str:
    lines = [entry.title, "Huisartsen mogen hier zelf aanmelden.", entry.text]
    if not theirs:
        del lines[1]
    # The sentence says it all when there is one short change; the lines say more otherwise.
    lines += [f"- {line}" for line in entry.lines]
    lines.append(settings.SITE_URL + entry.url)
    return "\n".join(lines)
