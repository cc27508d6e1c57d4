"""Addresses of the directory: the public overview of tafels."""

from django.urls import URLPattern, path

from directory.views import agreements, home, invitation, people, tafels

urlpatterns: list[URLPattern] = [
    path("", home.home, name="home"),
    path("uitnodiging/<str:secret>/", invitation.accept, name="invitation_accept"),
    path("beheer/", people.member_list, name="member_list"),
    path("beheer/uitnodigen/", people.member_invite, name="member_invite"),
    path("beheer/mensen/<int:pk>/", people.member_detail, name="member_detail"),
    path("beheer/mensen/<int:pk>/toegang/", people.user_active, name="user_active"),
    path("beheer/rollen/<int:pk>/stoppen/", people.membership_end, name="membership_end"),
    path("beheer/uitnodigingen/", people.invitation_list, name="invitation_list"),
    path(
        "beheer/uitnodigingen/<int:pk>/intrekken/",
        people.invitation_withdraw,
        name="invitation_withdraw",
    ),
    path("beheer/organisaties/", people.organisation_list, name="organisation_list"),
    path(
        "coordinatiepunt/procesafspraken/",
        agreements.procesafspraak_list,
        name="procesafspraak_list",
    ),
    path(
        "coordinatiepunt/procesafspraken/<slug:code>/",
        agreements.procesafspraak_edit,
        name="procesafspraak_edit",
    ),
    path("coordinatiepunt/collegebesluiten/", agreements.college_list, name="college_list"),
    path(
        "coordinatiepunt/collegebesluiten/<slug:slug>/",
        agreements.college_edit,
        name="college_edit",
    ),
    path("tafels/", tafels.tafel_list, name="tafel_list"),
    path("tafels/<slug:slug>/", tafels.tafel_detail, name="tafel_detail"),
]
