"""Web addresses: with a scheme, host in lower case."""

import re
from typing import Final
from urllib.parse import urlsplit

from validators.standardize.distinct import Cell, Finding
from validators.standardize.shortcut import Shortcut

HOST: Final = re.compile(r"(?:[^\W_](?:[\w\-]{0,61}[^\W_])?\.)+[^\W\d_](?:[\w\-]{0,61}[^\W_])")
SCHEME: Final = re.compile(r"^[a-z][a-z0-9+.\-]*:", re.IGNORECASE)
WEB: Final = re.compile(r"^https?:/*", re.IGNORECASE)
# "host:port" is no scheme.
PORT: Final = re.compile(r"[^/:]+:\d+(?:/|$)")
LONGEST: Final = 2048

PLAIN: Final = Shortcut(r"https?://(?:[a-z0-9]{1,63}\.)+[a-z]{2,30}(?:/[a-zA-Z0-9_\-]+)*")
INVALID: Final = Cell(None, (Finding("url.invalid"),))


def standardize_url(text: str) -> Cell:
    """Return a web address as https://host/path; anything but http(s) is none."""
    address = re.sub(r"\s+", "", text.strip(" <>\"'(),;"))
    rest = WEB.sub("", address)
    if len(address) > LONGEST or (SCHEME.match(rest) and not PORT.match(rest)):
        return INVALID
    try:
        parts = urlsplit(f"//{rest}")
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        return INVALID
    host = (parts.hostname or "").rstrip(".")
    if not HOST.fullmatch(host) or "@" in parts.netloc:
        return INVALID
    scheme = "http" if address.lower().startswith("http:") else "https"
    query = f"?{parts.query}" if parts.query else ""
    fragment = f"#{parts.fragment}" if parts.fragment else ""
    return Cell(f"{scheme}://{host}{port}{parts.path.rstrip('/')}{query}{fragment}")
