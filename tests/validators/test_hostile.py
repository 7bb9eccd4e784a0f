"""Whatever comes in, nothing is raised, and what is wrong has a code."""

import numpy as np
import pandas as pd
import pytest

from validators.issues import empty_issues
from validators.mapping import ColumnMapping, apply_mapping, map_columns
from validators.mapping.changing import find_changes
from validators.mapping.columns import MappedColumn
from validators.schemas import validate
from validators.standardize import standardize


def examine(rows):
    records, _ = apply_mapping(rows, map_columns(rows))
    done = standardize(records)
    return validate(done.records, done.issues)


def codes(**columns):
    issues = examine(pd.DataFrame(columns, dtype="str"))
    return set(issues["code"])


def test_a_row_of_sixteen_thousand_cells():
    cells = {f"column {at}": ["x"] for at in range(16_383)}
    assert examine(pd.DataFrame({**cells, "Email": ["a@example.com"]}, dtype="str")).empty


@pytest.mark.parametrize("header", ["Email", "Phone", "First Name", "Notes", "Created", "Website"])
def test_a_cell_of_ten_megabytes(header):
    rows = pd.DataFrame({header: ["é" * 5_000_000], "Company": ["Acme"]}, dtype="str")
    issues = examine(rows)
    assert "cell.too_long" in set(issues["code"])
    assert issues["before"].str.len().max() <= 1_000


def test_a_nul_and_turned_writing():
    assert codes(Email=["a\0@example.com"], Company=["Acme"]) == {"cell.nul"}
    assert codes(**{"Last Name": ["Mey\u202eer"], "Email": ["a@b.de"]}) == {"cell.invisible"}


def test_headers_that_are_empty_or_odd_are_no_field():
    rows = pd.DataFrame([["x", "y", "a@example.com"]], columns=["", "\u202e", "Email"], dtype="str")
    assert [each.field for each in map_columns(rows).columns] == [None, None, "email"]


def test_a_column_that_changes_half_way():
    mails = [f"anna{at}@example.com" for at in range(40)]
    phones = [f"+1 202-555-{at:04}" for at in range(40)]
    rows = pd.DataFrame({"Email": mails + phones, "Company": ["A"] * 80}, dtype="str")
    issues = find_changes(rows, map_columns(rows))
    assert issues.to_dict("records") == [
        {
            "row": -1,
            "field": "Email",
            "code": "file.column_changes",
            "severity": "warning",
            "before": "email",
            "after": "phone",
        }
    ]
    mixed = rows.sample(frac=1, random_state=1, ignore_index=True)
    assert find_changes(mixed, map_columns(mixed)).empty


@pytest.mark.parametrize(
    ("first", "last", "change"),
    [
        ([f"+1 202-555-{at:04}" for at in range(40)], [f"Main St {at}" for at in range(40)], True),
        ([f"+1 202-555-{at:04}" for at in range(40)], ["unknown"] * 40, True),
        ([f"+1 202-555-{at:04}" for at in range(40)], [None] * 39 + ["unknown"], False),
        (["none"] * 40, [f"+1 202-555-{at:04}" for at in range(40)], True),
    ],
)
def test_a_column_that_holds_no_more_phones_half_way_changes_too(first, last, change):
    rows = pd.DataFrame({"Company": ["A"] * 80, "Phone": first + last}, dtype="str")
    mapping = ColumnMapping((MappedColumn("Phone", "phone", 1.0, "told so"),))
    assert find_changes(rows, mapping)["code"].tolist() == ["file.column_changes"] * change


def test_a_column_of_no_field_that_changes_half_way_is_told_too():
    days = [f"2026-05-{at % 28 + 1:02}" for at in range(40)]
    mails = [f"anna{at}@example.com" for at in range(40)]
    rows = pd.DataFrame({"Company": ["A"] * 80, "Shoe size": days + mails}, dtype="str")
    mapping = ColumnMapping((MappedColumn("Shoe size", None, 0.0, "not recognized"),))
    assert find_changes(rows, mapping)["after"].tolist() == ["email"]


def test_no_rows_at_all():
    rows = pd.DataFrame({"Email": []}, dtype="str").set_axis(np.array([], dtype="int64"))
    records, _ = apply_mapping(rows, map_columns(rows))
    assert validate(standardize(records).records, empty_issues()).empty
