"""Logs that cannot hold personal data: an allow-list of fields, and never a value of an error.

The text of a log line is its template; the arguments are dropped, because they are where names
and addresses slip in. What must be known goes through `extra=` under an allowed name.
"""

import json
import logging
import traceback
from contextvars import ContextVar
from datetime import UTC, datetime

request_id: ContextVar[str] = ContextVar("request_id", default="")

ALLOWED = frozenset(
    {
        *("method", "route", "status", "milliseconds", "user_id"),
        *("message_id", "sweep", "outcome", "count", "attempts"),
    }
)


class JsonFormatter(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "event": record.msg if isinstance(record.msg, str) else type(record.msg).__name__,
        }
        if known := request_id.get():
            line["request_id"] = known
        for name in ALLOWED & record.__dict__.keys():
            value = record.__dict__[name]
            if isinstance(value, str | int | float | bool | None):
                line[name] = value
        if record.exc_info and record.exc_info[0]:
            line["error"] = record.exc_info[0].__name__
            line["trace"] = [
                f"{frame.filename.rsplit('/', 1)[-1]}:{frame.lineno}:{frame.name}"
                for frame in traceback.extract_tb(record.exc_info[2])[-12:]
            ]
        return json.dumps(line)
