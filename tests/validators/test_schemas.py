import numpy as np
import pandas as pd
import pandera.pandas as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from validators.fields import FIELDS
from validators.issues import empty_issues, make_issues
from validators.models import LeadSchema, RawSchema
from validators.schemas import find_mismatches, is_standard, validate


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


STANDARD = st.sampled_from(
    ["a@b.de", "+12025550123", "12345", "DE", "1980-01-02", "2024-06-12T14:03:00Z", "true", "12.5",
     "https://a.de", "Acme", None]
)  # fmt: skip
NEARLY = st.text(alphabet="a@.+0159-:TZ/ \u00a0\n\u0661é", max_size=12)


@settings(max_examples=150)
@given(st.dictionaries(st.sampled_from(sorted(FIELDS)), STANDARD | NEARLY, min_size=1, max_size=3))
def test_what_is_quickly_found_standard_keeps_the_model(row):
    records = frame(**{field: [value] for field, value in row.items()})
    if is_standard(records):
        LeadSchema.validate(records)


def test_standard_records_are_quickly_found_so():
    columns = {"email": ["a@b.de", None], "phone": ["+12025550123", "12345"], "notes": ["x", None]}
    assert is_standard(frame(**columns))
    assert not is_standard(frame(email=["a b@c.de"]))
    assert not is_standard(frame(unknown=["a"]))


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
