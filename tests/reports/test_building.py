"""Reports of batches that were really imported, read from a real store."""

import dataclasses
import json
from pathlib import Path

import pandas as pd
import pytest

from crm.errors import UnknownIdError
from crm.store import Store, open_store
from flows.import_leads import import_leads
from flows.job import ImportJob
from reports.building import Limits, build_report
from reports.page import render_page
from reports.spreadsheet_safety import unguard_frame
from reports.writing import write_report

KNOWN = """First Name,Last Name,Email,Phone,Company,City,Country
Anna,Müller,anna.mueller@nordwind.de,+49 30 23125733,Nordwind Logistik GmbH,Berlin,DE
Robert,Smith,robert.smith@summit-solutions.com,+1 512 555 0143,Summit Solutions Inc,Austin,US
Ute,Hoffmann,ute.hoffmann@web.de,069 90009214,,Frankfurt,DE
"""
NILS = "Nils;Holm;nils@@holm;12;Holm AB;Kiel;Deutschland;<script>alert(1)</script>"
NEW = f"""Exported by Scan&Go

Vorname;Nachname;E-Mail;Telefon;Firma;Ort;Land;Notiz
Anna;Mueller;Anna.Mueller@nordwind.de;030 / 231 25 733;Nordwind Logistik;Berlin;Deutschland;
Karl;Krause;karl.krause@gmial.com;0170 1234567;Krause KG;Bonn;Deutschland;
{NILS}
;;;;;;;
Uwe;Hoffmann;;069 90009214;;Frankfurt;Deutschland;
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """A store with two batches: what was known, and what came in."""
    folder = tmp_path_factory.mktemp("store")
    for name, text in (("known", KNOWN), ("new", NEW)):
        path = folder / f"{name}.csv"
        path.write_text(text, encoding="utf-8")
        job = ImportJob(name, path, f"sqlite:///{folder}/crm.db", folder / "reports")
        import_leads(job)
    return folder


@pytest.fixture(scope="module")
def store(folder) -> Store:
    with open_store(f"sqlite:///{folder}/crm.db") as opened:
        yield opened


@pytest.fixture(scope="module")
def report(store):
    return build_report(store, "b2")


def test_the_fates_add_up_to_the_rows_that_came_in(report):
    fates = ("created", "merged", "held", "quarantined", "already_seen")
    assert report.counts["rows_in"] == sum(report.counts[fate] for fate in fates)
    assert report.counts["quarantined"] == report.quarantined.total == 1
    assert len(report.rows) == report.counts["rows_in"]


def test_it_says_how_the_file_was_read(report):
    (reading,) = report.readings
    assert (reading.file, reading.delimiter) == ("new.csv", ";")
    assert reading.preamble
    fields = {column.header: column.field for column in reading.columns}
    assert fields["Vorname"] == "given_name"
    assert fields["Telefon"] == "phone"


def test_the_same_person_under_another_spelling_is_shown_with_reasons(report):
    match = next(match for match in report.merged.shown if "Anna" in match.name)
    assert match.contact == match.other_contact == "c1"
    assert match.other_place.file == "known.csv"
    differing = {field.label for field in match.fields if field.here and not field.agrees}
    assert {"Last name", "Company"} <= differing
    assert match.weight is not None
    told = sum(reason.weight or 0 for reason in match.reasons)
    assert told == pytest.approx(match.weight, abs=0.5)


def test_a_quarantined_row_shows_the_bad_cells_by_their_own_headers(report):
    (row,) = report.quarantined.shown
    assert row.name == "Nils Holm"
    assert row.place.line == NEW.splitlines().index(NILS) + 1
    bad = {cell.header for cell in row.cells if cell.errors}
    assert bad == {"E-Mail", "Telefon"}


def test_a_repair_is_shown_before_and_after(report):
    examples = [
        example
        for group in report.issues_by_kind
        if group.severity == "repaired"
        for example in group.examples
    ]
    assert ("karl.krause@gmial.com", "karl.krause@gmail.com") in {
        (example.before, example.after) for example in examples
    }


def test_what_was_left_out_of_the_page_is_counted_and_in_the_tables(store, tmp_path):
    report = build_report(store, 2, Limits(examples=1, rows=0, pairs=0))
    assert report.quarantined.shown == ()
    assert report.quarantined.total == 1
    assert report.merged.total == report.counts["merged"]
    paths = write_report(report, tmp_path)
    assert len(pd.read_csv(paths.duplicates)) == report.merged.total + report.review.total
    assert len(pd.read_csv(paths.issues)) == sum(group.findings for group in report.issues_by_kind)


@pytest.mark.parametrize("size", [1, 2, 100])
def test_the_store_tells_its_pairs_in_chunks_of_any_size(store, size):
    whole = store.batch_matches("b2")
    chunks = list(store.batch_match_chunks("b2", size))
    assert max(len(chunk) for chunk in chunks) <= size
    told = pd.concat(chunks, ignore_index=True)
    for name in ("evidence", "values", "other_values"):
        told[name] = told[name].map(json.loads).astype(object)
    pd.testing.assert_frame_equal(told, whole)


def test_a_batch_without_pairs_is_one_empty_chunk(store):
    (chunk,) = store.batch_match_chunks("b1")
    assert chunk.empty
    assert "other_values" in chunk


def test_the_report_is_the_one_the_import_wrote(folder, report, tmp_path):
    again = write_report(report, tmp_path)
    first = folder / "reports" / "b2"
    for each in dataclasses.astuple(again):
        assert each.read_bytes() == (first / each.name).read_bytes(), each.name


def test_hostile_cells_stay_text_everywhere(folder, report):
    page = render_page(report)
    assert "<script" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    for name in ("issues", "duplicates", "rows"):
        path = folder / "reports" / "b2" / f"{name}.csv"
        table = pd.read_csv(path, dtype=str, keep_default_na=False)
        cells = table.to_numpy().ravel()
        assert not [cell for cell in cells if cell.startswith(("=", "+", "@"))]
        if name == "duplicates":
            assert "'+493023125733" in cells
            assert "+493023125733" in unguard_frame(table).to_numpy().ravel()


def test_the_summary_is_json_without_the_tables(folder):
    text = (folder / "reports" / "b2" / "report.json").read_text(encoding="utf-8")
    assert json.loads(text)["batch"]["id"] == "b2"


def test_a_batch_that_does_not_exist_is_named(store):
    with pytest.raises(UnknownIdError):
        build_report(store, "b99")
