"""Addresses of what the region agreed."""

from django.urls import URLPattern, path

from directory.agreements import views
from directory.agreements.college import views as college
from directory.agreements.covenant import views as covenant

urlpatterns: list[URLPattern] = [
    path(
        "coordinatiepunt/procesafspraken/",
        views.procesafspraak_list,
        name="procesafspraak_list",
    ),
    path(
        "coordinatiepunt/procesafspraken/<slug:code>/",
        views.procesafspraak_edit,
        name="procesafspraak_edit",
    ),
    path("coordinatiepunt/collegebesluiten/", college.college_list, name="college_list"),
    path(
        "coordinatiepunt/collegebesluiten/<slug:slug>/",
        college.college_edit,
        name="college_edit",
    ),
    path("coordinatiepunt/convenant/", covenant.covenant_edit, name="covenant_edit"),
]
