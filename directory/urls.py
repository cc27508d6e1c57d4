"""Addresses of the directory: the public overview of tafels."""

from django.urls import URLPattern, path

from directory import upkeep_urls
from directory.agreements import views as agreements
from directory.agreements.college import views as college
from directory.agreements.covenant import views as covenant
from directory.evaluation import urls as evaluation_urls
from directory.guide import views as guide
from directory.home import views as home
from directory.mail import views as mail
from directory.opendata import urls as opendata_urls
from directory.people import views as people
from directory.people.access import views as access
from directory.people.invitations import views as invitations
from directory.people.reviews import views as reviews
from directory.tafels import views as tafels
from directory.tafels.checklist import views as checklist

urlpatterns: list[URLPattern] = [
    path("", home.home, name="home"),
    path("uitnodiging/<str:secret>/", invitations.accept, name="invitation_accept"),
    path("beheer/", people.member_list, name="member_list"),
    path("beheer/uitnodigen/", invitations.member_invite, name="member_invite"),
    path("beheer/mensen/<int:pk>/", people.member_detail, name="member_detail"),
    path("beheer/mensen/<int:pk>/toegang/", access.user_active, name="user_active"),
    path("beheer/rollen/<int:pk>/stoppen/", access.membership_end, name="membership_end"),
    path("beheer/uitnodigingen/", invitations.invitation_list, name="invitation_list"),
    path(
        "beheer/uitnodigingen/<int:pk>/intrekken/",
        invitations.invitation_withdraw,
        name="invitation_withdraw",
    ),
    path("beheer/organisaties/", people.organisation_list, name="organisation_list"),
    path("beheer/nalopen/", reviews.review_list, name="review_list"),
    path("beheer/nalopen/<slug:slug>/", reviews.review_organisation, name="review_organisation"),
    path("beheer/nalopen/<slug:slug>/<int:pk>/", reviews.review_detail, name="review_detail"),
    path("beheer/mail/", mail.mail_failed, name="mail_failed"),
    path("beheer/mail/opnieuw/", mail.mail_retry_all, name="mail_retry_all"),
    path("beheer/mail/<int:pk>/opnieuw/", mail.mail_retry, name="mail_retry"),
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
    path("coordinatiepunt/collegebesluiten/", college.college_list, name="college_list"),
    path(
        "coordinatiepunt/collegebesluiten/<slug:slug>/",
        college.college_edit,
        name="college_edit",
    ),
    path("coordinatiepunt/convenant/", covenant.covenant_edit, name="covenant_edit"),
    path("wegwijzer/", guide.guide_step, name="guide"),
    path("wegwijzer/uitkomst/", guide.guide_result, name="guide_result"),
    path("wegwijzer/mailen/", guide.guide_mail, name="guide_mail"),
    *opendata_urls.urlpatterns,
    *upkeep_urls.urlpatterns,
    *evaluation_urls.urlpatterns,
    path("tafels/", tafels.tafel_list, name="tafel_list"),
    path("tafels/<slug:slug>/", tafels.tafel_detail, name="tafel_detail"),
    path("tafels/<slug:slug>/past-het/", checklist.tafel_check, name="tafel_check"),
]
