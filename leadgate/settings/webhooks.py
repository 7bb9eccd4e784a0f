"""`[sources.NAME.webhook]`: a source whose rows are sent to the receiver."""

from typing import Literal

from pydantic import Field

from leadgate.settings.section import Section

ProviderName = Literal[
    "envoy",
    "formstack",
    "google_forms",
    "gravity_forms",
    "greetly",
    "hubspot",
    "jotform",
    "meta_leads",
    "standard_webhooks",
    "tally",
    "twilio",
    "typeform",
    "webflow",
    "webhook",
]


class Webhook(Section):
    """Who sends, when it is processed, and, for `webhook`, what a body looks like."""

    provider: ProviderName
    process: Literal["at_once", "next_run"] = "at_once"
    # Dotted paths into a body, such as "data.id".
    items: str = ""
    record: str = ""
    id: str = ""
    time: str = ""
    signature_header: str = ""
    signature_prefix: str = ""
    signature_encoding: Literal["hex", "base64"] = "hex"
    # Where the answers of Meta's leads are asked for; the default is the Graph API.
    api: str | None = None
    allow_loopback: bool = False


class Receiver(Section):
    """`[receiver]`: what holds for all webhooks."""

    # The address senders know, where a proxy stands before the receiver; some schemes sign it.
    public_url: str | None = Field(None, pattern=r"^https?://[A-Za-z0-9.\-]+(:[0-9]{1,5})?$")
    max_body: int = Field(262_144, ge=1_024, le=16_777_216)
