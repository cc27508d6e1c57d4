"""Ongewoon gebruik: the pages of the privacy officer."""

from django.urls import URLPattern, path

from escalation.oversight.unusual import views as oversight

urlpatterns: list[URLPattern] = [
    path("toezicht/", oversight.unusual_list, name="unusual_list"),
    path("toezicht/<int:pk>/", oversight.unusual_detail, name="unusual_detail"),
    path("toezicht/<int:pk>/<str:word>/", oversight.unusual_move, name="unusual_move"),
]
