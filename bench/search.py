"""`python -m bench search`: how long a search takes in an overview of hundreds of tafels.

It fails (1) when the p95 of a search, or the first search after a change was published, is over the
norm. The first search of a process reads all tafels; that is shown and not judged.
"""

from __future__ import annotations

import argparse
import random
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from django.db.models import F
from django.urls import reverse

from bench.databases import own_database
from bench.measure import client_for
from directory.models import Domain, SubmitterKind, Tafel
from directory.web import search

# Right, wrong by a letter, words that mean the same, a beginning, several words, nothing at all.
QUERIES = (
    *("zorgkantoor", "zorgkantor", "psychiatrie", "psychatrie", "LVB", "verstandelijke beperking"),
    *("versl", "verslaving crisis huisarts", "wachtlijsten", "gehandicaptenzorg", "qqqqqqqq"),
    "een woonplek voor iemand met psychische problemen en een verslaving",
)


def fill(number: int) -> None:
    """Bring the overview to so many tafels; the others have the words of the first ones, mixed, and
    words of their own."""
    chance = random.Random(1)
    known = list(Tafel.objects.filter(special=""))
    words = sorted({word for one in known for name in search.TEXTS
                    for word in str(getattr(one, name)).split()})  # fmt: skip
    made = []
    for turn in range(number - len(known)):
        texts: dict[str, Any] = {
            name: " ".join([*chance.choices(words, k=40), f"verzonnen{turn}"])
            for name in ("purpose", "casuistry", "focus", "participants", "how_to_submit")
        }
        made.append(
            Tafel(
                slug=f"verzonnen-{turn}",
                name=f"{' '.join(chance.choices(words, k=3))} {turn}",
                alias=f"bijnaam{turn}",
                trede=known[turn % len(known)].trede,
                led_by_id=known[turn % len(known)].led_by_id,
                position=100 + turn,
                version=1,
                **texts,
            )
        )
    Tafel.objects.bulk_create(made)
    kinds, domains = list(SubmitterKind.objects.all()), list(Domain.objects.all())
    for one in Tafel.objects.filter(slug__startswith="verzonnen-"):
        one.submitters.set(chance.sample(kinds, min(4, len(kinds))))
        one.domains.set(chance.sample(domains, min(2, len(domains))))


def changes(number: int) -> Iterator[None]:
    """So many times, publish a change of one tafel."""
    for turn in range(number):
        changed = Tafel.objects.filter(slug=f"verzonnen-{turn}")
        changed.update(version=F("version") + 1, purpose="Een heel ander doel")
        yield


def timed(call: Callable[[], Any]) -> float:
    start = time.perf_counter()
    call()
    return (time.perf_counter() - start) * 1000


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench search", description=__doc__)
    parser.add_argument("--tafels", type=int, default=500)
    parser.add_argument("--runs", type=int, default=20)
    parser.add_argument("--most", type=float, default=50, help="p95 of a search in ms at most")
    options = parser.parse_args(arguments)
    with own_database("search"):
        from bench.__main__ import engine

        fill(options.tafels)
        print(f"{Tafel.objects.count()} tafels, gemeten op {engine()}")
        first = timed(lambda: search.find_tafels(QUERIES[0]))
        times = [
            timed(lambda query=query: search.find_tafels(query))  # type: ignore[misc]
            for query in QUERIES
            for _ in range(options.runs)
        ]
        after = [timed(lambda: search.find_tafels("ander doel")) for _ in changes(options.runs)]
        visitor, address = client_for(None), reverse("tafel_list")
        found = visitor.get(address, {"q": QUERIES[0]})
        assert found.status_code == 200
        pages = [timed(lambda: visitor.get(address, {"q": QUERIES[0]})) for _ in range(10)]
    p95 = statistics.quantiles(times, n=20)[-1]
    print(f"zoeken: mediaan {statistics.median(times):.1f} ms, p95 {p95:.1f} ms")
    print(
        f"de eerste keer na een wijziging: mediaan {statistics.median(after):.0f} ms, "
        f"hooguit {max(after):.0f} ms; na het starten: {first:.0f} ms"
    )
    print(f"de hele pagina met wat er is gevonden: {statistics.median(pages):.0f} ms")
    slow = max(p95, statistics.median(after)) > options.most
    print("\n" + (f"Te traag (hooguit {options.most})" if slow else "Binnen de norm."))
    return int(slow)
