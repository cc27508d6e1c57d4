"""Who saw a casus, and ongewoon gebruik."""

from django.urls import URLPattern, path

from escalation.oversight.access_log import views as access_log
from escalation.oversight.unusual import views as unusual

urlpatterns: list[URLPattern] = [
    path("casussen/inzage/", access_log.access_log_find, name="access_log_find"),
    path("casussen/<str:code>/inzage/", access_log.casus_access_log, name="casus_access_log"),
    path("toezicht/", unusual.unusual_list, name="unusual_list"),
    path("toezicht/<int:pk>/", unusual.unusual_detail, name="unusual_detail"),
    path("toezicht/<int:pk>/<str:word>/", unusual.unusual_move, name="unusual_move"),
]
