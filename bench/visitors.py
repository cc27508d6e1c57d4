"""`python -m bench visitors`: many people read the overview at once, on a web process as in use.

Each visitor asks every public page in turn, beginning at another one, with a new connection per
request. It fails (1) when any answer is not 200, or when it takes longer than `--most`.
"""

from __future__ import annotations

import argparse
import statistics
import threading
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from itertools import islice

from django.urls import reverse

from bench.databases import own_database
from bench.web import serving
from directory.models import Gemeente, Tafel

# As in the Dockerfile, for a machine with two processors.
WORKERS, THREADS = 2, 4
SHARED = (
    *("home", "tafel_list", "guide", "gemeente_list", "overview", "overview_pdf", "change_log"),
    *("open_data", "subscribe", "signaal_new", "api_tafels", "api_tafels_csv", "api_gemeenten"),
    *("api_openapi", "change_feed", "agenda", "hsds_services", "residents"),
)
QUERIES = (
    ("tafel_list", "q=zorgkantoor"),
    ("tafel_list", "q=psychatrie"),
    ("guide_result", "nood=geen&gemeente=enschede&wie=huisarts&speelt=ggz&speelt=zvw"),
)


@dataclass
class Seen:
    """What all visitors got: milliseconds per address, and what went wrong."""

    times: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    errors: list[str] = field(default_factory=list)

    @property
    def all(self) -> list[float]:
        return [one for times in self.times.values() for one in times]


def addresses() -> list[str]:
    """Every public page of the region that is loaded; of tafels and gemeenten each one."""
    found = [reverse(name) for name in SHARED]
    found += [f"{reverse(name)}?{query}" for name, query in QUERIES]
    for slug in Tafel.objects.values_list("slug", flat=True):
        found += [
            reverse(name, args=[slug]) for name in ("tafel_detail", "tafel_history", "api_tafel")
        ]
    for slug in Gemeente.objects.values_list("organisation__slug", flat=True):
        found += [reverse(name, args=[slug]) for name in ("gemeente_detail", "gemeente_overview")]
    return found


def visit(port: int, found: Sequence[str], *, people: int, requests: int) -> Seen:
    """So many people at the same moment, each with so many requests, one after another."""
    seen, together = Seen(), threading.Barrier(people)

    def read(turn: int) -> None:
        first = turn * len(found) // people
        mine = islice((*found[first:], *found) * (requests // len(found) + 1), requests)
        together.wait()
        for address in mine:
            start = time.perf_counter()
            try:
                status = _ask(port, address)
            except (OSError, HTTPException) as error:
                seen.errors.append(f"{address}: {error!r}")
                continue
            seen.times[address].append((time.perf_counter() - start) * 1000)
            if status != 200:
                seen.errors.append(f"{address}: {status}")

    threads = [threading.Thread(target=read, args=[turn]) for turn in range(people)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    return seen


def _ask(port: int, address: str) -> int:
    line = HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        line.request("GET", address)
        answer = line.getresponse()
        answer.read()
        return answer.status
    finally:
        line.close()


def report(seen: Seen, *, people: int, seconds: float, most: float) -> int:
    """Print the figures; 1 when something went wrong or took too long."""
    times = seen.all
    p95 = statistics.quantiles(times, n=20)[-1] if len(times) > 1 else 0.0
    slowest = sorted(seen.times, key=lambda one: -statistics.median(seen.times[one]))[:5]
    print(f"{people} bezoekers, {len(times)} vragen in {seconds:.1f} s, {len(seen.errors)} fouten")
    print(f"mediaan {statistics.median(times or [0]):.0f} ms, p95 {p95:.0f} ms")
    for address in slowest:
        print(f"  {statistics.median(seen.times[address]):>6.0f} ms  {address}")
    wrong = sorted(set(seen.errors))[:10]
    if p95 > most:
        wrong.append(f"Te traag: p95 {p95:.0f} ms (hooguit {most:.0f} ms)")
    print("\n" + ("\n".join(wrong) or "Binnen de norm."))
    return 1 if wrong else 0


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench visitors", description=__doc__)
    parser.add_argument("--people", type=int, default=30)
    parser.add_argument("--requests", type=int, default=60, help="per visitor")
    parser.add_argument("--most", type=float, default=3_000, help="p95 in ms at most")
    options = parser.parse_args(arguments)
    with own_database("visitors"):
        found = addresses()
        with serving(workers=WORKERS, threads=THREADS) as web:
            visit(web.port, found, people=WORKERS, requests=len(found))  # begins warm
            start = time.perf_counter()
            seen = visit(web.port, found, people=options.people, requests=options.requests)
            seconds = time.perf_counter() - start
    return report(seen, people=options.people, seconds=seconds, most=options.most)
