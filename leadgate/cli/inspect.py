"""`leadgate report`, `trace` and `verify`: what the store knows."""

import json
from pathlib import Path

from crm.store import Store, open_store
from crm.trace import trace
from crm.verify import verify
from leadgate.cli.story import tell_story
from leadgate.settings import load_settings
from reports.building import build_report
from reports.writing import write_report


def run_report(config: Path | None, batch: str, store: str | None, folder: Path | None) -> int:
    """Write the report of a batch and print where its page is."""
    settings = load_settings(config)
    with open_existing(store or settings.store) as opened:
        report = build_report(opened, batch)
        paths = write_report(report, folder or settings.reports / batch)
    print(paths.page)
    return 0


def run_trace(config: Path | None, identifier: str, store: str | None, *, as_json: bool) -> int:
    """Print the story of a contact, a source record, a batch or a quarantine row."""
    with open_existing(store or load_settings(config).store) as opened:
        story = trace(opened, identifier)
    print(json.dumps(story, ensure_ascii=False) if as_json else "\n".join(tell_story(story)))
    return 0


def run_verify(config: Path | None, store: str | None) -> int:
    """Check every invariant; 1 where one is violated, else 0."""
    with open_existing(store or load_settings(config).store) as opened:
        violations = verify(opened)
    for violation in violations:
        print(f"{violation.code}: {violation.text}")
    if not violations:
        print("The store holds every invariant.")
    return int(bool(violations))


def open_existing(url: str) -> Store:
    """Open a store to look into it; looking never makes one."""
    return open_store(url, make=False)
