"""The small client of clamd: a verdict, or an error, and never anything in between."""

import socket

import pytest

from rdm.lib import clamd
from tests.escalation.attachments import scanner
from tests.escalation.attachments.scanner import EICAR


def test_a_verdict_over_a_real_socket():
    with scanner.running() as clam:
        large = b"a" * 200_000
        assert clamd.scan(clam.url, [large, b"b"]) is clamd.Verdict.CLEAN
        assert clamd.scan(clam.url, []) is clamd.Verdict.CLEAN
        assert clamd.scan(clam.url, [b"a", EICAR]) is clamd.Verdict.INFECTED
        assert clam.seen[0] == large + b"b"


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"INSTREAM size limit exceeded. ERROR",
        b"stream: OK, of toch niet",
        b"OK",
        b"stream: lstat() failed: No such file. ERROR",
        b"x" * 9000,
    ],
)
def test_anything_else_is_no_verdict(answer):
    with scanner.running() as clam:
        clam.answer = answer
        with pytest.raises(clamd.Unavailable):
            clamd.scan(clam.url, [b"a"])


def test_nobody_there_and_somebody_silent():
    with socket.create_server(("127.0.0.1", 0)) as silent:
        quiet = f"tcp://127.0.0.1:{silent.getsockname()[1]}"
        with pytest.raises(clamd.Unavailable):
            clamd.scan(quiet, [b"a"], seconds=0.2)
    for address in (quiet, "unix:///bestaat/niet", "tcp://bestaat-niet.invalid:3310"):
        with pytest.raises(clamd.Unavailable):
            clamd.scan(address, [b"a"], seconds=1)
