"""What the commands of `leadgate quarantine` do."""

import getpass
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from crm import ids
from crm.errors import UnknownIdError
from crm.opening import shown_url
from crm.quarantine_kinds import Status, find_rows
from crm.quarantine_rows import discard_rows, read_issues_of, read_rows, reopen_rows
from crm.store import Store
from flows.resubmission import Resubmitted, Sender, resubmit
from leadgate.cli.checking.plain import plain_line
from leadgate.cli.inspect import open_existing
from leadgate.cli.progress import terminal_steps
from leadgate.cli.verdicts.words import count
from leadgate.errors import InvalidValueError
from leadgate.settings import load_settings
from reports.issue_groups import sentences
from reports.marked_workbook import write_marked
from reports.quarantine_sheet import lay_out_quarantine
from validators.issues import CATALOG

SHOWN = 20
REASONS_SHOWN = 3


def run_list(
    config: Path | None, store: str | None, batch: str | None, *, everything: bool, as_json: bool
) -> None:
    """Print a line a row: its id, where it came from, and the first reasons."""
    with open_existing(store or load_settings(config).store) as opened:
        rows = read_rows(
            opened, number=_number(opened, batch), status=None if everything else "waiting"
        )
        issues = read_issues_of(opened, rows)
    errors = issues[issues["severity"] == "error"]
    reasons = errors.assign(said=sentences(errors)).groupby("quarantine_row")["said"].agg(list)
    for row in rows.itertuples():
        told = {
            "id": ids.show("quarantine_row", int(str(row.quarantine_row))),
            "batch": ids.show("batch", int(str(row.batch))),
            **{name: _plain(getattr(row, name)) for name in ("source", "file", "sheet", "line")},
            "status": row.status,
            "reasons": reasons.get(row.quarantine_row, []),
        }
        print(json.dumps(told, ensure_ascii=False) if as_json else plain_line(_line(told)))
    if not as_json:
        print(f"{count(len(rows), 'row')} {'in all' if everything else 'waiting'}")


def run_export(
    config: Path | None, store: str | None, batch: str | None, output: Path, *, force: bool
) -> None:
    """Write the workbook, and say what to do with it."""
    if output.suffix.lower() != ".xlsx":
        raise InvalidValueError(f"-o {output}: name it .xlsx; only a workbook can be marked.")
    if output.exists() and not force:
        raise InvalidValueError(
            f"{output}: is there already, maybe with repairs in it; name another file, or --force."
        )
    with open_existing(store or load_settings(config).store) as opened:
        rows = read_rows(opened, number=_number(opened, batch))
        issues = read_issues_of(opened, rows)
        batches = rows["batch"].unique().tolist()
        readings = {int(number): opened.batch(int(number)).reading for number in batches}
    if rows.empty:
        print("Nothing waits in quarantine.")
        return
    frame, marks = lay_out_quarantine(rows, issues, readings)
    try:
        write_marked(frame, marks, output)
    except OSError as error:
        raise InvalidValueError(f"-o {output}: cannot be written ({error.strerror}).") from None
    print(f"{count(len(frame), 'row')} to repair: {output}")
    print(f"Then: leadgate quarantine resubmit {output}")


def run_resubmit(
    config: Path | None, store: str | None, file: Path, *, dry_run: bool, as_json: bool
) -> int:
    """Send the rows again; 1 where some wait on or were refused, else 0."""
    settings = load_settings(config)
    url = store or settings.store
    open_existing(url).close()
    sender = Sender(file, url, f"command line: {_user()}", dry_run)
    with terminal_steps() as run:
        done = resubmit(sender, settings, run)
    if as_json:
        print(json.dumps(done.as_json(), ensure_ascii=False))
    else:
        for line in _tell(done, file, dry_run=dry_run):
            print(plain_line(line))
    return int(bool(done.waiting or done.refused))


@dataclass(frozen=True)
class Chosen:
    """Rows by id; else all with an error of the kind `code`, or with one about `value`."""

    rows: Sequence[str]
    code: str = ""
    value: str | None = None

    def find(self, store: Store, status: Status) -> set[int]:
        """Find the ids; UnknownIdError names the first that is none."""
        if self.code:
            return set(find_rows(store, self.code, self.value, status=status))
        return _find(store, self.rows)


def choose_rows(rows: Sequence[str] | None, code: str | None, value: str | None) -> Chosen:
    """Take rows by their ids or by their mistake, not by both."""
    if bool(rows) == bool(code):
        raise InvalidValueError("Give rows by id, as q4 q7, or --code with a kind of error.")
    if code and code not in CATALOG:
        raise InvalidValueError(f'--code: there is no "{code}"; docs/issues.md lists them all.')
    if value is not None and not code:
        raise InvalidValueError("--value needs --code: what is wrong with it.")
    return Chosen(rows or (), code or "", value)


def run_discard(config: Path | None, store: str | None, rows: Chosen, reason: str | None) -> int:
    """Discard rows; 1 where some were not waiting any more, else 0."""
    with open_existing(store or load_settings(config).store) as opened:
        wanted = rows.find(opened, "waiting")
        done = discard_rows(opened, wanted, f"command line: {_user()}", reason)
    return _tell_moved(wanted, done, "discarded", "does not wait any more")


def run_reopen(config: Path | None, store: str | None, rows: Chosen, reason: str | None) -> int:
    """Let discarded rows wait again; 1 where some were not discarded, else 0."""
    with open_existing(store or load_settings(config).store) as opened:
        wanted = rows.find(opened, "discarded")
        done = reopen_rows(opened, wanted, f"command line: {_user()}", reason)
    return _tell_moved(wanted, done, "waiting again", "was not discarded")


def _find(store: Store, rows: Sequence[str]) -> set[int]:
    """Ids of rows as people write them, as numbers; UnknownIdError names the first that is none."""
    numbers = {row: ids.read(row) or ("", 0) for row in rows}
    wanted = {number for table, number in numbers.values() if table == "quarantine_row"}
    there = set(read_rows(store, ids=wanted, status=None)["quarantine_row"])
    for row, (table, number) in numbers.items():
        if table != "quarantine_row" or number not in there:
            raise UnknownIdError(shown_url(store.engine.url), row)
    return wanted


def _tell_moved(wanted: set[int], done: Sequence[int], what: str, why_not: str) -> int:
    print(f"{count(len(done), 'row')} {what}")
    for number in sorted(wanted - set(done)):
        shown = ids.show("quarantine_row", number)
        print(f"leadgate: {shown} {why_not}; left as it is", file=sys.stderr)
    return int(len(done) < len(wanted))


def _tell(done: Resubmitted, file: Path, *, dry_run: bool) -> Iterator[str]:
    head = f"{file}: {count(done.rows, 'row')}"
    yield head + (" (dry run, nothing written)" if dry_run else "")
    for fate, rows in done.taken.items():
        if rows or fate == "created":
            yield f"  {rows:>9,}  {fate.replace('_', ' ')}"
    for rows, what in (
        (done.done, "taken before; nothing to do"),
        (done.waiting, "still with errors, and waiting"),
        (done.refused, "not taken"),
    ):
        if rows:
            yield f"  {rows:>9,}  {what}"
    for batch in done.batches:
        yield f"  batch {batch}"
    told = done.findings[done.findings["severity"] != "repaired"]
    first = told.head(SHOWN)
    places = first["line"].map(lambda line: f"line {line}", na_action="ignore").fillna("whole file")
    for place, severity, code, said in zip(
        places, first["severity"], first["code"], first["message"], strict=True
    ):
        yield f"  {place:<12} {severity:<8} {code:<24} {said}"
    if len(told) > SHOWN:
        yield f"  … and {len(told) - SHOWN:,} more; --json lists them all"


def _line(told: dict[str, object]) -> str:
    place = f"{told['file'] or told['source']}"
    place += f", {told['sheet']}, row {told['line']}" if told["sheet"] else f", line {told['line']}"
    reasons = told["reasons"]
    said = [str(each) for each in reasons] if isinstance(reasons, list) else []
    more = f" … and {len(said) - REASONS_SHOWN} more" if len(said) > REASONS_SHOWN else ""
    status = "" if told["status"] == "waiting" else f" [{told['status']}]"
    return f"{told['id']:<6} {place}{status}: {' '.join(said[:REASONS_SHOWN])}{more}"


def _plain(value: object) -> object:
    if isinstance(value, str):
        return value
    return None if pd.isna(value) else int(str(value))  # type: ignore[call-overload]  # any scalar


def _number(store: Store, batch: str | None) -> int | None:
    """Id of a batch that is there; None where none is named."""
    return None if batch is None else store.batch(batch).id


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # no name for this user, as in some containers
        return "unknown"
