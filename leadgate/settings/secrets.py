"""Secrets of sources: from the environment, or from files it names, and from nowhere else."""

import os
import re
from pathlib import Path
from typing import Literal

from leadgate.errors import InvalidValueError

Kind = Literal["NOTIFY", "SECRET", "SIGNING", "TOKEN", "URL", "VERIFY"]


def secret_name(source: str, kind: Kind = "SECRET") -> str:
    """The environment variable of a source: `LEADGATE_SECRET_WEB_FORM` for `web-form`."""
    return f"LEADGATE_{kind}_{re.sub(r'[^A-Z0-9]', '_', source.upper())}"


def find_secrets(source: str, kind: Kind = "SECRET") -> tuple[str, ...]:
    """The secrets of a source, several while they rotate: separated by spaces or lines.

    `SECRET` signs webhooks that come, `SIGNING` those that go out to an endpoint of this name,
    `TOKEN` opens the provider's API or server, `VERIFY` is the word Meta asks for, `URL` the
    address of a database with its password, `NOTIFY` is whom to tell of its imports.
    The variable with `_FILE` after it names a file that holds them.
    """
    return _read(secret_name(source, kind))


def find_metrics_token() -> str | None:
    """What has to be shown for `/metrics`."""
    return next(iter(_read("LEADGATE_METRICS_TOKEN")), None)


def find_notify_addresses(source: str) -> tuple[str, ...]:
    """Whom to tell of a source: addresses as apprise writes them, its own or those of all."""
    return find_secrets(source, "NOTIFY") or _read("LEADGATE_NOTIFY")


def _read(name: str) -> tuple[str, ...]:
    file = os.environ.get(f"{name}_FILE")
    if file:
        try:
            return tuple(Path(file).read_text(encoding="utf-8").split())
        except (OSError, UnicodeDecodeError) as error:
            raise InvalidValueError(f"{name}_FILE: the file cannot be read as text.") from error
    return tuple(os.environ.get(name, "").split())


def require_secrets(source: str, kind: Kind = "SECRET") -> tuple[str, ...]:
    """The secrets of a source, or a named error that says where to put them."""
    found = find_secrets(source, kind)
    if not found:
        name = secret_name(source, kind)
        raise InvalidValueError(
            f'"{source}" needs a secret: set {name}, or {name}_FILE to a file with it.'
        )
    return found
