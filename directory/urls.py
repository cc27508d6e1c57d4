"""Addresses of the directory, one line per room."""

from django.urls import URLPattern

from directory.agreements import urls as agreements
from directory.copies import urls as copies
from directory.evaluation import urls as evaluation
from directory.gemeenten import urls as gemeenten
from directory.guide import urls as guide
from directory.health import urls as health
from directory.home import urls as home
from directory.log_watch import urls as log_watch
from directory.mail import urls as mail
from directory.opendata import urls as opendata
from directory.overview import urls as overview
from directory.people import urls as people
from directory.signalen import urls as signalen
from directory.site import urls as site
from directory.tafels import urls as tafels
from directory.upkeep import urls as upkeep

urlpatterns: list[URLPattern] = [
    *home.urlpatterns,
    *people.urlpatterns,
    *mail.urlpatterns,
    *health.urlpatterns,
    *copies.urlpatterns,
    *log_watch.urlpatterns,
    *agreements.urlpatterns,
    *guide.urlpatterns,
    *opendata.urlpatterns,
    *upkeep.urlpatterns,
    *overview.urlpatterns,
    *gemeenten.urlpatterns,
    *signalen.urlpatterns,
    *evaluation.urlpatterns,
    *site.urlpatterns,
    # After the others: a slug could be one of their words.
    *tafels.urlpatterns,
]
