"""Log lines as JSON objects: when, how grave, from where, and what, without people's data.

Of an exception only its kind and place are written: its text may hold values. Programs of ours
log ids, codes and counts; of the libraries only warnings are written.
"""

import json
import logging
import os
import sys
import traceback
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final

__all__ = ["VARIABLE", "JsonLines", "is_wanted", "log_facts", "use_json_lines"]

VARIABLE: Final = "LEADGATE_LOG"

OURS: Final = ("leadgate", "flows", "steward", "crm")
# Of these a line may hold what was sent to them.
SILENT: Final = ("sqlalchemy.engine", "pandera", "httpx", "apprise")


def is_wanted() -> bool:
    """Whether this process writes its log as JSON lines."""
    return os.environ.get(VARIABLE) == "json"


def log_facts(logger: logging.Logger, level: int, message: str, facts: Mapping[str, Any]) -> None:
    """Log something for machines; people are told by the command itself."""
    if is_wanted():
        logger.log(level, message, extra={"facts": dict(facts)})


class JsonLines(logging.Formatter):
    """One JSON object a record; `extra={"facts": {…}}` adds keys of its own."""

    def format(self, record: logging.LogRecord) -> str:
        """Write a record as one line."""
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            **getattr(record, "facts", {}),
        }
        kind, _error, trace = record.exc_info or (None, None, None)
        if kind is not None:
            line["error"] = kind.__name__
        if trace is not None:
            place = traceback.extract_tb(trace)[-1]
            line["place"] = f"{place.filename}:{place.lineno}"
        return json.dumps(line, ensure_ascii=False)


def use_json_lines() -> None:
    """Write the log of this process to stderr as JSON lines."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    logging.root.handlers = [handler]
    logging.root.setLevel(logging.WARNING)
    for name in OURS:
        logging.getLogger(name).setLevel(logging.INFO)
    for name in SILENT:
        logging.getLogger(name).setLevel(logging.CRITICAL)
    # uvicorn brings handlers of its own unless it is told not to.
    logging.captureWarnings(capture=True)
