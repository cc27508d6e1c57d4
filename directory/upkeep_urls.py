"""Addresses of keeping the overview true: proposals, versions, confirmations, subscribers."""

from django.urls import URLPattern, path

from directory.gemeenten import views as gemeenten
from directory.overview import views as overview
from directory.signalen import views as signalen
from directory.signalen.handling import views as handling
from directory.signalen.patterns import views as patterns
from directory.upkeep.board import views as upkeep
from directory.upkeep.confirmations import views as confirmations
from directory.upkeep.editions import views as history
from directory.upkeep.entrances import views as entrances
from directory.upkeep.proposals import views as proposals
from directory.upkeep.subscriptions import views as subscriptions

# Before the address of a tafel itself: its slug could be one of these words.
urlpatterns: list[URLPattern] = [
    path("tafels/wijzigingen/", history.change_log, name="change_log"),
    path("tafels/actueel/", upkeep.upkeep_board, name="upkeep_board"),
    path("tafels/overzicht/", overview.overview, name="overview"),
    path("tafels/overzicht.pdf", overview.overview_pdf, name="overview_pdf"),
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
    path("tafels/<slug:slug>/versies/", history.tafel_history, name="tafel_history"),
    path("tafels/<slug:slug>/versies/vergelijken/", history.tafel_compare, name="tafel_compare"),
    path("gemeenten/", gemeenten.gemeente_list, name="gemeente_list"),
    path("gemeenten/<slug:slug>/", gemeenten.gemeente_detail, name="gemeente_detail"),
    path("gemeenten/<slug:slug>/overzicht/", overview.gemeente_overview, name="gemeente_overview"),
    path(
        "gemeenten/<slug:slug>/overzicht.pdf",
        overview.gemeente_overview_pdf,
        name="gemeente_overview_pdf",
    ),
    path("gemeenten/<slug:slug>/wijzigen/", entrances.entrances_edit, name="entrances_edit"),
    path("gemeenten/<slug:slug>/versies/", history.gemeente_history, name="gemeente_history"),
    path(
        "gemeenten/<slug:slug>/versies/vergelijken/",
        history.gemeente_compare,
        name="gemeente_compare",
    ),
    path("signalen/", signalen.signaal_list, name="signaal_list"),
    path("signalen/nieuw/", signalen.signaal_new, name="signaal_new"),
    path("signalen/bedankt/", signalen.signaal_thanks, name="signaal_thanks"),
    path("signalen/patronen/", patterns.signaal_patterns, name="signaal_patterns"),
    path("signalen/<int:pk>/", signalen.signaal_detail, name="signaal_detail"),
    path("signalen/<int:pk>/indelen/", handling.signaal_sort, name="signaal_sort"),
    path("signalen/<int:pk>/<str:word>/", handling.signaal_move, name="signaal_move"),
    path("op-de-hoogte/", subscriptions.subscribe, name="subscribe"),
    path("op-de-hoogte/ja/<str:token>/", subscriptions.subscribe_confirm, name="subscribe_confirm"),
    path("op-de-hoogte/stop/<str:token>/", subscriptions.unsubscribe, name="unsubscribe"),
    path(
        "op-de-hoogte/stop/<str:token>/direct/",
        subscriptions.unsubscribe_one_click,
        name="unsubscribe_one_click",
    ),
]
