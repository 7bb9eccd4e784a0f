"""`leadgate fetch`: files and tables that lie elsewhere."""

import json
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from connectors.errors import SourceFileError
from crm.errors import StoreError
from crm.store import Store, open_store
from flows.fetching import Fetch, fetch_job, fetch_of, is_elsewhere
from flows.job import ImportJob
from flows.notifying import telling
from flows.outcome import Outcome
from flows.tracing import traced
from leadgate.settings import Settings, load_settings


def run_fetch(
    config: Path | None,
    sources: Sequence[str],
    store: str | None,
    *,
    watch: float | None,
    as_json: bool,
) -> int:
    """Fetch once, or every so many seconds; 1 where rows or a file did not pass."""
    settings = load_settings(config)
    if store:
        settings = settings.model_copy(update={"store": store})
    names = list(sources) or [name for name, each in settings.sources.items() if is_elsewhere(each)]
    fetches = [Fetched.of(name, settings) for name in names]
    while True:
        try:
            with open_store(settings.store) as opened:
                bad = [each.fetch(opened, as_json=as_json) for each in fetches]
        except StoreError as error:
            if watch is None:
                raise
            print(f"leadgate: {error}", file=sys.stderr, flush=True)
        if watch is None:
            _hint(names)
            return int(any(bad))
        time.sleep(watch)


def _hint(names: list[str]) -> None:
    if not names:
        print("No source is fetched: leadgate source add NAME --files makes one.", file=sys.stderr)


@dataclass
class Fetched:
    """A source that is fetched; `well` until its place goes wrong."""

    job: ImportJob
    settings: Settings
    find: Fetch
    well: bool = True

    @classmethod
    def of(cls, name: str, settings: Settings) -> "Fetched":
        """The source of that name."""
        job = fetch_job(name, settings)
        return cls(job, settings, fetch_of(job, settings))

    def fetch(self, store: Store, *, as_json: bool) -> bool:
        """Fetch once; whether anything was wrong. What goes wrong again and again is told once."""
        bad, was_well, self.well = False, self.well, False
        try:
            for result in self._results(store, failures=was_well):
                bad |= isinstance(result, SourceFileError) or result.quarantined > 0
                print(_told(self.job.source, result, as_json=as_json), flush=True)
        except SourceFileError as error:  # the place itself: the other sources go on
            print(f"leadgate: {self.job.source}: {error}", file=sys.stderr)
            return True
        self.well = True
        return bad

    def _results(self, store: Store, *, failures: bool) -> Iterator[Outcome | SourceFileError]:
        endpoint = self.settings.tracing.endpoint
        with (
            telling(self.job.source, self.settings, failures=failures) as happened,
            traced(endpoint, self.job.source, name="fetch"),
        ):
            for result in self.find(store):
                happened.append(result.code if isinstance(result, SourceFileError) else result)
                yield result


def _told(name: str, result: Outcome | SourceFileError, *, as_json: bool) -> str:
    if isinstance(result, SourceFileError):
        line = {"source": name, "refused": result.code}
        return json.dumps(line) if as_json else f"{name}: {result}"
    if as_json:
        return json.dumps(result.as_json())
    fates = ", ".join(f"{rows:,} {fate}" for fate, rows in result.fates().items() if rows)
    return f"{name}: {fates.replace('_', ' ')} ({result.batch or 'nothing new'})"
