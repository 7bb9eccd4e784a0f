"""Times that a day does not have, or has twice, because clocks are put forward and back."""

import asyncio
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from prefect.server.schemas.schedules import CronSchedule
from pydantic import ValidationError

from leadgate.errors import InvalidValueError

DAY = timedelta(days=1)


def check_cron(cron: str, key: str) -> None:
    """Raise an `InvalidValueError` naming the key where a schedule means nothing."""
    try:
        CronSchedule(cron=cron)
    except ValidationError:
        raise InvalidValueError(f"the {key} is no schedule: {cron!r}.") from None


def zone_to_count_in(cron: str, timezone: str, start: datetime) -> str:
    """The zone in which a schedule misses no hour: UTC for what runs every hour of every day.

    Where clocks are put back, Prefect leaves out the hour that comes twice the second time. What
    is every hour at the same minutes is so in any zone that is whole hours from UTC.
    """
    if cron.split()[1:] != ["*"] * 4:
        return timezone
    zone = ZoneInfo(timezone)
    offsets = {(start + month * 30 * DAY).astimezone(zone).utcoffset() for month in range(12)}
    whole = all(offset is not None and not offset % timedelta(hours=1) for offset in offsets)
    return "UTC" if whole else timezone


def find_gaps(cron: str, timezone: str, start: datetime, days: int = 400) -> Iterator[datetime]:
    """Find the local times (naive) a schedule asks for that do not exist, from `start` on.

    Prefect runs such a time once, an hour off: under Python 3.11 and 3.12 an hour earlier on the
    clock, under 3.13 an hour later.
    """
    zone = ZoneInfo(timezone)
    for each in range(days):
        noon = (start + each * DAY).replace(hour=12, minute=0, second=0, microsecond=0, tzinfo=zone)
        before, after = (noon - DAY).utcoffset(), noon.utcoffset()
        if before is None or after is None or after <= before:
            continue
        # In UTC, where no hour is missing, the times are what is written.
        midnight = noon.replace(hour=0, tzinfo=UTC)
        schedule = CronSchedule(cron=cron, timezone="UTC")
        for wanted in _dates(schedule, midnight):
            local = wanted.replace(tzinfo=None)
            if not _exists(local, zone):
                yield local


def _dates(schedule: CronSchedule, midnight: datetime) -> Sequence[datetime]:
    """The times of a day; in a thread of its own, for the caller's may have a loop that runs."""
    with ThreadPoolExecutor(1) as thread:
        dates = schedule.get_dates(1_440, midnight, midnight + DAY)
        return thread.submit(asyncio.run, dates).result()


def _exists(local: datetime, zone: ZoneInfo) -> bool:
    there = local.replace(tzinfo=zone).astimezone(UTC).astimezone(zone)
    return there.replace(tzinfo=None) == local
