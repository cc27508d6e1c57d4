"""With whom a casus is shared."""

from django.urls import URLPattern, path

from escalation.sharing import views as sharing

urlpatterns: list[URLPattern] = [
    path("casussen/<str:code>/delen/", sharing.casus_involve, name="casus_involve"),
    path(
        "casussen/<str:code>/delen/<int:pk>/",
        sharing.casus_involvement,
        name="casus_involvement",
    ),
    path(
        "casussen/<str:code>/delen/<int:pk>/stoppen/",
        sharing.casus_uninvolve,
        name="casus_uninvolve",
    ),
    path(
        "casussen/<str:code>/delen/<int:pk>/achtergebleven/",
        sharing.left_behind_withdraw,
        name="left_behind_withdraw",
    ),
]
