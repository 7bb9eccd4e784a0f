"""From an exception to a sentence and an exit code."""

import errno
import logging
import os
import sys
import traceback
from typing import Final

from leadgate.json_log import is_wanted

WRONG_USAGE = 2
FAULT = 3
# What a disk answers, and what helps; by errno.
DISK: Final = {
    **dict.fromkeys(
        (errno.ENOSPC, errno.EDQUOT, errno.EFBIG),
        "Make room, then run it again: what was loaded stays.",
    ),
    **dict.fromkeys(
        (errno.EROFS, errno.EACCES, errno.EPERM), "Make it writable, or name another place."
    ),
    errno.EIO: "Look at the disk's log: what was loaded stays.",
}


def report_failure(error: Exception) -> int:
    """Print what went wrong to stderr and return the exit code.

    A fault prints the kind of error and where it came from, not its text: the text may hold
    values from the data. `LEADGATE_DEBUG=1` prints everything.
    """
    if os.environ.get("LEADGATE_DEBUG") == "1":
        traceback.print_exception(error)
    if isinstance(error, _named_errors()):
        _say(f"leadgate: {error}", error)
        return WRONG_USAGE
    if isinstance(error, OSError) and error.errno in DISK:
        _say(f"leadgate: {_describe(error)} {DISK[error.errno]}", error)
        return WRONG_USAGE
    place = traceback.extract_tb(error.__traceback__)[-1]
    _say(
        f"leadgate: a fault, {type(error).__name__} in {place.filename}:{place.lineno}. "
        "LEADGATE_DEBUG=1 shows all of it; it may hold people's data.",
        error,
    )
    return FAULT


def _describe(error: OSError) -> str:
    what = os.fsdecode(error.filename) if error.filename else "a file"
    return f"{what} cannot be read or written ({os.strerror(error.errno or 0)})."


def _say(sentence: str, error: Exception) -> None:
    if is_wanted():
        facts = {"error": type(error).__name__}
        logging.getLogger("leadgate").error(sentence, extra={"facts": facts})
    else:
        print(sentence, file=sys.stderr)


def _named_errors() -> tuple[type[Exception], ...]:
    """The errors whose message is meant for the person at the keyboard."""
    from connectors.errors import SourceFileError  # noqa: PLC0415 - only needed on failure
    from crm.errors import StoreError  # noqa: PLC0415 - only needed on failure
    from leadgate.errors import ConfigurationError  # noqa: PLC0415 - only needed on failure
    from validators.mapping.errors import MappingError  # noqa: PLC0415 - only needed on failure
    from validators.own_schemas import OwnSchemaError  # noqa: PLC0415 - only needed on failure

    return (SourceFileError, StoreError, ConfigurationError, MappingError, OwnSchemaError)
