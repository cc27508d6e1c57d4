"""Addresses that exist in the demo only."""

from django.urls import URLPattern, path

from demo import views

urlpatterns: list[URLPattern] = [
    path("", views.personas, name="demo_personas"),
    path("inloggen/<slug:persona>/", views.sign_in, name="demo_sign_in"),
    path("mail/", views.mail_list, name="demo_mail"),
    path("mail/<int:pk>/", views.mail_detail, name="demo_mail_detail"),
]
