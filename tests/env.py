"""Environment of the tests, loaded by pytest (`-p tests.env`) before the settings are read.

The demo app is installed, so that its pages are guarded and tested like all others;
tests/house/test_settings.py starts the house without it.
"""

import atexit
import os
import shutil
import tempfile

_MINE = (
    "DATABASE_URL",
    "REDIS_URL",
    "RDM_REQUIRE_ALL",
    "RDM_ADR_RULES",
    "RDM_SHOTS",
    "RDM_STATEMENT_TIMEOUT_MS",
)

for _name in list(os.environ):
    # What a developer happens to have set must not change what the tests see.
    if _name.startswith(("RDM_", "DATABASE_", "REDIS_", "EMAIL_", "IMAP_")) and _name not in _MINE:
        del os.environ[_name]
for _name in ("SECRET_KEY", "AUDIT_KEY", "BACKUP_KEY", "ALLOWED_HOSTS", "SITE_URL", "CLAMAV_URL"):
    os.environ.pop(_name, None)

os.environ["RDM_DEMO"] = "1"
# Playwright runs an event loop in the thread of the test; Django would refuse the ORM there.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
# Folders of this process for the files of people and for copies; what the demo or the developer
# has stays.
for _name in ("RDM_PRIVATE_DIR", "RDM_BACKUP_DIR"):
    os.environ[_name] = tempfile.mkdtemp(prefix="rdm-test-files-")
    atexit.register(shutil.rmtree, os.environ[_name], ignore_errors=True)
os.environ["RDM_LOG_HEADS"] = f"{os.environ['RDM_PRIVATE_DIR']}/log-heads.jsonl"
