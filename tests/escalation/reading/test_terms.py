"""Terms never end on a day on which nobody works."""

from datetime import UTC, date, datetime

from escalation import terms
from escalation.dossier import sweeps
from outbox.models import Message
from rdm.lib import clock
from tests import world
from tests.cast import Cast


def test_a_term_in_calendar_days_ends_on_a_working_day(cast: Cast) -> None:
    # Thirty days after Friday 13 November is Sunday 13 December.
    with clock.travel(datetime(2026, 11, 13, 10, tzinfo=UTC)):
        assert terms.news_due() == date(2026, 12, 14)
    with clock.travel(datetime(2026, 11, 11, 10, tzinfo=UTC)):
        assert terms.news_due() == date(2026, 12, 11)


def test_a_reminder_names_the_task_and_says_that_the_term_has_passed(cast: Cast) -> None:
    with clock.travel(datetime(2026, 11, 2, 10, tzinfo=UTC)):
        casus = world.submitted_casus(cast)
    assert casus.due == date(2026, 11, 5)
    for day, subject, text in (
        (4, "Herinnering: beoordeel de aanmelding", "De laatste dag is 5 november 2026."),
        (6, "Termijn voorbij: beoordeel de aanmelding", "De laatste dag was 5 november 2026."),
    ):
        with clock.travel(datetime(2026, 11, day, 10, tzinfo=UTC)):
            sweeps.remind()
        mail = Message.objects.filter(key__startswith="reminder:").latest("pk")
        assert mail.subject == f"{subject} ({casus.code})"
        assert text in mail.body and casus.situation not in mail.body
