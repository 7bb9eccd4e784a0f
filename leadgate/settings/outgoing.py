"""`[webhooks.out.NAME]`: other programs that are told what happened."""

import ipaddress
from typing import Annotated, Literal

from pydantic import Field

from leadgate.settings.section import Section

EventName = Literal[
    "import.finished",
    "lead.created",
    "contact.merged",
    "contact.unmerged",
    "row.quarantined",
    "review.needed",
]
Network = ipaddress.IPv4Network | ipaddress.IPv6Network


class Outgoing(Section):
    """One endpoint, and what it hears of; its secret is in LEADGATE_SIGNING_NAME."""

    url: str
    events: Annotated[tuple[EventName, ...], Field(min_length=1)]
    # Networks that are not public and may be sent to all the same, also without TLS.
    inside: tuple[Network, ...] = ()
    timeout: float = Field(15.0, gt=0, le=30)  # seconds


class Webhooks(Section):
    """`[webhooks]`."""

    out: dict[str, Outgoing] = Field(default_factory=dict)
