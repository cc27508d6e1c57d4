"""The timeline of a casus, and who was told what."""

from django.urls import URLPattern, path

from escalation.dossier.communication import views as communication
from escalation.dossier.timeline import views as timeline

urlpatterns: list[URLPattern] = [
    path("casussen/<str:code>/tijdlijn/", timeline.casus_timeline, name="casus_timeline"),
    path(
        "casussen/<str:code>/tijdlijn/<int:pk>/verbeteren/",
        timeline.casus_note_correct,
        name="casus_note_correct",
    ),
    path(
        "casussen/<str:code>/geinformeerd/",
        communication.communication_list,
        name="communication_list",
    ),
    path(
        "casussen/<str:code>/geinformeerd/nieuw/",
        communication.communication_add,
        name="communication_add",
    ),
    path(
        "casussen/<str:code>/geinformeerd/<int:pk>/verbeteren/",
        communication.communication_correct,
        name="communication_correct",
    ),
]
