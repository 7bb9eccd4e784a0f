"""`[metrics]` and `[tracing]`: who watches, and how."""

from typing import Literal

from pydantic import Field

from leadgate.settings.section import Section


class Metrics(Section):
    """`/metrics` of `leadgate serve`; with `token`, LEADGATE_METRICS_TOKEN has to be shown."""

    access: Literal["loopback", "token", "off"] = "loopback"
    # Seconds for which the store is not asked again.
    cache: float = Field(15.0, ge=0, le=300)


class Tracing(Section):
    """Where spans of imports go, as OpenTelemetry's HTTP protocol; left out: nowhere."""

    endpoint: str | None = Field(None, pattern=r"^https?://")
