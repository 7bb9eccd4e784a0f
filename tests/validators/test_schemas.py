import numpy as np
import pandas as pd
import pandera.pandas as pa
import pytest

from validators.fields import FIELDS
from validators.issues import empty_issues, make_issues
from validators.schemas import LeadSchema, RawSchema, find_mismatches, validate


def frame(**columns):
    made = pd.DataFrame(columns, dtype="str")
    return made.set_axis(pd.Index(np.arange(len(made)), name="row"))


def codes(records, issues=None):
    found = validate(records, empty_issues() if issues is None else issues)
    return sorted(zip(found["row"], found["code"], strict=True))


def test_a_raw_table_is_all_text():
    RawSchema.validate(frame(a=["1"], b=["x"]))
    with pytest.raises(pa.errors.SchemaError):
        RawSchema.validate(frame(a=["1"]).assign(b=1))


def test_rows_of_a_raw_table_are_numbered_once():
    twice = frame(a=["1", "2"]).set_axis(pd.Index([0, 0], name="row"))
    with pytest.raises(pa.errors.SchemaError):
        RawSchema.validate(twice)


@pytest.mark.parametrize(
    ("field", "good", "bad"),
    [
        ("email", "anna@example.com", "anna"),
        ("phone", "+12025550123", "+1 202 555"),
        ("mobile", "3102461501", "x"),
        ("country", "DE", "Germany"),
        ("birth_date", "1980-01-02", "02.01.1980"),
        ("occurred_at", "2024-06-12T14:03:00Z", "12.06.2024 14:03"),
        ("email_opt_out", "true", "yes"),
        ("amount", "12.50", "12,50"),
        ("website", "https://example.com", "example.com"),
        ("company", "Acme", ""),
    ],
)
def test_each_value_has_the_form_of_its_field(field, good, bad):
    records = frame(**{field: [good, bad, None]})
    mismatches = find_mismatches(records)
    assert list(mismatches["row"]) == [1]
    assert list(mismatches["code"]) == ["schema.mismatch"]


def test_every_checked_column_of_the_schema_is_a_field():
    assert set(LeadSchema.to_schema().columns) <= set(FIELDS)


def test_a_column_that_is_no_field_is_the_callers_fault():
    with pytest.raises(pa.errors.SchemaErrors):
        validate(frame(nickname=["x"]), empty_issues())


def test_a_row_number_twice_is_the_callers_fault():
    records = frame(email=["a@example.com"] * 2).set_axis(pd.Index([0, 0], name="row"))
    with pytest.raises(pa.errors.SchemaErrors):
        validate(records, empty_issues())


def test_a_row_that_names_nobody_is_an_error():
    assert codes(frame(city=["Berlin"], notes=["hello"])) == [(0, "row.nobody")]


@pytest.mark.parametrize(
    "row", [{"company": "Acme"}, {"phone": "+12025550123"}, {"email_2": "a@example.com"}]
)
def test_a_company_a_phone_or_an_address_is_enough(row):
    assert codes(frame(**{field: [value] for field, value in row.items()})) == []


def test_a_person_without_any_way_to_them_is_a_warning():
    records = frame(given_name=["Anna", "Anna"], street=[None, "Main Street 1"])
    assert codes(records) == [(0, "row.unreachable")]


def test_a_row_whose_only_name_was_refused_is_not_called_nobody_as_well():
    refused = make_issues([(0, "email", "email.invalid", "x@", None)])
    assert codes(frame(email=[None]), refused) == [(0, "email.invalid")]


def test_of_a_line_that_is_no_record_only_that_is_said():
    issues = make_issues(
        [
            (0, None, "row.totals_line", None, None),
            (0, "phone", "phone.impossible", "Total", None),
            (1, "phone", "phone.impossible", "x", None),
        ]
    )
    records = frame(given_name=[None, "Anna"], phone=[None, None])
    assert codes(records, issues) == [(0, "row.totals_line"), (1, "phone.impossible")]


def test_the_issues_given_are_kept():
    given = make_issues([(-1, "birth_date", "date.ambiguous", None, None)])
    assert codes(frame(email=["a@example.com"]), given) == [(-1, "date.ambiguous")]


def test_a_table_without_rows_has_no_issues():
    assert codes(frame(email=[])) == []
