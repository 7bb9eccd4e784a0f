"""`leadgate erase`: a person out of the store, and out of the reports made of it."""

import json
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path

from crm.acts import Who
from crm.erasure import Erased, erase, preview_erase
from crm.retention import RetentionRules, retain
from leadgate.cli.deciding import Options
from leadgate.settings import load_settings


def run_erase(contact: str, options: Options) -> int:
    """Erase a person; reports of the batches that held them are deleted, and can be made anew."""
    settings = load_settings(options.config)
    with options.open() as store:
        if options.dry_run:
            done = preview_erase(store, contact)
        else:
            done = erase(store, contact, options.who())
    reports = list(_find_reports(settings.reports, done.batches))
    if not options.dry_run:
        for folder in reports:
            shutil.rmtree(folder)
    if options.json:
        told = asdict(done) | {"reports": [str(folder) for folder in reports]}
        print(json.dumps(told, ensure_ascii=False))
    else:
        print("\n".join(_tell(done, reports, dry_run=options.dry_run)))
    return 0


def run_retain(options: Options) -> int:
    """Forget what is due by the settings."""
    settings = load_settings(options.config)
    rules = RetentionRules(settings.retention.contacts_days, settings.retention.quarantine_days)
    who = Who(options.actor or "retention")
    with options.open() as store:
        done = retain(store, rules, who, dry_run=options.dry_run)
    if options.json:
        print(json.dumps(asdict(done)))
    else:
        would = " due (dry run, nothing erased)" if options.dry_run else " forgotten"
        print(f"{len(done.contacts):,} contacts and {len(done.quarantine):,} rows{would}")
    return 0


def _find_reports(folder: Path, batches: Iterable[str]) -> Iterator[Path]:
    """The reports of batches that are there."""
    for batch in batches:
        if (folder / batch).is_dir():
            yield folder / batch


def _tell(done: Erased, reports: list[Path], *, dry_run: bool) -> Iterator[str]:
    would = " (dry run, nothing erased)" if dry_run else f", {done.event}"
    yield f"{done.contact} erased{would}"
    for table, count in done.rows.items():
        yield f"  {count:>6,}  {table.replace('_', ' ')}"
    for folder in reports:
        yield f"  report {folder} deleted; leadgate report {folder.name} makes it anew"
    if done.batches:
        yield f"  it came with {', '.join(done.batches)}: the files themselves are yours to clean"
