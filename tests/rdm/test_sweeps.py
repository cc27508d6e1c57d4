"""The sweeps: embedded loop and Celery run the same table, and one failure stops nothing."""

import os
import signal
import subprocess
import sys
import threading
import time

import pytest
from django.core.management import CommandError, call_command

from rdm import sweeps
from rdm.management.commands.sweep import loop

ran: list[str] = []


def good() -> None:
    ran.append("good")


def bad() -> None:
    ran.append("bad")
    raise RuntimeError("kapot")


@pytest.fixture
def table(settings, monkeypatch):
    # Inside a test the connection belongs to the test.
    monkeypatch.setattr(sweeps, "close_old_connections", lambda: None)
    ran.clear()
    settings.SWEEPS = {f"{__name__}.bad": 1, f"{__name__}.good": 1}
    return settings.SWEEPS


def test_once_runs_all_and_says_what_failed(table):
    with pytest.raises(CommandError, match="bad"):
        call_command("sweep", once=True)
    assert ran == ["bad", "good"]


def test_loop_keeps_going_and_keeps_the_interval(table):
    table[f"{__name__}.bad"] = 0.1
    table[f"{__name__}.good"] = 60
    stop = threading.Event()
    thread = threading.Thread(target=loop, args=(stop,))
    thread.start()
    try:
        deadline = time.monotonic() + 10
        while ran.count("bad") < 3 and time.monotonic() < deadline:
            time.sleep(0.02)
    finally:
        stop.set()
        thread.join(5)
    assert not thread.is_alive()
    assert ran.count("bad") >= 3
    assert ran.count("good") == 1


def test_only_sweeps_of_the_settings_can_be_asked_for(table):
    with pytest.raises(ValueError, match=r"os\.abort"):
        sweeps.run("os.abort")


def test_beat_orders_exactly_the_sweeps_of_the_settings(settings):
    from rdm.celery import app

    planned = {entry["args"][0]: entry["schedule"] for entry in app.conf.beat_schedule.values()}
    assert planned == settings.SWEEPS
    assert {entry["task"] for entry in app.conf.beat_schedule.values()} == {"rdm.run_sweep"}
    assert app.conf.task_acks_late and app.conf.task_reject_on_worker_lost
    assert app.conf.worker_prefetch_multiplier == 1


def test_the_task_runs_the_sweep(table):
    from rdm.celery import run_sweep

    run_sweep.apply(args=[f"{__name__}.good"], throw=True)
    assert ran == ["good"]


@pytest.mark.parametrize("order", [signal.SIGINT, signal.SIGTERM])
def test_the_loop_stops_cleanly_when_asked(order, root, tmp_path):
    environment = {**os.environ, "DATABASE_URL": f"sqlite:///{tmp_path}/db.sqlite3"}
    process = subprocess.Popen(
        [sys.executable, "manage.py", "sweep"],
        cwd=root,
        env=environment,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        # Without tables the first sweep fails and is logged: a sign that the loop is running.
        assert "sweep failed" in process.stderr.readline()
        process.send_signal(order)
        assert process.wait(10) == 0
    finally:
        process.kill()
        process.stderr.close()
