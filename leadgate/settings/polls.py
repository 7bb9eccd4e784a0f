"""`[sources.NAME.poll]`: a source that is asked for its rows."""

from typing import Literal

from leadgate.settings.section import Section


class Polled(Section):
    """Whom to ask, and, for `json`, how the API gives its rows."""

    provider: Literal["google_forms", "google_sheets", "hubspot", "json", "typeform"]
    url: str | None = None
    form: str = ""
    range: str = "A:ZZ"
    # Dotted paths into an answer, as for webhooks.
    items: str = ""
    record: str = ""
    id: str = ""
    time: str = ""
    next: str = ""
    next_param: str = ""
    cursor: str = ""
    cursor_param: str = ""
    token_header: str = "Authorization"  # noqa: S105 - a name, not a token
    token_prefix: str = "Bearer "  # noqa: S105 - what stands before a token
    # Hosts that may be asked beside the provider's own.
    allow: tuple[str, ...] = ()
    allow_loopback: bool = False
