"""`python -m bench`: fill a database of its own per size, ask every page, print what it took.

Each size gets a fresh database on the engine of DATABASE_URL (the name with `bench_` and the size
behind it), which is removed afterwards. The sizes are asked in turn, a few runs at a time, so
that a machine that gets slower or faster does so for all of them. The last column compares the
p95 with that of the smallest size.
"""

from __future__ import annotations

import argparse
import logging
import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bench.measure import Figures

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rdm.settings")

# Size → name of the page → what it took.
Results = dict[int, dict[str, "Figures"]]
RUNS_IN_A_ROW = 5


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 20_000])
    parser.add_argument("--runs", type=int, default=40)
    parser.add_argument("--most", type=float, default=1.5, help="p95 at most this times smallest")
    options = parser.parse_args()

    import django

    django.setup()
    # What the product says about each request is not what is asked here.
    logging.disable(logging.INFO)
    return report(_measure(options.sizes, options.runs), options.most)


def _measure(sizes: list[int], runs: int) -> Results:
    from bench.databases import filled
    from bench.measure import Meter, pages
    from bench.memory import memory_of_web

    with filled(sizes) as databases:
        meters: dict[int, dict[str, Meter]] = {}
        for size in sizes:
            people = databases.stand_in(size).everybody
            meters[size] = {page.name: Meter(page, people.get(page.role)) for page in pages()}
            web = memory_of_web([meter.page for meter in meters[size].values()], people)
            print(f"{size} casussen: webproces {web:.0f} MB na alle pagina's", flush=True)
        for name in meters[sizes[0]]:
            for _ in range(0, runs, RUNS_IN_A_ROW):
                for size in sizes:
                    databases.stand_in(size)
                    if name in meters[size]:
                        meters[size][name].run(RUNS_IN_A_ROW)
        return {
            size: {name: meter.figures() for name, meter in found.items() if meter.times}
            for size, found in meters.items()
        }


def report(results: Results, most: float) -> int:
    """Print the figures; 1 when a page grows more than `most` times with the casussen."""
    smallest = min(results)
    slow = []
    print(f"{'pagina':36} {'N':>6} {'queries':>7} {'mediaan':>9} {'p95':>9} {'kB':>7} {'p95×':>6}")
    for name in results[smallest]:
        for size, figures in results.items():
            found = figures.get(name)
            if found is None:
                continue
            times = found.p95 / results[smallest][name].p95
            print(
                f"{name:36} {size:>6} {found.queries:>7} {found.median:>6.1f} ms "
                f"{found.p95:>6.1f} ms {found.size / 1024:>7.1f} {times:>6.2f}"
            )
            if times > most:
                slow.append(f"{name} bij {size}: {times:.2f}×")
    print("\n" + ("\n".join(f"Te traag: {line}" for line in slow) or "Binnen de norm."))
    return 1 if slow else 0


if __name__ == "__main__":
    sys.exit(main())
