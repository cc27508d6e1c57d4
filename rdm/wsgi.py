"""Entry point of the web process: `gunicorn rdm.wsgi`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rdm.settings")

application = get_wsgi_application()

from rdm.checks import refuse_unsafe_start  # noqa: E402  needs the settings to be loaded

refuse_unsafe_start()
