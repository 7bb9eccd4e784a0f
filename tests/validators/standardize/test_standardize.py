"""Laws of whole tables, and what happens between their columns."""

from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from validators.fields import FIELDS
from validators.schemas import validate
from validators.standardize import standardize

TODAY = date(2026, 11, 22)
PIECES = [
    "anna", "ANNA", "von", "O'Brien", "mc", "Dr.", "Jr.", "Smith, John", " and ", "GmbH", "test",
    "n/a", "-", "=1+1", "<b>", "é", "MÃ¼", "ß", "İ", "\ufb01", "\u200b", "\ufeff", "12", "030",
    "+49", "(0)", "0171 1234567", "@", "gmial.com", "a@b.de", ";", ",", ":::", "/", " ", "\n",
    "\t", "1.234,5", "0", "2024-02-30", "03/04/05", "12 Jun 2024", "T10:00:00", "Z", "+02:00",
    "pm", "us", "Germany", "D-", "EX44PW", "02134", ".0", "www.x.de", "javascript:", "yes", "NO",
    "m", "&amp;", "&lt;", "\u01c5", "\u0149", '"', "#", "ext 5", "Straße",
    "\u0391\u039d\u039d\u0391", "\u0430nna", "_", "*",
]  # fmt: skip
CELLS = (
    st.none()
    | st.lists(st.sampled_from(PIECES), min_size=1, max_size=5).map("".join)
    | st.text(max_size=9)
)


@st.composite
def tables(draw):
    fields = draw(st.lists(st.sampled_from(list(FIELDS)), min_size=1, max_size=6, unique=True))
    rows = draw(st.lists(st.tuples(*[CELLS] * len(fields)), min_size=1, max_size=4))
    return pd.DataFrame([list(row) for row in rows], columns=fields).astype("str")


def frame(**columns):
    return pd.DataFrame(columns, dtype="str")


def known(records):
    return [
        {field: value for field, value in row.items() if isinstance(value, str)}
        for row in records.to_dict("records")
    ]


def found(done):
    return sorted(zip(done.issues["row"], done.issues["field"], done.issues["code"], strict=True))


@settings(max_examples=40)
@given(tables(), st.sampled_from([None, "US", "DE", "GB"]))
@example(frame(full_name=["à\x86"]), None)
@example(frame(phone=["(0)(0)0171 123"]), "DE")
@example(frame(region=["ß"], postal_code=["ü¶"], birth_place=["\u0149"]), None)
@example(frame(lead_source=["NA;"], company=['"n/a"']), None)
def test_standardizing_twice_changes_nothing(records, country):
    once = standardize(records, default_country=country, today=TODAY)
    twice = standardize(once.records, default_country=country, today=TODAY)
    assert known(twice.records) == known(once.records)


@settings(max_examples=20)
@given(tables())
def test_whatever_comes_in_what_goes_out_keeps_the_schema_of_leads(records):
    done = standardize(records, today=TODAY)
    codes = set(validate(done.records, done.issues)["code"])
    assert "schema.mismatch" not in codes


@settings(max_examples=15)
@given(tables(), st.randoms(use_true_random=False))
def test_the_rows_come_back_as_they_were_numbered_and_independent_of_their_order(records, random):
    order = list(range(len(records)))
    random.shuffle(order)
    records.index = pd.Index([at * 3 for at in range(len(records))])
    straight = standardize(records, today=TODAY)
    shuffled = standardize(records.iloc[order], today=TODAY)
    assert list(straight.records.index) == list(records.index)
    assert list(shuffled.records.index) == [at * 3 for at in order]
    assert known(shuffled.records.sort_index()) == known(straight.records)
    assert sorted(shuffled.issues["row"]) == sorted(straight.issues["row"])


def test_issues_know_the_row_and_the_value_as_received():
    records = frame(email=["ok@example.com", " BAD@ ", "ok@example.com"]).set_axis([4, 7, 9])
    issue = standardize(records).issues.iloc[0]
    assert (issue["row"], issue["field"], issue["code"], issue["before"]) == (
        7,
        "email",
        "email.invalid",
        " BAD@ ",
    )


def test_equal_values_have_equal_issues_in_every_row():
    done = standardize(frame(company=["<b>x</b>", "Acme", "<b>x</b>"]))
    assert found(done) == [(0, "company", "cell.markup"), (2, "company", "cell.markup")]
    assert known(done.records) == [{}, {"company": "Acme"}, {}]


def test_a_table_without_rows_stays_without_rows():
    done = standardize(frame(email=[], phone=[], full_name=[], birth_date=[], postal_code=[]))
    assert len(done.records) == 0
    assert done.issues.empty


@pytest.mark.parametrize(
    ("row", "e164"),
    [
        ({"country": "Germany"}, "+493012345678"),
        ({"email": "a@firma.de"}, "+493012345678"),
        ({"website": "www.firma.at"}, "+433012345678"),
        ({"country": "AT", "email": "a@firma.de"}, "+433012345678"),
        ({"email": "a@firma.co"}, "+443012345678"),
        ({}, "+443012345678"),
    ],
)
def test_a_phone_belongs_to_the_country_of_its_row_else_of_its_addresses_else_the_default(
    row, e164
):
    records = frame(phone=["030 12345678"], **{field: [value] for field, value in row.items()})
    done = standardize(records, default_country="GB")
    assert done.records["phone"].iloc[0] == e164


def test_an_extension_comes_out_of_the_phone_unless_the_row_has_one():
    done = standardize(
        frame(phone=["+1 202-555-0123 x5", "+1 202-555-0124 x6"], phone_ext=[None, "77"])
    )
    assert list(done.records["phone_ext"]) == ["5", "77"]


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ({"phone": "anna@example.com"}, {"email": "anna@example.com"}),
        (
            {"phone": "anna@example.com", "email": "+49 30 1234567"},
            {"email": "anna@example.com", "phone": "+49301234567"},
        ),
        (
            {"family_name": "anna@example.com", "email": "a.meyer@example.org"},
            {"email": "a.meyer@example.org", "email_2": "anna@example.com"},
        ),
        ({"company": "+49 30 1234567"}, {"phone": "+49301234567"}),
        (
            {"phone": "anna@example.com", "email": "anna@example.com"},
            {"email": "anna@example.com"},
        ),
    ],
)
def test_an_address_or_number_in_the_wrong_column_moves_to_a_free_one(row, expected):
    done = standardize(frame(**{field: [value] for field, value in row.items()}))
    assert known(done.records) == [expected]
    assert {code for _, _, code in found(done)} == {"cell.moved"}


def test_where_no_field_is_free_a_misplaced_address_stays_and_is_judged():
    done = standardize(
        frame(
            email=["a@example.com"],
            email_2=["b@example.com"],
            email_3=["c@example.com"],
            family_name=["d@example.com"],
        )
    )
    assert found(done) == [(0, "family_name", "name.address")]


@pytest.mark.parametrize(
    ("field", "text", "expected", "code"),
    [
        (
            "email",
            "a@example.com; b@example.com",
            {"email": "a@example.com", "email_2": "b@example.com"},
            "cell.split",
        ),
        (
            "email",
            "a@example.com ::: b@example.com",
            {"email": "a@example.com", "email_2": "b@example.com"},
            "cell.split",
        ),
        (
            "email",
            "a@example.com, b@example.com c@example.com d@example.com",
            {"email": "a@example.com", "email_2": "b@example.com", "email_3": "c@example.com"},
            "email.several",
        ),
        (
            "phone",
            "+49 30 1234567 / +49 171 1234567",
            {"phone": "+49301234567", "mobile": "+491711234567"},
            "cell.split",
        ),
        (
            "phone",
            "+49 30 1234567 oder +49 171 1234567",
            {"phone": "+49301234567", "mobile": "+491711234567"},
            "cell.split",
        ),
    ],
)
def test_several_values_in_a_cell_get_a_field_each(field, text, expected, code):
    done = standardize(frame(**{field: [text]}))
    assert known(done.records) == [expected]
    assert found(done) == [(0, field, code)]


@pytest.mark.parametrize("text", ["030/12345678", "(030) 123-45678", "+49 30 1234-5678"])
def test_one_number_with_marks_in_it_is_one_number(text):
    done = standardize(frame(phone=[text]), default_country="DE")
    assert known(done.records) == [{"phone": "+493012345678"}]
    assert done.issues.empty


def test_columns_come_out_as_text_in_the_order_of_the_fields():
    done = standardize(frame(city=["berlin"], email=["a@example.com"], full_name=["Anna Meyer"]))
    assert list(done.records.columns) == ["given_name", "family_name", "email", "city"]
    assert all(dtype == "str" for dtype in done.records.dtypes)


def test_a_large_column_of_few_values_is_cheap_because_each_is_worked_on_once():
    """Two hundred thousand rows of three distinct phones: the rule in Python sees three."""
    values = np.array(["call me", "0049 (0)30 1234567", "x"], dtype=object)
    records = frame(phone=np.tile(values, 70_000))
    done = standardize(records)
    assert done.records["phone"].notna().sum() == 70_000
    assert (done.issues["code"] == "phone.impossible").sum() == 70_000
