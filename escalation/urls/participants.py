"""Deelnemers and proposed moments."""

from django.urls import path

from escalation.overleg.date_poll import views as date_poll
from escalation.overleg.deelnemers import views as deelnemers

_OVERLEG = "casussen/<str:code>/overleg/"

urlpatterns = [
    path(f"{_OVERLEG}deelnemers/nieuw/", deelnemers.deelnemer_add, name="deelnemer_add"),
    path(f"{_OVERLEG}deelnemers/<int:pk>/", deelnemers.deelnemer_edit, name="deelnemer_edit"),
    path(
        f"{_OVERLEG}deelnemers/<int:pk>/weghalen/",
        deelnemers.deelnemer_remove,
        name="deelnemer_remove",
    ),
    path(f"{_OVERLEG}deelnemers/<int:pk>/link/", deelnemers.deelnemer_link, name="deelnemer_link"),
    path(f"{_OVERLEG}momenten/", date_poll.date_propose, name="date_propose"),
    path(f"{_OVERLEG}momenten/vragen/", date_poll.dates_ask, name="dates_ask"),
    path(f"{_OVERLEG}momenten/herinneren/", date_poll.dates_remind, name="dates_remind"),
    path(f"{_OVERLEG}momenten/<int:pk>/weghalen/", date_poll.date_drop, name="date_drop"),
]
