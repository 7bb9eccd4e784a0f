"""Rows out of quarantine, repaired, and through the gate again: real files, both kinds of store."""

from __future__ import annotations

import csv
import shutil
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook

from crm.acts import Who
from crm.opening import writing
from crm.quarantine_rows import discard_rows, read_events, read_issues_of, read_rows, reopen_rows
from crm.store import open_store
from crm.trace import trace
from crm.undoing import undo
from crm.verify import verify
from flows.import_leads import import_leads
from flows.job import ImportJob
from flows.resubmission import Resubmitted, Sender, resubmit
from leadgate.errors import InvalidValueError
from leadgate.settings import Settings
from reports.marked_workbook import write_marked
from reports.quarantine_sheet import lay_out_quarantine

if TYPE_CHECKING:
    from pathlib import Path

    from crm.store import Store

LEADS = """First Name,Last Name,Email,Phone,Submission ID,Notes
Ana,Almeida,ana@almeida.example,,s1,
Ben,Ode,ben.ode@,,s2,=1+1
Eva,Ray,eva@,,s3,
Ana M.,Almeida,ana@almeida.example,12,s4,
"""


def fill(folder: Path, url: str) -> None:
    """Import leads.csv, and export the three rows that do not pass; the store holds the fourth."""
    path = folder / "leads.csv"
    path.write_text(LEADS, encoding="utf-8")
    outcome = import_leads(ImportJob("web", path, url, reports=None, trust=70))
    assert (outcome.created, outcome.quarantined) == (1, 3)
    with open_store(url) as store:
        export(store, folder / "bad.xlsx")


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with all that `fill` makes, the store in store.db; tests work on copies."""
    folder = tmp_path_factory.mktemp("filled")
    fill(folder, f"sqlite:///{folder}/store.db")
    return folder


@pytest.fixture
def folder(tmp_path: Path, filled: Path) -> Path:
    """A folder of one's own, filled."""
    shutil.copytree(filled, tmp_path, dirs_exist_ok=True)
    return tmp_path


@pytest.fixture
def url(folder: Path) -> str:
    """The store in the folder."""
    return f"sqlite:///{folder}/store.db"


def export(store: Store, path: Path) -> None:
    rows = read_rows(store)
    readings = {number: store.batch(int(number)).reading for number in rows["batch"].unique()}
    write_marked(*lay_out_quarantine(rows, read_issues_of(store, rows), readings), path)


def repair(folder: Path, changes: dict[tuple[int, str], str | None]) -> Path:
    """Write text into cells of the workbook, by line and header; a new header adds a column."""
    book = load_workbook(folder / "bad.xlsx")
    sheet = book.worksheets[0]
    for (line, header), text in changes.items():
        headers = [cell.value for cell in sheet[1]]
        if header not in headers:
            sheet.cell(1, len(headers) + 1).value = header
            headers.append(header)
        sheet.cell(line, headers.index(header) + 1).value = text
    path = folder / "repaired.xlsx"
    book.save(path)
    return path


def send(path: Path, url: str, *, dry_run: bool = False) -> Resubmitted:
    return resubmit(Sender(path, url, "ann", dry_run), Settings())


def statuses(url: str) -> list[str]:
    with open_store(url) as store:
        assert verify(store) == []
        return list(read_rows(store, status=None)["status"])


def codes(done: Resubmitted) -> set[str]:
    return set(done.findings.loc[done.findings["severity"] == "error", "code"])


def test_the_export_marks_the_bad_cells_and_says_why(folder):
    sheet = load_workbook(folder / "bad.xlsx").worksheets[0]
    headers = [cell.value for cell in sheet[1]]
    email, notes = (sheet.cell(2, headers.index(name) + 1) for name in ("Email", "Notes"))
    assert email.comment is not None
    assert "not an e-mail address" in email.comment.text
    assert "not an e-mail address" in sheet.cell(2, 2).value
    assert email.fill.fgColor.rgb != sheet.cell(2, headers.index("First Name") + 1).fill.fgColor.rgb
    assert (notes.value, notes.data_type, notes.number_format) == ("=1+1", "s", "@")


@pytest.fixture(params=["sqlite", "postgresql"])
def both(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Path, str]:
    """A filled folder and its store, of either kind."""
    if request.param == "sqlite":
        folder = request.getfixturevalue("folder")
        return folder, f"sqlite:///{folder}/store.db"
    url = request.getfixturevalue("postgresql_url")
    fill(tmp_path, url)
    return tmp_path, url


def test_repaired_rows_take_the_place_of_exactly_those_that_waited_once(both):
    folder, url = both
    path = repair(folder, {(2, "Email"): "ben@ode.example", (2, "Notes"): None, (4, "Phone"): None})
    done = send(path, url)
    assert done.taken == {"created": 1, "merged": 1, "held": 0, "already_seen": 0}
    assert (done.rows, done.waiting, done.done, done.refused) == (3, 1, 0, 0)
    assert statuses(url) == ["resubmitted", "waiting", "resubmitted"]
    with open_store(url) as store:
        events = read_events(store, [1, 2, 3])
        assert list(events["quarantine_row"]) == [1, 3]
        assert events[["record", "contact"]].notna().all(axis=None)
        assert set(events["actor"]) == {"ann"}
        batch = store.batch(done.batches[0])
        assert (batch.source, batch.trust, batch.file) == ("web", 70, "repaired.xlsx")
        rows = store.batch_rows(batch.id)
        assert list(zip(rows["file"], rows["line"], strict=True)) == [
            ("leads.csv", 3),
            ("leads.csv", 5),
        ]
    again = send(path, url)
    assert (sum(again.taken.values()), again.done, again.waiting) == (0, 2, 1)
    with open_store(url) as store:
        assert len(store.batches()) == 2


def test_the_original_file_does_not_bring_the_bad_rows_back(folder, url):
    send(repair(folder, {(2, "Email"): "ben@ode.example", (2, "Notes"): None}), url)
    job = ImportJob("web", folder / "leads.csv", url, reports=None)
    outcome = import_leads(job)
    assert outcome.already_seen == 4
    assert statuses(url).count("waiting") == 2


def test_rows_and_columns_can_be_sorted_left_out_and_saved_as_text(folder, url):
    sheet = load_workbook(folder / "bad.xlsx").worksheets[0]
    header, first, *_ = ([cell.value for cell in row] for row in sheet.iter_rows())
    row = dict(zip(header, first, strict=True)) | {"Email": "ben@ode.example", "Notes": ""}
    path = folder / "repaired.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, ["Notes", "Email", "Leadgate row"], delimiter=";")
        writer.writeheader()
        writer.writerow({name: row[name] for name in writer.fieldnames})
    done = send(path, url)
    assert (done.rows, done.taken["created"]) == (1, 1)
    with open_store(url) as store:
        [record] = read_events(store, [1])["record"]
        told = trace(store, f"r{record}")
    assert told["raw"] == {
        "First Name": "Ben",
        "Last Name": "Ode",
        "Email": "ben@ode.example",
        "Submission ID": "s2",
    }
    assert (told["file"], told["line"]) == ("leads.csv", 3)


def test_a_dry_run_writes_nothing(folder, url):
    path = repair(folder, {(2, "Email"): "ben@ode.example", (2, "Notes"): None})
    done = send(path, url, dry_run=True)
    assert done.taken["created"] == 1
    assert statuses(url) == ["waiting"] * 3


def test_a_kill_before_the_rows_are_resolved_is_made_good_by_sending_again(
    folder, url, monkeypatch
):
    path = repair(folder, {(2, "Email"): "ben@ode.example", (2, "Notes"): None})

    def killed(*_: object) -> int:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("flows.resubmission.settle_rows", killed)
        with pytest.raises(KeyboardInterrupt):
            send(path, url)
    done = send(path, url)
    assert done.taken["already_seen"] == 1
    assert statuses(url) == ["resubmitted", "waiting", "waiting"]


def test_ids_that_do_not_fit_are_issues_and_touch_nothing(folder, url):
    sheet = load_workbook(folder / "bad.xlsx").worksheets[0]
    first, third = sheet["A2"].value, sheet["A4"].value
    path = repair(
        folder,
        {
            (2, "Leadgate row"): first[:-1] + ("0" if first[-1] != "0" else "1"),
            (3, "Leadgate row"): third,
            (5, "Email"): "new@person.example",
        },
    )
    done = send(path, url)
    assert codes(done) == {"resubmit.unknown_id", "resubmit.repeated_id", "resubmit.no_id"}
    assert (done.refused, sum(done.taken.values())) == (4, 0)
    assert statuses(url) == ["waiting"] * 3


def test_what_was_resolved_otherwise_is_not_resolved_again(folder, url):
    send(repair(folder, {(2, "Email"): "ben@ode.example", (2, "Notes"): None}), url)
    with open_store(url) as store:
        assert discard_rows(store, [1, 2], "ann", "spam") == [2]
    path = repair(folder, {(2, "Email"): "other@ode.example", (2, "Notes"): None,
                           (3, "Email"): "eva@ray.example"})  # fmt: skip
    done = send(path, url)
    assert codes(done) >= {"resubmit.done", "resubmit.discarded"}
    assert sum(done.taken.values()) == 0
    assert statuses(url) == ["resubmitted", "discarded", "waiting"]


def test_a_column_that_was_not_there_is_said_and_left_out(folder, url):
    done = send(repair(folder, {(2, "Email"): "ben@ode.example", (2, "Mail"): "x@y.example"}), url)
    strange = done.findings[done.findings["code"] == "resubmit.unknown_column"]
    assert list(strange["field"]) == ["Mail"]
    assert "Column “Mail”" in strange["message"].iloc[0]


def test_a_batch_that_is_taken_back_lets_its_rows_wait_again(folder, url):
    path = repair(folder, {(2, "Email"): "ben@ode.example", (2, "Notes"): None})
    done = send(path, url)
    with open_store(url) as store:
        undo(store, done.batches[0], Who("ann"))
    assert statuses(url) == ["waiting"] * 3
    assert send(path, url).taken["created"] == 1
    assert statuses(url) == ["resubmitted", "waiting", "waiting"]


def test_a_row_that_was_discarded_can_wait_again(folder, url):
    assert folder.is_dir()
    with open_store(url) as store:
        assert discard_rows(store, [1, 2], "ann", "spam") == [1, 2]
        assert discard_rows(store, [1], "ann", "spam") == []
        assert reopen_rows(store, [1, 3], "ann", None) == [1]
    assert statuses(url) == ["waiting", "discarded", "waiting"]


def test_a_file_that_is_no_export_is_refused_with_the_way_out(folder, url):
    with pytest.raises(InvalidValueError, match="quarantine export"):
        send(folder / "leads.csv", url)


def test_a_status_without_its_event_is_found(folder, url):
    assert folder.is_dir()
    with open_store(url) as store:
        with writing(store.engine) as connection:
            connection.exec_driver_sql(
                "UPDATE quarantine_row SET status = 'resubmitted' WHERE id = 1"
            )
        broken = {each.code: each.ids for each in verify(store)}
    assert broken == {"quarantine_unexplained": ("q1",), "quarantine_lost": ("q1",)}
