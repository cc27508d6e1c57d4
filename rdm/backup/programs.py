"""The programs of PostgreSQL, on the database of the settings."""

from __future__ import annotations

import os
import subprocess
from typing import Any, BinaryIO

from django.db import connection

from rdm.lib.copies import CopyRefused

_NAMES = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGDATABASE": "NAME"}


def run(
    program: str,
    *arguments: str,
    stdin: BinaryIO | None = None,
    stdout: BinaryIO | None = None,
) -> None:
    """Run it to its end; CopyRefused, with its last words, when it fails.

    The password is not on its command line, where everybody on the machine could read it.
    """
    to: dict[str, Any] = connection.settings_dict
    names = {**_NAMES, "PGPASSWORD": "PASSWORD"}
    given = {key: str(to[name]) for key, name in names.items() if to[name]}
    environment = {**os.environ, **given}
    try:
        subprocess.run(
            [program, *arguments],
            env=environment,
            check=True,
            stderr=subprocess.PIPE,
            stdin=stdin,
            stdout=stdout,
        )
    except FileNotFoundError:
        raise CopyRefused(f"Het programma {program} staat niet op deze machine.") from None
    except subprocess.CalledProcessError as error:
        said = error.stderr.decode("utf-8", "replace").strip().splitlines()
        why = said[-1] if said else "zonder uitleg"
        raise CopyRefused(f"{program} is mislukt: {why}") from None
