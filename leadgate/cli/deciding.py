"""`leadgate merge`, `unmerge`, `undo` and `log export`."""

import csv
import getpass
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from crm.acts import Done, Who
from crm.log_export import read_log
from crm.merging import merge, preview_merge
from crm.store import Store
from crm.undoing import UndoItem, Undone, preview_undo, undo
from crm.unmerging import preview_unmerge, unmerge
from leadgate.cli.inspect import open_existing
from leadgate.errors import InvalidValueError
from leadgate.settings import load_settings
from reports.spreadsheet_safety import guard_text

SHOWN = 20


@dataclass(frozen=True)
class Options:
    """What the options of these commands say."""

    config: Path | None
    store: str | None
    actor: str | None
    reason: str | None
    dry_run: bool
    json: bool

    def open(self) -> Store:
        """Open the store; acting never makes one."""
        return open_existing(self.store or load_settings(self.config).store)

    def who(self) -> Who:
        """Who decides, and why."""
        return Who(self.actor or who_is_logged_in(), self.reason)


def who_is_logged_in() -> str:
    """Name of the person at the keyboard, for the log."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # no such user: a container with a bare number
        return "command line"


def run_merge(contacts: Sequence[str], into: str | None, options: Options) -> int:
    """Merge contacts, or show what that would come to."""
    with options.open() as store:
        if options.dry_run:
            _show(asdict(preview_merge(store, contacts, into)), options)
        else:
            report_done(merge(store, contacts, options.who(), into=into), options)
    return 0


def run_unmerge(what: str, options: Options) -> int:
    """Take a record or a merge apart, or show what that would come to."""
    with options.open() as store:
        if options.dry_run:
            _show(asdict(preview_unmerge(store, what)), options)
        else:
            report_done(unmerge(store, what, options.who()), options)
    return 0


def run_undo(what: str, options: Options) -> int:
    """Take an import or an event back; 1 where something was kept or refused."""
    with options.open() as store:
        who = options.who()
        undone = preview_undo(store, what) if options.dry_run else undo(store, what, who)
    if options.json:
        print(json.dumps(asdict(undone), ensure_ascii=False))
    else:
        print("\n".join(_tell_undo(undone, dry_run=options.dry_run)))
    return int(bool(undone.kept or undone.refused))


def run_log(config: Path | None, store: str | None, batch: str | None, output: Path) -> int:
    """Write the merge log as JSON lines or CSV."""
    if output.suffix not in {".jsonl", ".csv"}:
        raise InvalidValueError(f"{output.name}: the log is written as .jsonl or .csv.")
    with (
        open_existing(store or load_settings(config).store) as opened,
        output.open("w", encoding="utf-8", newline="") as file,
    ):
        lines = read_log(opened, batch)
        if output.suffix == ".jsonl":
            file.writelines(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
        else:
            _write_csv(csv.writer(file), lines)
    print(output)
    return 0


def _write_csv(writer: Any, lines: Iterable[dict[str, Any]]) -> None:
    for number, line in enumerate(lines):
        if number == 0:
            writer.writerow(line)
        writer.writerow(guard_text(_cell(value)) for value in line.values())


def _cell(value: object) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def report_done(done: Done, options: Options) -> None:
    """Print what was done, and how it is taken back."""
    if options.json:
        print(json.dumps(asdict(done), ensure_ascii=False))
        return
    print(f"{done.kind} {done.event}: {', '.join(done.contacts)}")
    for note in done.notes:
        print(f"  {note}")
    print(f"  leadgate undo {done.event} takes it back")


def _show(preview: dict[str, Any], options: Options) -> None:
    if options.json:
        print(json.dumps(preview, ensure_ascii=False))
        return
    for part in preview.get("parts", [preview]):
        print(part.get("survivor") or part.get("contact") or "a new contact")
        for each in part["fields"]:
            rivals = ", ".join(str(rival["value"]) for rival in each["rivals"])
            lost = f"  (instead of {rivals})" if rivals else ""
            print(f"  {each['field']}: {each['value']}{lost}")
    for note in preview["notes"]:
        print(f"  {note}")
    if preview.get("refused"):
        print(f"  stands against it: {', '.join(preview['refused'])}")


def _tell_undo(undone: Undone, *, dry_run: bool) -> Iterable[str]:
    if dry_run:
        yield f"undo of {undone.what} (dry run, nothing written)"
    else:
        yield f"undo of {undone.what}: {undone.event or 'nothing was taken back'}"
    for name in ("reversed", "kept", "refused"):
        items: tuple[UndoItem, ...] = getattr(undone, name)
        if items:
            yield f"  {len(items):,} {name}"
            for item in items[:SHOWN]:
                because = f" ({', '.join(item.because[:5])})" if item.because else ""
                yield f"    {item.thing} {item.text}{because}"
            if len(items) > SHOWN:
                yield f"    … and {len(items) - SHOWN:,} more; --json lists them all"
