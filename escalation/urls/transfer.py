"""Handing a casus over to another gemeente."""

from django.urls import URLPattern, path

from escalation.sharing.transfer import views as transfer

urlpatterns: list[URLPattern] = [
    path("casussen/<str:code>/overdracht/", transfer.transfer_propose, name="transfer_propose"),
    path(
        "casussen/<str:code>/overdracht/intrekken/",
        transfer.transfer_withdraw,
        name="transfer_withdraw",
    ),
    # Not below `casussen/`: who answers does not see the casus yet.
    path("overdrachten/<str:code>/", transfer.transfer_answer, name="transfer_answer"),
]
