"""Entry point of the web process: `gunicorn rdm.wsgi`."""

import os
from functools import partial
from typing import Any

from django.core.wsgi import get_wsgi_application

from rdm.lib.deep_stack import on_a_deep_stack

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rdm.settings")

_django = get_wsgi_application()

from rdm.checks import refuse_unsafe_start  # noqa: E402  needs the settings to be loaded

refuse_unsafe_start()


def application(environ: dict[str, Any], start_response: Any) -> Any:
    return on_a_deep_stack(partial(_django, environ, start_response))
