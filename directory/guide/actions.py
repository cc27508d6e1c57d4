"""The result of the wegwijzer, mailed to who asked for it."""

from __future__ import annotations

from uuid import UUID

from audit.transaction import action
from directory.region.names import where_to_ask
from outbox import queue

# Mail under these keys is forgotten once it is sent (directory.guide.sweeps).
MAIL = "wegwijzer:"


@action
def mail_advice(*, request_id: UUID, email: str, text: str, link: str) -> None:
    """Queue the result in words, with the `link` to see it again; once per `request_id`.

    There is no row in the log: nobody is signed in, nothing of the region changes, and the log
    would keep the address of the visitor that we promise to forget.
    """
    queue.put(
        key=f"{MAIL}{request_id}",
        to=email,
        subject="Uw uitkomst van de wegwijzer",
        body=(
            f"U vroeg om deze uitkomst van de wegwijzer.\n\n{text}\n\n"
            f"Bekijk of verander uw antwoorden:\n{link}\n\n"
            "De uitkomst is een hulp. De tafel beslist zelf of een casus past.\n"
            f"Wij bewaren uw e-mailadres niet.\n\n{where_to_ask()}"
        ),
    )
