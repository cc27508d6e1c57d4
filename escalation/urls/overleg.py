"""The overleg and what follows from it."""

from django.urls import path

from escalation.overleg import views as overleg
from escalation.overleg.nomination import views as nomination
from escalation.overleg.outcome import views as outcome

_CASUS = "casussen/<str:code>/"

urlpatterns = [
    path(f"{_CASUS}overleg/", overleg.overleg_detail, name="overleg_detail"),
    path(f"{_CASUS}overleg/datum/", overleg.overleg_fix, name="overleg_fix"),
    path(f"{_CASUS}overleg/afzeggen/", overleg.overleg_cancel, name="overleg_cancel"),
    path(f"{_CASUS}overleg/stoppen/", overleg.overleg_stop, name="overleg_stop"),
    path(f"{_CASUS}overleg/uitkomst/", outcome.overleg_record, name="overleg_record"),
    path(f"{_CASUS}overleg/afspraken/<int:pk>/", outcome.afspraak_change, name="afspraak_change"),
    path(f"{_CASUS}overleg/teruggeven/", overleg.casus_return, name="casus_return"),
    path(f"{_CASUS}trede-4/", nomination.casus_nominate, name="casus_nominate"),
    path(f"{_CASUS}trede-4/antwoord/", nomination.nomination_answer, name="nomination_answer"),
]
