"""Addresses of trede 3: what the aanmelder asks and what the coördinatiepunt decides."""

from django.urls import URLPattern, path

from escalation.views import coordination, submission

urlpatterns: list[URLPattern] = [
    path("casussen/<str:code>/trede-3/", submission.casus_submit, name="casus_submit"),
    path("casussen/<str:code>/intrekken/", submission.casus_withdraw, name="casus_withdraw"),
    path("casussen/<str:code>/aanvullen/", submission.casus_complete, name="casus_complete"),
    path("coordinatiepunt/", coordination.coordinatiepunt, name="coordinatiepunt"),
    path("coordinatiepunt/<str:code>/", coordination.submission_detail, name="submission_detail"),
    path(
        "coordinatiepunt/<str:code>/aannemen/",
        coordination.submission_accept,
        name="submission_accept",
    ),
    path(
        "coordinatiepunt/<str:code>/aanvulling/",
        coordination.submission_ask_completion,
        name="submission_ask_completion",
    ),
    path(
        "coordinatiepunt/<str:code>/teruggeven/",
        coordination.submission_return,
        name="submission_return",
    ),
    path(
        "coordinatiepunt/<str:code>/spoed/", coordination.submission_spoed, name="submission_spoed"
    ),
]
