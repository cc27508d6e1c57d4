"""Addresses of trede 3: what the aanmelder asks and what the coördinatiepunt decides."""

from django.urls import URLPattern, path

from escalation.coordination import views as inbox
from escalation.coordination.decisions import views as decisions
from escalation.coordination.submission import views as submission

urlpatterns: list[URLPattern] = [
    path("casussen/<str:code>/trede-3/", submission.casus_submit, name="casus_submit"),
    path("casussen/<str:code>/intrekken/", submission.casus_withdraw, name="casus_withdraw"),
    path("casussen/<str:code>/aanvullen/", submission.casus_complete, name="casus_complete"),
    path("coordinatiepunt/", inbox.coordinatiepunt, name="coordinatiepunt"),
    path("coordinatiepunt/<str:code>/", decisions.submission_detail, name="submission_detail"),
    path(
        "coordinatiepunt/<str:code>/aannemen/",
        decisions.submission_accept,
        name="submission_accept",
    ),
    path(
        "coordinatiepunt/<str:code>/aanvulling/",
        decisions.submission_ask_completion,
        name="submission_ask_completion",
    ),
    path(
        "coordinatiepunt/<str:code>/teruggeven/",
        decisions.submission_return,
        name="submission_return",
    ),
    path("coordinatiepunt/<str:code>/spoed/", decisions.submission_spoed, name="submission_spoed"),
]
