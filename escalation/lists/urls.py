"""The list of casussen, as a file, and the filters that somebody keeps."""

from django.urls import URLPattern, path

from escalation.lists import views
from escalation.lists.saved_views import views as saved_views

urlpatterns: list[URLPattern] = [
    path("casussen/", views.casus_list, name="casus_list"),
    path("casussen/lijst.csv", views.casus_list_csv, name="casus_list_csv"),
    path("casussen/lijst.xlsx", views.casus_list_xlsx, name="casus_list_xlsx"),
    path("casussen/weergaven/", saved_views.saved_view_list, name="saved_view_list"),
    path("casussen/weergaven/nieuw/", saved_views.saved_view_add, name="saved_view_add"),
    path("casussen/weergaven/<int:pk>/", saved_views.saved_view_rename, name="saved_view_rename"),
    path(
        "casussen/weergaven/<int:pk>/verwijderen/",
        saved_views.saved_view_delete,
        name="saved_view_delete",
    ),
]
