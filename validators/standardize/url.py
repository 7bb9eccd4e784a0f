"""Web addresses: with a scheme, host in lower case."""

import re
from typing import Final
from urllib.parse import SplitResult, urlsplit

from validators.standardize.distinct import Cell, Finding
from validators.standardize.shortcut import Shortcut

HOST: Final = re.compile(r"(?:[^\W_](?:[\w\-]{0,61}[^\W_])?\.)+[^\W\d_](?:[\w\-]{0,61}[^\W_])")
SCHEME: Final = re.compile(r"^[a-z][a-z0-9+.\-]*:", re.IGNORECASE)
WEB: Final = re.compile(r"^https?:/*", re.IGNORECASE)
# "host:port" is no scheme.
PORT: Final = re.compile(r"[^/:]+:\d+(?:[/?#]|$)")
# What stands around an address in a text.
AROUND: Final = "<>\"'(),;"
LONGEST: Final = 2048

PLAIN: Final = Shortcut(r"https?://(?:[a-z0-9]{1,63}\.)+[a-z]{2,30}(?:/[a-zA-Z0-9_\-]+)*")
INVALID: Final = Cell(None, (Finding("url.invalid"),))


def standardize_url(text: str) -> Cell:
    """Return a web address as https://host/path; anything but http(s) is none."""
    address = re.sub(r"\s+", "", text).strip(AROUND)
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
    return Cell(f"{scheme}://{host}{port}{_end(parts)}")


def _end(parts: SplitResult) -> str:
    """Return what stands behind the host, without what stood around the address."""
    fragment = parts.fragment.rstrip(AROUND)
    query = parts.query if fragment else parts.query.rstrip(AROUND)
    path = parts.path.rstrip("/" if query or fragment else f"/{AROUND}")
    return path + (f"?{query}" if query else "") + (f"#{fragment}" if fragment else "")
