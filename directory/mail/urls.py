"""Addresses of mail that was given up."""

from django.urls import URLPattern, path

from directory.mail import views

urlpatterns: list[URLPattern] = [
    path("beheer/mail/", views.mail_failed, name="mail_failed"),
    path("beheer/mail/opnieuw/", views.mail_retry_all, name="mail_retry_all"),
    path("beheer/mail/<int:pk>/opnieuw/", views.mail_retry, name="mail_retry"),
]
