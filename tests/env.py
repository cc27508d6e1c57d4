"""Environment of the tests, loaded by pytest (`-p tests.env`) before the settings are read.

The demo app is installed, so that its pages are guarded and tested like all others;
tests/house/test_settings.py starts the house without it.
"""

import os

_MINE = (
    "DATABASE_URL",
    "REDIS_URL",
    "RDM_REQUIRE_ALL",
    "RDM_SHOTS",
    "RDM_STATEMENT_TIMEOUT_MS",
)

for _name in list(os.environ):
    # What a developer happens to have set must not change what the tests see.
    if _name.startswith("RDM_") and _name not in _MINE:
        del os.environ[_name]
for _name in ("SECRET_KEY", "AUDIT_KEY", "ALLOWED_HOSTS", "SITE_URL", "EMAIL_HOST"):
    os.environ.pop(_name, None)

os.environ["RDM_DEMO"] = "1"
# Playwright runs an event loop in the thread of the test; Django would refuse the ORM there.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
