"""Celery worker and beat: the same sweeps as `manage.py sweep`, over Redis.

    celery -A rdm.celery worker      celery -A rdm.celery beat

Nothing else is ever published: the web process writes rows, the sweeps find them. So with Redis
down a message is late, and never lost.
"""

import os

import django
from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rdm.settings")
django.setup()

from django.conf import settings  # noqa: E402

from rdm import alive, sweeps  # noqa: E402  needs django.setup()
from rdm.checks import refuse_unsafe_start  # noqa: E402

refuse_unsafe_start()

app = Celery("rdm")
app.config_from_object("django.conf:settings", namespace="CELERY")


@app.task(name="rdm.run_sweep")
def run_sweep(path: str) -> None:
    sweeps.run(path)
    alive.leave_sign()


def _limits(path: str) -> dict[str, int]:
    """How long a sweep may take, when that is longer than any other task."""
    if path not in settings.LONG_SWEEPS:
        return {}
    most = settings.LONG_SWEEPS[path]
    return {"time_limit": most, "soft_time_limit": most - 30}


app.conf.beat_schedule = {
    path: {
        "task": "rdm.run_sweep",
        "schedule": float(seconds),
        "args": (path,),
        # After an outage one run is enough: older orders for the same sweep are dropped.
        "options": {"expires": max(seconds, 30), **_limits(path)},
    }
    for path, seconds in settings.SWEEPS.items()
}
