"""Whether a browser's request comes from our own pages."""

from typing import Final
from urllib.parse import urlsplit

from starlette.requests import Request

OUR_OWN: Final = {"same-origin", "none"}  # none: typed into the address bar


def is_from_us(request: Request) -> bool:
    """Judge by what a browser says and a page cannot change (OWASP ASVS 5.0, 3.5.1).

    A browser without either header is too old to be trusted with a change.
    """
    site = request.headers.get("sec-fetch-site")
    origin = request.headers.get("origin")
    if origin is not None:
        return urlsplit(origin).netloc == request.headers.get("host") and site in {
            None,
            "same-origin",
        }
    return site in OUR_OWN
