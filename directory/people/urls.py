"""Addresses of people: the way in, and beheer."""

from django.urls import URLPattern, path

from directory.people import views
from directory.people.access import views as access
from directory.people.heavy_roles import views as heavy_roles
from directory.people.invitations import views as invitations
from directory.people.reviews import views as reviews

urlpatterns: list[URLPattern] = [
    path("uitnodiging/<str:secret>/", invitations.accept, name="invitation_accept"),
    path("beheer/", views.member_list, name="member_list"),
    path("beheer/uitnodigen/", invitations.member_invite, name="member_invite"),
    path("beheer/mensen/<int:pk>/", views.member_detail, name="member_detail"),
    path("beheer/mensen/<int:pk>/toegang/", access.user_active, name="user_active"),
    path("beheer/rollen/<int:pk>/stoppen/", access.membership_end, name="membership_end"),
    path("beheer/uitnodigingen/", invitations.invitation_list, name="invitation_list"),
    path(
        "beheer/uitnodigingen/<int:pk>/verbeteren/",
        invitations.invitation_correct,
        name="invitation_correct",
    ),
    path(
        "beheer/uitnodigingen/<int:pk>/intrekken/",
        invitations.invitation_withdraw,
        name="invitation_withdraw",
    ),
    path(
        "beheer/uitnodigingen/<int:pk>/akkoord/",
        invitations.invitation_agree,
        name="invitation_agree",
    ),
    path(
        "beheer/uitnodigingen/<int:pk>/niet-akkoord/",
        invitations.invitation_decline,
        name="invitation_decline",
    ),
    path("toezicht/rollen/", heavy_roles.heavy_role_list, name="heavy_role_list"),
    path("beheer/organisaties/", views.organisation_list, name="organisation_list"),
    path("beheer/nalopen/", reviews.review_list, name="review_list"),
    path("beheer/nalopen/<slug:slug>/", reviews.review_organisation, name="review_organisation"),
    path("beheer/nalopen/<slug:slug>/<int:pk>/", reviews.review_detail, name="review_detail"),
]
