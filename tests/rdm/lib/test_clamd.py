"""The small client of clamd: a verdict, or an error, and never anything in between."""

import socket
import time

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


@pytest.mark.parametrize(
    "answer",
    [
        b"INSTREAM size limit exceeded. ERROR",
        b"stream: Heuristics.Limits.Exceeded.MaxScanSize FOUND",
    ],
)
def test_a_limit_of_the_scanner_is_no_virus_and_no_silence(answer):
    with scanner.running() as clam:
        clam.answer = answer
        with pytest.raises(clamd.TooLarge):
            clamd.scan(clam.url, [b"a"])
        assert not clamd.works(clam.url)
        clam.answer = None
        assert clamd.works(clam.url)


def test_several_addresses_share_the_time(monkeypatch):
    """A name may have more than one, and a firewall that says nothing is behind each of them."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        one = (socket.AF_INET, socket.SOCK_STREAM, 6, "", silent.getsockname())
        monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: [one] * 4)

        def slow(link, to):
            time.sleep(link.gettimeout())
            raise TimeoutError

        monkeypatch.setattr(clamd.socket.socket, "connect", slow, raising=False)
        begun = time.monotonic()
        with pytest.raises(clamd.Unavailable):
            clamd.scan("tcp://scanner.example:3310", [b"a"], seconds=0.2)
        assert time.monotonic() - begun < 0.4


def test_nobody_there_and_somebody_silent():
    with socket.create_server(("127.0.0.1", 0)) as silent:
        quiet = f"tcp://127.0.0.1:{silent.getsockname()[1]}"
        with pytest.raises(clamd.Unavailable):
            clamd.scan(quiet, [b"a"], seconds=0.2)
    for address in (quiet, "unix:///bestaat/niet", "tcp://bestaat-niet.invalid:3310"):
        with pytest.raises(clamd.Unavailable):
            clamd.scan(address, [b"a"], seconds=1)
