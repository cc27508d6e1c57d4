"""The public overview with many readers and with many tafels: small runs of the bench itself."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from django.urls import reverse

from bench.visitors import QUERIES, Seen, addresses, report
from directory.models import Region
from tests.house.calls import ROOT
from tests.house.pages import OPEN_DATA, PAGES
from tests.house.test_caching import NOT_KEPT

# Addresses that need a row that a region has not by itself, or ask what another one asks.
LEFT_OUT = {
    *("tafel_compare", "gemeente_compare", "gemeente_history", "tafel_agenda", "evaluation_thanks"),
    *("signaal_thanks", "tafel_check", "api_gemeente", "hsds_root", "hsds_service"),
    *("region_page", "robots", "security_txt", "sitemap", "dcat_catalog"),
}


def bench(*arguments: str) -> str:
    """What the bench says; it makes a database of its own, and must find it within the norm."""
    command = [sys.executable, "-m", "bench", *arguments]
    done = subprocess.run(
        command, cwd=ROOT, env=os.environ, capture_output=True, text=True, timeout=300
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.nightly
@pytest.mark.django_db
def test_thirty_readers_at_once_get_their_pages() -> None:
    """More readers than the web process has threads; an answer that is not 200 fails it."""
    said = bench("visitors", "--requests", "10", "--most", "20000")
    assert "30 bezoekers, 300 vragen" in said and ", 0 fouten" in said


@pytest.mark.nightly
@pytest.mark.django_db
def test_a_search_in_five_hundred_tafels_is_quick() -> None:
    assert "Binnen de norm." in bench("search")


def test_the_readers_visit_every_kind_of_public_page(twente: Region, client) -> None:
    found = addresses()
    assert len(found) == len(set(found))
    names = {client.get(address).resolver_match.url_name for address in found}
    public = {
        page.name for page in [*PAGES, *OPEN_DATA]
        if not page.who and page.status == 200 and not page.name.startswith(("account_", "demo_"))
    }  # fmt: skip
    assert public - names - LEFT_OUT == set(NOT_KEPT) - {"subscribe", "signaal_new"}
    assert all(f"{reverse(name)}?{query}" in found for name, query in QUERIES)


def test_an_error_and_a_slow_answer_are_a_no(capsys: pytest.CaptureFixture[str]) -> None:
    fine = Seen({"/": [10.0, 20.0, 30.0]})
    assert report(fine, people=3, seconds=1, most=100) == 0
    assert "3 bezoekers, 3 vragen in 1.0 s, 0 fouten" in capsys.readouterr().out
    assert report(fine, people=3, seconds=1, most=15) == 1
    assert "Te traag: p95" in capsys.readouterr().out
    assert report(Seen({"/": [10.0, 20.0]}, ["/: 503"]), people=2, seconds=1, most=100) == 1
    assert "/: 503" in capsys.readouterr().out
