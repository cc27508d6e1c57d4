"""The overleg, its deelnemers, and what follows from it."""

from django.urls import URLPattern, path

from escalation.overleg import views
from escalation.overleg.answer import views as answer
from escalation.overleg.date_poll import views as date_poll
from escalation.overleg.deelnemers import views as deelnemers
from escalation.overleg.nomination import views as nomination
from escalation.overleg.outcome import views as outcome

_CASUS = "casussen/<str:code>/"

urlpatterns: list[URLPattern] = [
    path(f"{_CASUS}overleg/", views.overleg_detail, name="overleg_detail"),
    path(f"{_CASUS}overleg/datum/", views.overleg_fix, name="overleg_fix"),
    path(f"{_CASUS}overleg/afzeggen/", views.overleg_cancel, name="overleg_cancel"),
    path(f"{_CASUS}overleg/stoppen/", views.overleg_stop, name="overleg_stop"),
    path(f"{_CASUS}overleg/uitkomst/", outcome.overleg_record, name="overleg_record"),
    path(f"{_CASUS}overleg/afspraken/<int:pk>/", outcome.afspraak_change, name="afspraak_change"),
    path(
        f"{_CASUS}overleg/afspraken/<int:pk>/verbeteren/",
        outcome.afspraak_correct,
        name="afspraak_correct",
    ),
    path(f"{_CASUS}overleg/teruggeven/", views.casus_return, name="casus_return"),
    path(f"{_CASUS}trede-4/", nomination.casus_nominate, name="casus_nominate"),
    path(f"{_CASUS}trede-4/antwoord/", nomination.nomination_answer, name="nomination_answer"),
    path(f"{_CASUS}overleg/deelnemers/nieuw/", deelnemers.deelnemer_add, name="deelnemer_add"),
    path(f"{_CASUS}overleg/deelnemers/<int:pk>/", deelnemers.deelnemer_edit, name="deelnemer_edit"),
    path(
        f"{_CASUS}overleg/deelnemers/<int:pk>/weghalen/",
        deelnemers.deelnemer_remove,
        name="deelnemer_remove",
    ),
    path(
        f"{_CASUS}overleg/deelnemers/<int:pk>/link/",
        deelnemers.deelnemer_link,
        name="deelnemer_link",
    ),
    path(f"{_CASUS}overleg/momenten/", date_poll.date_propose, name="date_propose"),
    path(f"{_CASUS}overleg/momenten/vragen/", date_poll.dates_ask, name="dates_ask"),
    path(f"{_CASUS}overleg/momenten/herinneren/", date_poll.dates_remind, name="dates_remind"),
    path(f"{_CASUS}overleg/momenten/<int:pk>/", date_poll.date_change, name="date_change"),
    path(f"{_CASUS}overleg/momenten/<int:pk>/weghalen/", date_poll.date_drop, name="date_drop"),
    path("overleg/antwoord/<str:token>/", answer.deelnemer_answer, name="deelnemer_answer"),
]
