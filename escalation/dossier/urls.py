"""The pages of one casus."""

from django.urls import URLPattern, path

from escalation.dossier import views
from escalation.dossier.closing import views as closing
from escalation.dossier.communication import views as communication
from escalation.dossier.timeline import views as timeline

_CASUS = "casussen/<str:code>/"

urlpatterns: list[URLPattern] = [
    path(_CASUS, views.casus_detail, name="casus_detail"),
    path(f"{_CASUS}pdf/", views.casus_pdf, name="casus_pdf"),
    path(f"{_CASUS}notitie/", timeline.casus_note, name="casus_note"),
    path(f"{_CASUS}afsluiten/", closing.casus_close, name="casus_close"),
    path(f"{_CASUS}heropenen/", closing.casus_reopen, name="casus_reopen"),
    path(f"{_CASUS}tijdlijn/", timeline.casus_timeline, name="casus_timeline"),
    path(
        f"{_CASUS}tijdlijn/<int:pk>/verbeteren/",
        timeline.casus_note_correct,
        name="casus_note_correct",
    ),
    path(f"{_CASUS}geinformeerd/", communication.communication_list, name="communication_list"),
    path(f"{_CASUS}geinformeerd/nieuw/", communication.communication_add, name="communication_add"),
    path(
        f"{_CASUS}geinformeerd/<int:pk>/verbeteren/",
        communication.communication_correct,
        name="communication_correct",
    ),
]
