"""`python -m bench`: fill a database of its own per size, ask every page, print what it took.

Each size gets a fresh database on the engine of DATABASE_URL (the name with `bench_` and the size
behind it), which is removed afterwards. The last column compares the p95 with the smallest size.
"""

from __future__ import annotations

import argparse
import logging
import os
import sys

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rdm.settings")


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 20_000])
    parser.add_argument("--runs", type=int, default=40)
    parser.add_argument("--most", type=float, default=1.5, help="p95 at most this times smallest")
    options = parser.parse_args()

    import django

    django.setup()
    results = {size: _at(size, options.runs) for size in options.sizes}
    return _report(results, options.most)


def _at(size: int, runs: int):  # type: ignore[no-untyped-def]
    from django.core.management import call_command
    from django.db import connection

    from bench.fill import Filler
    from bench.measure import measure, pages
    from bench.memory import memory_of_web
    from tests.cast import make_cast

    creation = connection.creation
    original = connection.settings_dict["NAME"]
    connection.settings_dict["TEST"]["NAME"] = f"{_base(original)}bench_{size}"
    creation.create_test_db(verbosity=0, autoclobber=True)
    # What the product says about each request is not what is asked here.
    logging.disable(logging.INFO)
    try:
        cast = make_cast().everybody
        Filler(size).run()
        call_command("audit_check")
        everything = pages()
        found = {page: measure(page, cast.get(page.role), runs) for page in everything}
        web = memory_of_web(everything, cast)
        print(f"{size} casussen: webproces {web:.0f} MB na alle pagina's")
        return found
    finally:
        creation.destroy_test_db(original, verbosity=0)


def _base(name: object) -> str:
    return f"{name}_" if "/" not in str(name) else f"{name}."


def _report(results, most: float) -> int:  # type: ignore[no-untyped-def]
    smallest = min(results)
    base = {page.name: figures for page, figures in results[smallest].items()}
    slow = []
    print(f"{'pagina':44} {'N':>7} {'queries':>7} {'mediaan':>9} {'p95':>9} {'kB':>7} {'p95×':>6}")
    for size, figures in results.items():
        for page, found in figures.items():
            times = found.p95 / base[page.name].p95 if page.name in base else float("nan")
            print(
                f"{page.name:44} {size:>7} {found.queries:>7} {found.median:>6.1f} ms "
                f"{found.p95:>6.1f} ms {found.size / 1024:>7.1f} {times:>6.2f}"
            )
            if times > most:
                slow.append(f"{page.name} at {size}: {times:.2f}×")
    print("\n".join(["", *(f"Te traag: {line}" for line in slow)]) if slow else "\nBinnen de norm.")
    return 1 if slow else 0


if __name__ == "__main__":
    sys.exit(main())
