"""`manage.py audit_check`: is the log whole?"""

from argparse import ArgumentParser, ArgumentTypeError
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from audit import log


class Command(BaseCommand):
    help = "Checks the whole audit log. Exit code 1 and the first broken number when it is broken."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--known",
            type=_head,
            metavar="NUMBER:HASH",
            help="a head noted earlier, outside this database: the log must still hold it",
        )

    def handle(self, *args: Any, known: log.Head | None, **options: Any) -> None:
        problem = log.check(known)
        if problem is not None:
            raise CommandError(f"audit log broken at number {problem.number}: {problem.reason}")
        head = log.head()
        self.stdout.write(f"audit log whole: {head.number} entries, head {head.number}:{head.hash}")


def _head(text: str) -> log.Head:
    number, _, digest = text.partition(":")
    if not number.isdecimal() or len(digest) != 64:
        raise ArgumentTypeError("expected NUMBER:HASH, as this command prints it")
    return log.Head(int(number), digest)
