"""`leadgate drain` and `inbox`: letters through the main path."""

import json
import os
import sys
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from connectors.remote.errors import RemoteDownError
from crm.errors import StoreError
from crm.inbox import count_letters, retry_letters
from crm.store import Store, open_store
from flows.drain_inbox import inbox_job, received_sources
from flows.job import ImportJob
from flows.meta_leads import Complete, completer_of
from flows.notifying import telling
from flows.outcome import Outcome
from flows.poll_source import Received, poll_of, poll_source
from flows.tracing import traced
from flows.watching import drain_traced
from leadgate.cli.inspect import open_existing
from leadgate.settings import Settings, load_settings

WATCH_SECONDS: Final = 1.0
TROUBLE_SECONDS: Final = 10.0


def run_drain(
    config: Path | None, sources: Sequence[str], store: str | None, *, again: bool, as_json: bool
) -> int:
    """Import what waits; 1 where rows were quarantined or letters could not be imported."""
    settings = _settings(config, store)
    jobs = [inbox_job(name, settings) for name in sources or received_sources(settings)]
    bad = 0
    with open_store(settings.store) as opened:
        for job in jobs:
            if again:
                retry_letters(opened, job.source)
            with telling(job.source, settings) as happened:
                complete = completer_of(job.source, settings)
                for result in drain_traced(opened, job, settings, complete):
                    happened.append(result)
                    bad += isinstance(result, str) or result.quarantined
                    print(_told(job, result, as_json=as_json))
    if not jobs:
        print("No source is sent or asked: leadgate source add makes one.", file=sys.stderr)
    return int(bad > 0)


def run_poll(
    config: Path | None, sources: Sequence[str], store: str | None, *, as_json: bool
) -> int:
    """Ask sources for their rows, and import what came; 1 as `run_drain`."""
    settings = _settings(config, store)
    names = list(sources) or [name for name, each in settings.sources.items() if each.poll]
    for name in names:  # what is misspelt is told before anything is asked
        poll_of(name, settings)
    with open_store(settings.store) as opened:
        for name in names:
            received = _ask(opened, name, settings)
            line = {"source": name, "stored": received.stored, "repeated": received.repeated}
            told = f"{name}: {received.stored:,} new, {received.repeated:,} known"
            print(json.dumps(line) if as_json else told)
    if not names:
        print("No source is asked: leadgate source add NAME --poll makes one.", file=sys.stderr)
        return 0
    return run_drain(config, names, store, again=False, as_json=as_json)


def run_watch(config: Path | None, sources: Sequence[str], store: str | None) -> int:
    """Import what waits, as soon as it is there, for as long as whoever started this lives."""
    settings = _settings(config, store)
    names = [
        name
        for name in sources or received_sources(settings)
        if sources or _at_once(name, settings)
    ]
    watched = [
        Watched(inbox_job(name, settings), settings, completer_of(name, settings)) for name in names
    ]
    parent = os.getppid()
    while watched and os.getppid() == parent:
        try:
            with open_store(settings.store) as opened:
                _watch(opened, watched, parent)
        except (StoreError, RemoteDownError) as error:
            print(f"leadgate: {error}", file=sys.stderr, flush=True)
            time.sleep(TROUBLE_SECONDS)
    return 0


def run_inbox(config: Path | None, store: str | None, *, as_json: bool) -> int:
    """Print how many letters each source has in each state; 1 where some failed."""
    with open_existing(_settings(config, store).store) as opened:
        counts = count_letters(opened)
    if not counts:
        print("Nothing was received.", file=sys.stderr)
    for source, status, letters, oldest in counts:
        if as_json:
            line = {"source": source, "status": status, "letters": letters, "oldest": oldest}
            print(json.dumps(line))
        else:
            print(f"{source}: {letters:,} {status}, the oldest of {oldest}")
    return int(any(status == "failed" for _, status, _, _ in counts))


@dataclass
class Watched:
    """A source whose letters are imported as they come; `well` until something goes wrong."""

    job: ImportJob
    settings: Settings
    complete: Complete | None
    well: bool = True

    def drain(self, store: Store) -> None:
        """Import what waits; what goes wrong again and again is told once."""
        try:
            with telling(self.job.source, self.settings, failures=self.well) as happened:
                for result in drain_traced(store, self.job, self.settings, self.complete):
                    happened.append(result)
                    print(_told(self.job, result, as_json=False), file=sys.stderr, flush=True)
        except Exception:
            self.well = False
            raise
        self.well = True


def _watch(store: Store, watched: Iterable[Watched], parent: int) -> None:
    while os.getppid() == parent:
        for each in watched:
            each.drain(store)
        time.sleep(WATCH_SECONDS)


def _ask(store: Store, source: str, settings: Settings) -> Received:
    """Ask a source for its rows; people are told where it does not answer."""
    what, api = poll_of(source, settings)
    with telling(source, settings), traced(settings.tracing.endpoint, source, name="poll") as run:
        return run(poll_source, store, source, what, api)


def _settings(config: Path | None, store: str | None) -> Settings:
    settings = load_settings(config)
    return settings.model_copy(update={"store": store}) if store else settings


def _at_once(name: str, settings: Settings) -> bool:
    webhook = settings.sources[name].webhook
    return webhook is not None and webhook.process == "at_once"


def _told(job: ImportJob, result: Outcome | str, *, as_json: bool) -> str:
    if isinstance(result, str):
        line = {"source": job.source, "failed": result}
        told = f"{job.source}: a letter could not be imported ({result}); see leadgate inbox"
        return json.dumps(line) if as_json else told
    if as_json:
        return json.dumps(result.as_json())
    fates = ", ".join(f"{rows:,} {fate}" for fate, rows in result.fates().items() if rows)
    return f"{job.source}: {fates.replace('_', ' ')} ({result.batch or 'nothing new'})"
