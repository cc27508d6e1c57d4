"""With whom a casus is shared, and who is responsible for it."""

from django.urls import URLPattern, path

from escalation.sharing import views
from escalation.sharing.admission import views as admission
from escalation.sharing.transfer import views as transfer

_CASUS = "casussen/<str:code>/"

urlpatterns: list[URLPattern] = [
    path(f"{_CASUS}delen/", views.casus_involve, name="casus_involve"),
    path(f"{_CASUS}delen/<int:pk>/", views.casus_involvement, name="casus_involvement"),
    path(f"{_CASUS}delen/<int:pk>/stoppen/", views.casus_uninvolve, name="casus_uninvolve"),
    path(
        f"{_CASUS}delen/<int:pk>/achtergebleven/",
        views.left_behind_withdraw,
        name="left_behind_withdraw",
    ),
    path(f"{_CASUS}overdracht/", transfer.transfer_propose, name="transfer_propose"),
    path(f"{_CASUS}overdracht/intrekken/", transfer.transfer_withdraw, name="transfer_withdraw"),
    path("overdrachten/<str:code>/", transfer.transfer_answer, name="transfer_answer"),
    path(f"{_CASUS}opname/", admission.admission_add, name="admission_add"),
    path(f"{_CASUS}opname/einde/", admission.admission_end, name="admission_end"),
]
