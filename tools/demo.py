"""`make demo`: set everything up and start the demo on SQLite. Ctrl-C stops it."""

from __future__ import annotations

import os
import sys

import setup as house


def main() -> int:
    environment = house.clean_environment(RDM_DEMO="1")
    database = house.ROOT / "var" / "demo.sqlite3"
    environment["DATABASE_URL"] = f"sqlite:///{database}"
    # The links in the mails of the demo must lead to the demo.
    environment.setdefault("SITE_URL", f"http://127.0.0.1:{environment.get('PORT') or 8000}")
    try:
        house.prepare(dev=False)
        migrations = sorted(house.ROOT.glob("*/migrations/*.py"))
        regions = sorted(house.ROOT.glob("directory/regions/*.yaml"))
        current = house.digest(house.ROOT / "requirements" / "base.txt", *migrations, *regions)
        if not house.fresh("demo-database", current) or not database.exists():
            house.say("Database bijwerken")
            # A demo that was there before gets what the region file says now; a new one begins with
            # it, two years ago, when its people are made.
            again = [["region", "load", "-v0"]] if database.exists() else []
            for command in (["migrate", "-v0"], *again):
                house.run(
                    [house.PYTHON, "manage.py", *command],
                    "de database bijwerken",
                    env=environment,
                )
            house.stamp("demo-database", current)
    except house.SetupError as error:
        print(f"Dat lukte niet: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    os.chdir(house.ROOT)
    # In place of this process, so that Ctrl-C and a stop order reach the demo itself.
    python = str(house.PYTHON)
    os.execve(python, [python, "manage.py", "demo", *sys.argv[1:]], environment)


if __name__ == "__main__":
    sys.exit(main())
