"""`[notifications]`: what people are told of imports, and when they are left alone."""

from datetime import time
from typing import Literal

from pydantic import model_validator

from leadgate.settings.schedules import TimeZone
from leadgate.settings.section import Section

Occasion = Literal["finished", "failed", "held", "review"]


class Quiet(Section):
    """`[notifications.quiet]`: from one time of day to another, over midnight if need be."""

    start: time
    end: time
    timezone: TimeZone = "UTC"

    @model_validator(mode="after")
    def _lasts(self) -> "Quiet":
        if self.start == self.end:
            raise ValueError("start and end are the same: leave [notifications.quiet] out")
        return self


class Notifications(Section):
    """Whom to tell is in LEADGATE_NOTIFY and LEADGATE_NOTIFY_SOURCE: such addresses are secrets."""

    on: tuple[Occasion, ...] = ("failed", "held", "review")
    quiet: Quiet | None = None
