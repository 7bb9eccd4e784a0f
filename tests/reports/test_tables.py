"""The tables and the JSON beside the page."""

import csv
import json

import pandas as pd
import pytest

from reports.spreadsheet_safety import unguard_frame
from reports.tables import (
    join_duplicates,
    tabulate_duplicates,
    tabulate_issues,
    tabulate_rows,
    write_table,
)
from reports.writing import write_report

LIVE = tuple("=+-@\t\r\n\0")


def cells(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [cell for line in csv.reader(file) for cell in line]


def test_a_report_is_five_files(report, tmp_path):
    paths = write_report(report, tmp_path / "new" / "b7")
    names = {path.name for path in (tmp_path / "new" / "b7").iterdir()}
    assert names == {"report.html", "issues.csv", "duplicates.csv", "rows.csv", "report.json"}
    assert paths.page.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


def test_writing_twice_gives_the_same_bytes(report, tmp_path):
    first = {path: path.read_bytes() for path in vars(write_report(report, tmp_path)).values()}
    write_report(report, tmp_path)
    assert all(path.read_bytes() == content for path, content in first.items())


def test_the_issues_are_all_there_with_their_sentences(report, tmp_path):
    paths = write_report(report, tmp_path)
    table = pd.read_csv(paths.issues, dtype=str)
    assert len(table) == len(report.issues)
    assert table["message"].notna().all()
    assert table["line"].tolist() == [str(line) for line in report.issues["line"]]


def test_an_issue_of_the_whole_table_has_an_empty_row(report):
    issues = report.issues.copy()
    issues.loc[0, "row"] = -1
    assert pd.isna(tabulate_issues(issues)["row"].iloc[0])


def test_duplicates_have_both_records_side_by_side(matches):
    (line,) = tabulate_duplicates(matches).to_dict("records")
    assert (line["family_name"], line["other_family_name"]) == ("Müller", "Mueller")
    assert (line["contact"], line["record"], line["other_record"]) == ("c12", "r31", "r9")
    assert line["reasons"].startswith("same e-mail (+14.2); ")


def test_tables_of_duplicates_are_joined_whatever_fields_they_have(matches):
    more = matches.assign(values=['{"notes": "x"}'], other_values=[None])
    joined = join_duplicates([tabulate_duplicates(matches), tabulate_duplicates(more)])
    assert joined["given_name"].fillna("").tolist() == ["Anna", ""]
    assert joined["notes"].fillna("").tolist() == ["", "x"]
    columns = list(joined)
    assert columns.index("given_name") + 1 == columns.index("other_given_name")
    assert columns.index("email") < columns.index("phone") < columns.index("notes")
    assert str(joined["notes"].dtype) == "str"


def test_rows_have_the_ids_that_people_use(report):
    table = tabulate_rows(report.rows)
    assert table["contact"].fillna("").tolist() == ["c12", ""]
    assert table["quarantine_row"].fillna("").tolist() == ["", "q5"]


@pytest.mark.parametrize("payload", ["=1+1", "+49 30", "-1", "@x", "\t=1", "\r=1", "\n=1", "\0=1"])
def test_no_cell_of_any_table_is_a_formula(report, matches, tmp_path, payload):
    issues = report.issues.assign(before=payload, after=payload, file=payload, sheet=payload)
    duplicates = matches.assign(
        values=[json.dumps({"given_name": payload, "phone": payload})], other_file=payload
    )
    rows = report.rows.assign(file=payload)
    for name, table in (
        ("issues", tabulate_issues(issues)),
        ("duplicates", tabulate_duplicates(duplicates)),
        ("rows", tabulate_rows(rows)),
    ):
        write_table(table, tmp_path / f"{name}.csv")
        found = cells(tmp_path / f"{name}.csv")
        assert "'" + payload in found
        assert [cell for cell in found if cell.startswith(LIVE)] == []


def test_a_table_is_read_back_without_loss(tmp_path):
    table = pd.DataFrame(
        {"before": ["=1", "'=1", 'a"b', "x,y", "two\nlines", "é"], "row": [1, 2, 3, 4, 5, 6]}
    ).astype({"before": "str"})
    write_table(table, tmp_path / "t.csv")
    back = unguard_frame(pd.read_csv(tmp_path / "t.csv", dtype={"before": "str"}))
    pd.testing.assert_frame_equal(back, table)


def test_every_cell_is_quoted(report, tmp_path):
    paths = write_report(report, tmp_path)
    lines = paths.rows.read_text(encoding="utf-8-sig").splitlines()
    assert all(line.startswith('"') and line.endswith('"') for line in lines)


def test_the_summary_says_what_the_page_says(report, tmp_path):
    summary = json.loads(write_report(report, tmp_path).summary.read_text(encoding="utf-8"))
    assert summary["batch"]["id"] == "b7"
    assert summary["counts"] == report.counts
    assert summary["merged"]["total"] == 301
    assert summary["readings"][0]["columns"][0]["field"] == "given_name"
    assert {"issues", "duplicates", "rows"}.isdisjoint(summary)
