"""Logs for machines: a JSON object a line on stderr, with the id of the request it is about.

The fields `time` (UTC), `level`, `logger` and `message` are always there; `request` where
a request is answered, `error` (a traceback) where one failed. Whatever else a record
brings under `FIELDS` is beside them.
"""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime
from typing import Any, Final

from flask import has_request_context, request

from server.observability.marks import REQUEST_ID

FIELDS: Final = "fields"
"""The `extra` of a record that becomes fields of its line."""
REQUESTS: Final = "battlegraph.requests"
"""Name of the logger that has a line for each request, where that is wanted."""


class JsonFormatter(logging.Formatter):
    """Writes a record as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line, without its end."""
        fields: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        # Of its own accord nobody who logs knows of requests.
        if has_request_context() and REQUEST_ID in request.environ:
            fields["request"] = request.environ[REQUEST_ID]
        fields |= getattr(record, FIELDS, {})
        if record.exc_info:
            fields["error"] = self.formatException(record.exc_info)
        return json.dumps(fields, ensure_ascii=False)


def configuration() -> dict[str, Any]:
    """Return the settings of `logging` for every process of a server, in the form that `logging.config` takes."""
    return {
        "formatters": {"json": {"()": JsonFormatter}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json", "stream": "ext://sys.stderr"}},
        "root": {"handlers": ["stderr"], "level": "WARNING"},
        # Granian's, which would write to stdout, and as text.
        "loggers": {"_granian": {}, REQUESTS: {"level": "INFO"}},
    }
