"""Web addresses: with a scheme, host in lower case."""

import re
from typing import Final
from urllib.parse import urlsplit

from validators.standardize.distinct import Cell, Finding

HOST: Final = re.compile(
    r"(?:[^\W_](?:[\w\-]{0,61}[^\W_])?\.)+[^\W\d_][\w\-]{1,62}\.?", re.IGNORECASE
)
SCHEME: Final = re.compile(r"^[a-z][a-z0-9+.\-]*:", re.IGNORECASE)
WEB: Final = re.compile(r"^https?:/*", re.IGNORECASE)


def standardize_url(text: str) -> Cell:
    """Return a web address as https://host/path; anything but http(s) is none."""
    address = re.sub(r"\s+", "", text.strip(" <>\"'(),;"))
    secure = not address.lower().startswith("http:")
    rest = WEB.sub("", address)
    if SCHEME.match(rest) and not re.match(r"[^/:]+:\d", rest):
        return Cell(None, (Finding("url.invalid"),))
    try:
        parts = urlsplit(f"//{rest}")
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        return Cell(None, (Finding("url.invalid"),))
    host = (parts.hostname or "").rstrip(".")
    if not HOST.fullmatch(host) or "@" in parts.netloc:
        return Cell(None, (Finding("url.invalid"),))
    query = f"?{parts.query}" if parts.query else ""
    fragment = f"#{parts.fragment}" if parts.fragment else ""
    path = parts.path.rstrip("/")
    return Cell(f"{'https' if secure else 'http'}://{host}{port}{path}{query}{fragment}")
