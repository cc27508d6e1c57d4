"""`manage.py demo`: clear when it cannot start, and never near production or a mail server."""

import socket

import pytest
from django.core.management import CommandError, call_command

from demo.management.commands.demo import child_environment
from tests.cast import Cast


def test_a_taken_port_is_said_clearly(db: None) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(CommandError, match=f"Poort {port} is niet vrij"):
            call_command("demo", port=port)


@pytest.mark.parametrize("port", [0, -1, 65536])
def test_a_port_that_cannot_be(port: int) -> None:
    with pytest.raises(CommandError, match="Kies een poort"):
        call_command("demo", port=port)


def test_a_database_with_other_people_is_left_alone(cast: Cast) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with pytest.raises(CommandError, match="niet van de demo"):
        call_command("demo", port=port)


def test_the_children_know_that_they_are_a_demo() -> None:
    given = {"RDM_PRODUCTION": "1", "EMAIL_HOST": "mail.example", "PATH": "/bin"}
    assert child_environment(8123, given) == {
        "PATH": "/bin",
        "RDM_DEMO": "1",
        "SITE_URL": "http://127.0.0.1:8123",
    }
