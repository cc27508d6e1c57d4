"""Addresses of the yearly evaluation of the overview (E-174)."""

from django.urls import URLPattern, path

from directory.evaluation import views as evaluations

urlpatterns: list[URLPattern] = [
    path("evaluatie/", evaluations.evaluation_list, name="evaluation_list"),
    path("evaluatie/openen/", evaluations.evaluation_open, name="evaluation_open"),
    path("evaluatie/bedankt/", evaluations.evaluation_thanks, name="evaluation_thanks"),
    path("evaluatie/<int:year>/", evaluations.evaluation_detail, name="evaluation_detail"),
    path("evaluatie/<int:year>/sluiten/", evaluations.evaluation_close, name="evaluation_close"),
    path("evaluatie/stop/<str:token>/", evaluations.evaluation_stop, name="evaluation_stop"),
    path(
        "evaluatie/stop/<str:token>/direct/",
        evaluations.evaluation_stop_one_click,
        name="evaluation_stop_one_click",
    ),
    path("evaluatie/vragen/<str:token>/", evaluations.evaluation_answer, name="evaluation_answer"),
]
