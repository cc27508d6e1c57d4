"""What waits for the themagroep ("Mijn werk"): signalen that nobody took up."""

from __future__ import annotations

from django.urls import reverse

from directory.models import Role, Signaal, SignaalStatus, User
from rdm.lib.wording import count_words
from rdm.lib.work import WorkItem

# The line says how many, up to here.
MOST_SIGNALEN = 50


def for_user(user: User) -> list[WorkItem]:
    """One line for all signalen that nobody took up; the list has the oldest first."""
    if Role.THEMAGROEP not in user.roles:
        return []
    new = Signaal.objects.filter(status=SignaalStatus.NEW)[: MOST_SIGNALEN + 1].count()
    if not new:
        return []
    words = count_words(new, "nieuw signaal", "nieuwe signalen")
    if new > MOST_SIGNALEN:
        words = f"Meer dan {MOST_SIGNALEN} nieuwe signalen"
    return [
        WorkItem(
            title=f"{words}: lees en neem in behandeling",
            url=f"{reverse('signaal_list')}?stand={SignaalStatus.NEW}",
            due=None,
            who="u",
            waiting=False,
            kind="signaal",
            casus_code="",
        )
    ]
