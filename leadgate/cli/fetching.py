"""`leadgate fetch`: files and tables that lie elsewhere."""

import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from connectors.errors import SourceFileError
from crm.errors import StoreError
from crm.store import Store, open_store
from flows.fetching import Fetch, fetch_of, is_elsewhere
from flows.outcome import Outcome
from leadgate.settings import load_settings


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
    fetches = {name: fetch_of(name, settings) for name in names}
    while True:
        try:
            with open_store(settings.store) as opened:
                bad = [
                    _fetch(opened, name, each, as_json=as_json) for name, each in fetches.items()
                ]
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


def _fetch(opened: Store, name: str, fetch: Fetch, *, as_json: bool) -> bool:
    """Fetch one source; whether anything was wrong with what came."""
    bad = False
    try:
        for result in fetch(opened):
            bad |= isinstance(result, SourceFileError) or result.quarantined > 0
            print(_told(name, result, as_json=as_json), flush=True)
    except SourceFileError as error:  # the place itself: the other sources go on
        print(f"leadgate: {name}: {error}", file=sys.stderr)
        bad = True
    return bad


def _told(name: str, result: Outcome | SourceFileError, *, as_json: bool) -> str:
    if isinstance(result, SourceFileError):
        line = {"source": name, "refused": result.code}
        return json.dumps(line) if as_json else f"{name}: {result}"
    if as_json:
        return json.dumps(result.as_json())
    fates = ", ".join(f"{rows:,} {fate}" for fate, rows in result.fates().items() if rows)
    return f"{name}: {fates.replace('_', ' ')} ({result.batch or 'nothing new'})"
