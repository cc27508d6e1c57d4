"""Clinical admission."""

from django.urls import URLPattern, path

from escalation.sharing.admission import views as admission

urlpatterns: list[URLPattern] = [
    path("casussen/<str:code>/opname/", admission.admission_add, name="admission_add"),
    path("casussen/<str:code>/opname/einde/", admission.admission_end, name="admission_end"),
]
