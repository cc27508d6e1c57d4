"""Trede 3: what the aanmelder asks and what the coördinatiepunt decides."""

from django.urls import URLPattern, path

from escalation.coordination import views
from escalation.coordination.decisions import views as decisions
from escalation.coordination.submission import views as submission

_CASUS = "casussen/<str:code>/"

urlpatterns: list[URLPattern] = [
    path(f"{_CASUS}trede-3/", submission.casus_submit, name="casus_submit"),
    path(f"{_CASUS}intrekken/", submission.casus_withdraw, name="casus_withdraw"),
    path(f"{_CASUS}aanvullen/", submission.casus_complete, name="casus_complete"),
    path("coordinatiepunt/", views.coordinatiepunt, name="coordinatiepunt"),
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
