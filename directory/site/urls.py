"""Addresses that every public site has."""

from django.urls import URLPattern, path

from directory.site import views

urlpatterns: list[URLPattern] = [
    path(".well-known/security.txt", views.security_txt, name="security_txt"),
    path(".well-known/change-password", views.change_password, name="change_password"),
    path("robots.txt", views.robots, name="robots"),
    path("sitemap.xml", views.sitemap, name="sitemap"),
    path("over/<slug:code>/", views.region_page, name="region_page"),
]
