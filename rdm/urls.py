"""The map of all addresses; each app keeps its own."""

from django.conf import settings
from django.urls import include, path

from rdm import errors, health

handler400 = errors.bad_request
handler403 = errors.permission_denied
handler404 = errors.not_found
handler500 = errors.server_error

urlpatterns = [
    path("gezond/live/", health.live, name="health_live"),
    path("gezond/klaar/", health.ready, name="health_ready"),
    path("account/", include("rdm.account_urls")),
    path("", include("directory.urls")),
    path("", include("escalation.urls")),
    path("", include("learning.urls")),
]
if settings.DEMO:
    urlpatterns.append(path("demo/", include("demo.urls")))
