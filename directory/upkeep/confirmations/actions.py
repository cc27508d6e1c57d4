"""The yearly answer to "klopt dit nog?": confirmed, or a proposal (E-174, O-13)."""

from __future__ import annotations

from audit.transaction import action
from directory.models import Confirmation, Proposal, Tafel, User
from directory.permissions import reason_denied_tafel
from directory.reading import keepers
from directory.upkeep.actions import make_proposal, note_confirmation, record
from directory.upkeep.confirmations.links import Question
from directory.upkeep.editions import publishing
from directory.upkeep.mails import ask_to_check
from directory.upkeep.page_fields.fields import Values
from rdm.lib import clock
from rdm.lib.refusal import Conflict, Forbidden, Refused

PAGE_CHANGED = "De pagina is net gewijzigd. Kijk hieronder opnieuw of alles klopt."
ALREADY_CONFIRMED = "Deze pagina is intussen al bevestigd. U hoeft niets meer te doen."
ALREADY_PROPOSED = "Er ligt al een voorstel van uw tafel. Dat wordt eerst nagekeken."


@action
def confirm(
    *, tafel: Tafel, by: User, version: int, note: str = "", seen_by_chair: bool = False
) -> Confirmation:
    """Somebody with an account says that edition `version` of the page still holds.

    `seen_by_chair`: the chair of the tafel looked at it too (E-044). Raises Conflict when the page
    is no longer the one that was on the screen.
    """
    if reason := reason_denied_tafel(by, "confirm_tafel", tafel):
        raise Forbidden(reason)
    confirmation = _confirm(
        tafel, version, keepers.public_name(by, tafel), by_link=False, note=note
    )
    if seen_by_chair:
        _note_chair(tafel)
    record(by, tafel, f"confirmation:{confirmation.pk}")
    return confirmation


@action
def confirm_by_link(
    *, question: Question, function: str, version: int, note: str = "", seen_by_chair: bool = False
) -> Confirmation:
    """Somebody without an account says so, by the link; once per yearly question.

    `function` is shown in public: a function, never a name.
    """
    _claim(question)
    confirmation = _confirm(question.tafel, version, f"de {function}", by_link=True, note=note)
    if seen_by_chair:
        _note_chair(question.tafel)
    record(None, question.tafel, f"confirmation:{confirmation.pk}")
    return confirmation


@action
def propose_by_link(
    *, question: Question, function: str, values: Values, based_on: int, reason: str
) -> Proposal:
    """The other answer: something must change. Publishing it is then the confirmation."""
    _claim(question)
    proposal = make_proposal(
        question.tafel,
        values=values,
        based_on=based_on,
        reason=reason,
        by=None,
        by_name=f"de {function}",
        confirms=True,
    )
    ask_to_check(proposal)
    return proposal


def _claim(question: Question) -> None:
    """One answer per question, also when two people open the link at once."""
    publishing.serialise()
    now = question.again()
    if now.is_closed:
        raise Refused(ALREADY_CONFIRMED)
    if now.is_waiting:
        raise Refused(ALREADY_PROPOSED)


def _confirm(tafel: Tafel, version: int, by_name: str, *, by_link: bool, note: str) -> Confirmation:
    now = Tafel.objects.select_for_update().get(pk=tafel.pk)
    if now.version != version:
        raise Conflict(PAGE_CHANGED)
    return note_confirmation(
        now, by_name=by_name, by_link=by_link, edition_number=version, note=note
    )


def _note_chair(tafel: Tafel) -> None:
    Tafel.objects.filter(pk=tafel.pk).update(checked_by_chair_on=clock.today())
