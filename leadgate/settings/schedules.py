"""`[schedules]` and `[sources.NAME.schedule]`: what runs by itself, and when."""

from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, Field

from leadgate.settings.section import Section


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (KeyError, OSError, ValueError):
        raise ValueError("is no time zone; write it like Europe/Berlin") from None
    return name


TimeZone = Annotated[str, AfterValidator(_zone)]
# Five fields; Prefect reads them, and `leadgate deploy` says where they mean nothing.
Cron = Annotated[str, Field(pattern=r"^(\S+\s+){4}\S+$")]
OptionalCron = Annotated[str, Field(pattern=r"^((\S+\s+){4}\S+)?$")]


class SourceSchedule(Section):
    """`[sources.NAME.schedule]`: when a source is imported, asked or fetched."""

    cron: Cron
    timezone: TimeZone | None = None  # the default is that of [schedules]


class Schedules(Section):
    """When the store is looked after; an empty text: only when somebody starts it."""

    timezone: TimeZone = "UTC"
    pool: str = Field("leadgate", min_length=1)
    # How long a run may say nothing before it is begun again; a busy machine is slow to speak.
    silent_seconds: int = Field(300, ge=90)
    drain: OptionalCron = "*/5 * * * *"
    notify: OptionalCron = "*/10 * * * *"
    rescore: OptionalCron = "20 * * * *"
    retain: OptionalCron = "10 3 * * *"
    verify: OptionalCron = "40 3 * * *"
    learn: OptionalCron = "30 4 * * 0"
