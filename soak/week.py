"""A week of an import every quarter of an hour, its clock put forward from run to run.

    python -m soak.week [days]

The times are those Prefect gives the schedule, over the night in which Berlin leaves out an hour.
Every run must be in the store exactly once, at its own time; memory, open files and temporary files
must not grow.
"""

import asyncio
import gc
import os
import sys
import tempfile
from collections import Counter
from datetime import UTC, datetime, timedelta, tzinfo
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final, Self

from prefect.server.schemas.schedules import CronSchedule

import crm.retention
import crm.times
from crm.acts import Who
from crm.retention import RetentionRules, retain
from crm.store import open_store
from crm.verify import verify
from flows.import_leads import import_leads
from flows.job import ImportJob

START: Final = datetime(2027, 3, 24, 23, tzinfo=UTC)  # midnight in Berlin
A_DAY: Final = 96
GROWTH: Final = 1.10  # of memory, from the end of the first day to the end of the week


class Clock(datetime):
    """The present time, as the runs are told it."""

    present: datetime = START

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> Self:
        """The time of the run."""
        return cls.fromtimestamp(cls.present.timestamp(), tz)


def main() -> None:
    """Run the week, and say what it came to."""
    days = int(sys.argv[1]) if len(sys.argv) > 1 else 7
    crm.times.datetime = crm.retention.datetime = Clock  # type: ignore[misc,attr-defined]
    with TemporaryDirectory(prefix="leadgate-") as place:
        folder = Path(place)
        (folder / "tmp").mkdir()
        tempfile.tempdir = str(folder / "tmp")
        times = _times(days)
        first = _run(folder, times[:A_DAY], 0)
        last = _run(folder, times[A_DAY:], A_DAY)
        _check(folder, times)
    print(f"{len(times)} runs; after the first day and at the end: {first} and {last}", flush=True)
    if last["memory"] > GROWTH * first["memory"] or last["files"] > first["files"]:
        sys.exit("memory or open files grow")


def _times(days: int) -> list[datetime]:
    schedule = CronSchedule(cron="*/15 * * * *", timezone="Europe/Berlin")
    times: Any = asyncio.run(schedule.get_dates(10_000, START, START + timedelta(days=days)))
    # The last is the first of the next week.
    return [each.astimezone(UTC) for each in times if each < START + timedelta(days=days)]


def _run(folder: Path, times: list[datetime], first: int) -> dict[str, int]:
    for number, at in enumerate(times, first):
        Clock.present = at
        file = folder / "web.csv"
        file.write_text(_leads(number), encoding="utf-8")
        url = f"sqlite:///{folder}/store.db"
        reports = folder / "reports" if number % 8 == 0 else None  # half of a run's time
        outcome = import_leads(ImportJob("web", file, url, reports=reports))
        if outcome.already_seen != (number > 0):
            raise AssertionError(f"run {number}: {outcome}")
        if number % A_DAY == A_DAY - 1:
            _end_day(url)
    left = [path for path in (folder / "tmp").rglob("*") if path.is_file()]
    if left:
        raise AssertionError(f"temporary files are left: {left[:3]}")
    gc.collect()
    memory = int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    return {"memory": memory // 2**20, "files": len(list(Path("/proc/self/fd").iterdir()))}


def _leads(number: int) -> str:
    """Three rows that are new, and the last one of the run before."""
    people = [f"Given{n % 211},Family{n},p{n}@family{n}.example" for n in _numbers(number)]
    return "\n".join(["First Name,Last Name,Email", *people])


def _numbers(number: int) -> range:
    return range(max(3 * number - 1, 0), 3 * number + 3)


def _end_day(url: str) -> None:
    with open_store(url) as store:
        retain(store, RetentionRules(contacts=3), Who("retention"))
        if found := verify(store):
            raise AssertionError(f"violations: {found[:3]}")


def _check(folder: Path, times: list[datetime]) -> None:
    """Each run is one batch, at its time: none is lost, none is there twice."""
    with open_store(f"sqlite:///{folder}/store.db") as store:
        batches = store.batches()
        begun = Counter(batches["started_at"])
        wanted = Counter(at.strftime(crm.times.TIME_FORMAT) for at in times)
        if begun != wanted:
            raise AssertionError(f"runs differ: {list((begun - wanted) + (wanted - begun))[:5]}")
        if set(batches["status"]) != {"complete"}:
            raise AssertionError("a batch is not complete")


if __name__ == "__main__":
    main()
