"""The one page of this app without account."""

from django.urls import path

from escalation.overleg.answer import views as answer

urlpatterns = [
    path("overleg/antwoord/<str:token>/", answer.deelnemer_answer, name="deelnemer_answer"),
]
