"""The addresses of this app: one line per room."""

from django.urls import URLPattern

from escalation.attachments import urls as attachments
from escalation.coordination import urls as coordination
from escalation.dossier import urls as dossier
from escalation.keeping import urls as keeping
from escalation.lists import urls as lists
from escalation.overleg import urls as overleg
from escalation.oversight import urls as oversight
from escalation.registration import urls as registration
from escalation.route import urls as route
from escalation.sharing import urls as sharing

urlpatterns: list[URLPattern] = [
    # First: `nieuw`, `weergaven` and `inzage` are no code of a casus.
    *registration.urlpatterns,
    *lists.urlpatterns,
    *oversight.urlpatterns,
    *dossier.urlpatterns,
    *sharing.urlpatterns,
    *attachments.urlpatterns,
    *route.urlpatterns,
    *coordination.urlpatterns,
    *overleg.urlpatterns,
    *keeping.urlpatterns,
]
