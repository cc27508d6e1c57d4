"""Addresses of keeping the overview true."""

from django.urls import URLPattern, path

from directory.upkeep.board import views as board
from directory.upkeep.confirmations import views as confirmations
from directory.upkeep.editions import views as editions
from directory.upkeep.entrances import views as entrances
from directory.upkeep.proposals import views as proposals
from directory.upkeep.subscriptions import views as subscriptions

urlpatterns: list[URLPattern] = [
    path("tafels/wijzigingen/", editions.change_log, name="change_log"),
    path("tafels/actueel/", board.upkeep_board, name="upkeep_board"),
    path("tafels/voorstellen/<int:pk>/", proposals.proposal_detail, name="proposal_detail"),
    path(
        "tafels/voorstellen/<int:pk>/publiceren/",
        proposals.proposal_publish,
        name="proposal_publish",
    ),
    path(
        "tafels/voorstellen/<int:pk>/niet-overnemen/",
        proposals.proposal_refuse,
        name="proposal_refuse",
    ),
    path(
        "tafels/voorstellen/<int:pk>/intrekken/",
        proposals.proposal_withdraw,
        name="proposal_withdraw",
    ),
    path("tafels/bevestigen/<str:token>/", confirmations.confirm_by_link, name="confirm_by_link"),
    path(
        "tafels/bevestigen/<str:token>/wijzigen/",
        confirmations.propose_by_link,
        name="propose_by_link",
    ),
    path("tafels/<slug:slug>/wijzigen/", proposals.tafel_propose, name="tafel_propose"),
    path("tafels/<slug:slug>/bevestigen/", confirmations.tafel_confirm, name="tafel_confirm"),
    path("tafels/<slug:slug>/versies/", editions.tafel_history, name="tafel_history"),
    path("tafels/<slug:slug>/versies/vergelijken/", editions.tafel_compare, name="tafel_compare"),
    path("gemeenten/<slug:slug>/wijzigen/", entrances.entrances_edit, name="entrances_edit"),
    path("gemeenten/<slug:slug>/versies/", editions.gemeente_history, name="gemeente_history"),
    path(
        "gemeenten/<slug:slug>/versies/vergelijken/",
        editions.gemeente_compare,
        name="gemeente_compare",
    ),
    path("op-de-hoogte/", subscriptions.subscribe, name="subscribe"),
    path("op-de-hoogte/ja/<str:token>/", subscriptions.subscribe_confirm, name="subscribe_confirm"),
    path("op-de-hoogte/stop/<str:token>/", subscriptions.unsubscribe, name="unsubscribe"),
    path(
        "op-de-hoogte/stop/<str:token>/direct/",
        subscriptions.unsubscribe_one_click,
        name="unsubscribe_one_click",
    ),
]
