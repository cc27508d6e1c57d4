"""`python -m bench`: fill a database of its own per size, ask every page, print what it took.

Each size gets a fresh database on the engine of DATABASE_URL (the name with `bench_` and the size
behind it), which is removed afterwards. The sizes are asked in turn, a few runs at a time, so
that a machine that gets slower or faster does so for all of them. The last column compares the
p95 with that of the smallest size.

It fails (1) when a page gets slower with the casussen, or when the web process takes too much
memory after all pages. A page that is not there, or answers anything but 200, stops it.

`python -m bench search` and `python -m bench visitors` ask about the public overview.
"""

from __future__ import annotations

import argparse
import logging
import os
import sys
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bench.databases import Databases
    from bench.measure import Figures, Meter

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rdm.settings")

# Size → name of the page → what it took.
Results = dict[int, dict[str, "Figures"]]
Meters = dict[int, dict[str, "Meter"]]
RUNS_IN_A_ROW = 5


# Questions of their own, by the word behind `python -m bench`.
OTHERS = ("search", "visitors")


def main() -> int:
    if sys.argv[1:2] and sys.argv[1] in OTHERS:
        return _other(sys.argv[1], sys.argv[2:])
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 20_000])
    parser.add_argument("--runs", type=int, default=40)
    parser.add_argument("--most", type=float, default=1.5, help="p95 at most this times smallest")
    parser.add_argument("--memory", type=int, default=200, help="MB of a web process at most")
    parser.add_argument("--only", default="", help="only pages with this text in their name")
    options = parser.parse_args()

    import django

    django.setup()
    # What the product says about each request is not what is asked here.
    logging.disable(logging.INFO)
    results, memory = _measure(options)
    return report(results, memory, most=options.most, most_memory=options.memory)


def _other(name: str, arguments: list[str]) -> int:
    import django

    django.setup()
    logging.disable(logging.INFO)
    answer: int = import_module(f"bench.{name}").main(arguments)
    return answer


def engine() -> str:
    """The database that is measured, with its version."""
    from django.db import connection

    if connection.vendor == "sqlite":
        import sqlite3

        return f"SQLite {sqlite3.sqlite_version}"
    number: int = connection.pg_version  # type: ignore[attr-defined]
    return f"PostgreSQL {number // 10_000}.{number % 10_000}"


def _measure(options: argparse.Namespace) -> tuple[Results, dict[int, float]]:
    """The figures, and the megabytes of a web process per size."""
    sizes, runs, most = options.sizes, options.runs, options.most
    from bench.databases import filled
    from bench.measure import Meter
    from bench.memory import memory_of_web
    from bench.pages import pages

    memory: dict[int, float] = {}
    with filled(sizes) as databases:
        print(f"Gemeten op {engine()}", flush=True)
        meters: Meters = {}
        for size in sizes:
            people = databases.stand_in(size).everybody
            meters[size] = {
                page.name: Meter(page, people.get(page.role)) for page in pages(options.only)
            }
            memory[size] = memory_of_web([meter.page for meter in meters[size].values()], people)
        _ask(databases, meters, list(meters[sizes[0]]), runs)
        # A machine that stalls does so once: what looks slow is asked anew before it is judged.
        _ask(databases, meters, list({name: 0 for name, *_ in slow(_figures(meters), most)}), runs)
        return _figures(meters), memory


def _ask(databases: Databases, meters: Meters, names: list[str], runs: int) -> None:
    for name in names:
        for found in meters.values():
            found[name].times.clear()
        for _ in range(0, runs, RUNS_IN_A_ROW):
            for size, found in meters.items():
                databases.stand_in(size)
                found[name].run(RUNS_IN_A_ROW)


def _figures(meters: Meters) -> Results:
    return {
        size: {name: meter.figures() for name, meter in found.items()}
        for size, found in meters.items()
    }


# What people open all day may grow less than the other pages.
STRICTER = {"casus_detail": 1.3, "casus_list": 1.3}


def most_of(name: str, most: float) -> float:
    """How many times the page with this name may grow, when others may grow `most` times."""
    return min(most, STRICTER.get(name.split()[0], most))


def slow(results: Results, most: float) -> list[tuple[str, int, float]]:
    """The pages that grow more than they may: name, size, and how many times."""
    smallest = results[min(results)]
    times = [
        (name, size, figures[name].p95 / smallest[name].p95)
        for size, figures in results.items()
        for name in smallest
    ]
    return [one for one in times if one[2] > most_of(one[0], most)]


def report(results: Results, memory: dict[int, float], *, most: float, most_memory: float) -> int:
    """Print the figures; 1 when a page grows more than `most` times with the casussen, or a web
    process takes more than `most_memory` MB."""
    smallest = min(results)
    wrong = [
        f"Te traag: {name} bij {size}: {times:.2f}× (hooguit {most_of(name, most)}×)"
        for name, size, times in slow(results, most)
    ]
    width = max(len(name) for name in results[smallest])
    heads = f"{'N':>6} {'queries':>7} {'mediaan':>9} {'p95':>9} {'kB':>7} {'p95×':>6}"
    print(f"{'pagina':{width}} {heads}")
    for name in results[smallest]:
        for size, figures in results.items():
            found = figures[name]
            times = found.p95 / results[smallest][name].p95
            print(
                f"{name:{width}} {size:>6} {found.queries:>7} {found.median:>6.1f} ms "
                f"{found.p95:>6.1f} ms {found.size / 1024:>7.1f} {times:>6.2f}"
            )
    for size, taken in memory.items():
        print(f"Webproces na alle pagina's bij {size}: {taken:.0f} MB")
        if taken > most_memory:
            wrong.append(f"Te groot: webproces bij {size}: {taken:.0f} MB (hooguit {most_memory})")
    print("\n" + ("\n".join(wrong) or "Binnen de norm."))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
