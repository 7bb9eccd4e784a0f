"""Rules and schemas of one's own."""

import sys

import pandas as pd
import pytest

from validators.own_rules import Rule, find_breaches
from validators.own_schemas import OwnSchemaError, find_misfits, load_schema

RECORDS = pd.DataFrame(
    {
        "country": ["US", "US", "DE", None],
        "region": ["MA", None, None, "x1"],
        "amount": ["5", "-3", "1000", None],
        "occurred_at": ["2024-05-01", "2026-01-01T10:00:00", "2023-12-31", None],
        "external_id": ["a", "b", "a", None],
    },
    dtype="str",
    index=pd.Index([10, 11, 12, 13], name="row"),
)


def found(**rule):
    issues = find_breaches(RECORDS, [Rule("mine", **rule)])
    assert set(issues["after"]) <= {"mine"}
    return list(zip(issues["row"], issues["code"], issues["severity"], strict=True))


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ({"field": "region", "required": True}, [(11, "rule.required"), (12, "rule.required")]),
        (
            {"field": "region", "required": True, "when": {"country": frozenset({"US"})}},
            [(11, "rule.required")],
        ),
        ({"field": "region", "allowed": frozenset({"MA", "NY"})}, [(13, "rule.allowed")]),
        ({"field": "region", "pattern": "[A-Z]{2}"}, [(13, "rule.pattern")]),
        ({"field": "amount", "minimum": 0}, [(11, "rule.range")]),
        (
            {"field": "amount", "minimum": 0, "maximum": 100},
            [(11, "rule.range"), (12, "rule.range")],
        ),
        ({"field": "occurred_at", "minimum": "2024-01-01"}, [(12, "rule.range")]),
        ({"field": "occurred_at", "maximum": "2024-12-31"}, [(11, "rule.range")]),
        ({"field": "external_id", "unique": True}, [(12, "rule.unique")]),
        ({"field": "fax", "allowed": frozenset()}, []),
        ({"field": "fax", "required": True}, [(row, "rule.required") for row in range(10, 14)]),
        ({"field": "region", "required": True, "when": {"fax": frozenset({"1"})}}, []),
    ],
)
def test_a_rule_finds_the_rows_that_break_it(rule, expected):
    assert [(row, code) for row, code, _ in found(**rule)] == expected


def test_a_rule_has_its_own_severity():
    assert found(field="amount", minimum=0, severity="warning") == [(11, "rule.range", "warning")]


@pytest.mark.parametrize(
    ("severity", "mostly", "expected"),
    [
        ("error", 0.8, [(11, "rule.range", "error")]),
        ("error", 0.75, [(11, "rule.range", "warning")]),
        ("warning", 0.75, []),
    ],
)
def test_what_most_rows_keep_is_no_error(severity, mostly, expected):
    assert found(field="amount", minimum=0, severity=severity, mostly=mostly) == expected


MODEL = """
import pandera.pandas as pa
from pandera.typing.pandas import Series

class Leads(pa.DataFrameModel):
    country: Series[str] = pa.Field(isin=["US"], nullable=True)

    @pa.dataframe_check(name="region_of_the_us")
    def region_of_the_us(cls, rows):
        return rows["country"].ne("US") | rows["region"].notna()

class Broken(pa.DataFrameModel):
    @pa.dataframe_check
    def broken(cls, rows):
        return rows["no such column"]

NotOne = 3
"""


@pytest.fixture
def module(tmp_path, monkeypatch):
    (tmp_path / "own_model_for_test.py").write_text(MODEL, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    yield "own_model_for_test"
    sys.modules.pop("own_model_for_test", None)


def test_a_schema_of_ones_own_is_found_in_the_working_folder(module):
    issues = find_misfits(RECORDS, load_schema(f"{module}:Leads"))
    assert sorted(zip(issues["row"], issues["code"], issues["after"], strict=True)) == [
        (11, "rule.schema", "region_of_the_us"),
        (12, "rule.schema", "isin(['US'])"),
    ]
    assert find_misfits(RECORDS.iloc[:1], load_schema(f"{module}:Leads")).empty


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("nowhere", "package.module:Class"),
        ("nowhere_at_all:Leads", "cannot be imported"),
        ("own_model_for_test:NotOne", "no pandera DataFrameModel"),
        ("own_model_for_test:Missing", "has no Missing"),
    ],
)
def test_a_schema_that_is_none_is_refused_with_the_way_out(module, path, says):
    del module
    with pytest.raises(OwnSchemaError, match=says):
        load_schema(path)


def test_a_module_that_fails_where_it_is_imported_is_named(tmp_path, monkeypatch):
    (tmp_path / "broken_for_test.py").write_text("Leads = nothing_of_the_kind\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(OwnSchemaError, match=r"fails where it is imported .NameError"):
        load_schema("broken_for_test:Leads")
