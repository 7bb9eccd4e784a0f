"""What decides where headers are silent, ambiguous or wrong; overrides; applying a mapping."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from validators.fields import FIELDS
from validators.mapping import (
    UnknownColumnError,
    UnknownFieldError,
    UnmappedHeaderError,
    apply_mapping,
    map_columns,
)

MAILS = ["anna@example.com", "peter@example.com", "maria@example.org"]
PHONES = ["+1 202-555-0123", "(202) 555-0124", "202-555-0125"]


def frame(**columns):
    return pd.DataFrame({name.replace("__", " "): v for name, v in columns.items()}, dtype="str")


def fields(rows, overrides=None):
    return {column.column: column.field for column in map_columns(rows, overrides).columns}


@pytest.mark.parametrize(
    ("values", "field"),
    [
        (["Mr.", "Mrs", "Dr."], "salutation"),
        (["Herr", "Frau Dr.", "Frau"], "salutation"),
        (["CEO", "Head of Sales", "Dr."], "job_title"),
    ],
)
def test_a_title_is_a_job_or_a_salutation_by_its_values(values, field):
    assert fields(frame(Email=MAILS, Title=values))["Title"] == field


@pytest.mark.parametrize(
    ("values", "field"),
    [(["Open", "Qualified", "New"], "lead_status"), (["CA", "NY", "New York"], "region")],
)
def test_a_state_is_a_region_or_a_stage_by_its_values(values, field):
    assert fields(frame(Email=MAILS, State=values))["State"] == field


@pytest.mark.parametrize(
    ("around", "values", "field"),
    [
        ({"Email": MAILS}, ["Anna Meyer", "Peter Smith", "Ola Nordmann"], "full_name"),
        ({"City": ["a", "b", "c"]}, ["Acme Inc.", "Oak School", "Hotel Bel-Air"], "company"),
        ({"Company": ["Acme", "Beta", "Oak"]}, ["Xu Li", "Wu Ji", "Oo Aa"], "full_name"),
        ({"Full Name": ["Anna Meyer"] * 3}, ["Acme", "Beta", "Oak"], "company"),
        (
            {"Contact Name": ["Anna Meyer"] * 3, "Company": ["Acme"] * 3},
            ["20 pumps", "Website", "Fleet"],
            None,
        ),
        (
            {"First Name": ["Anna"] * 3, "Last Name": ["Meyer"] * 3},
            ["Acme Inc", "Oak Hotel", "Bank of X"],
            "company",
        ),
        (
            {"First Name": ["Anna"] * 3, "Last Name": ["Meyer"] * 3},
            ["Anna Meyer", "Maria Ruiz", "Peter Wu"],
            "full_name",
        ),
    ],
)
def test_a_name_is_a_persons_a_companys_or_a_deals_by_values_and_neighbours(around, values, field):
    rows = pd.DataFrame({**around, "Name": values}, dtype="str")
    assert fields(rows)["Name"] == field


@pytest.mark.parametrize(
    ("header", "values", "field"),
    [
        ("Address", MAILS, "email"),
        ("Address", ["Main Street 1", "Elm Street 2", "Oak Road 3"], "street"),
        ("Contact", MAILS, "email"),
        ("Contact", PHONES, "phone"),
        ("Contact", ["Anna Meyer", "Peter Smith", "Maria Ruiz"], "full_name"),
        ("Phone", MAILS, "email"),
        ("Email", ["yes", "no", "yes"], None),
        ("Email", ["01/02/2024", "02/02/2024", "03/02/2024"], None),
        ("Phone", ["Home", "Work", "Mobile"], None),
        ("URL", [f"https://www.linkedin.com/in/{n}" for n in "abc"], None),
        ("Website", ["acme.example", "www.beta.example", "https://c.example"], "website"),
        ("How can we reach you?", MAILS, "email"),
        ("Whatever", PHONES, "phone"),
        ("Provider ID", PHONES, None),
        ("Purple binder service type", MAILS, None),
        ("Herkunftsland", ["Germany", "France", "Spain"], "country"),
        ("What is your phone number?", PHONES, "phone"),
        ("How many phones do you have?", ["1", "2", "3"], None),
        ("Please call me by phone", ["yes", "no", "yes"], None),
        ("Company size", ["1-10", "11-50", "51-200"], None),
        ("Emial", MAILS, "email"),
        ("Comapny Name", ["Acme", "Beta", "Gamma"], "company"),
        ("E-MAIL", MAILS, "email"),
        ("emailAddress", MAILS, "email"),
        ("marketing_opt_in", ["yes", "no", "yes"], "email_opt_out"),
        ("marketing_opt_in", ["I agree", "I do not", "As I like"], None),
        ("Einwilligung Newsletter", ["ja", "nein", "ja"], "email_opt_out"),
        ("Consent to cookies", ["yes", "no", "yes"], None),
        ("SMS opt-in", ["yes", "no", "yes"], None),
        ("Email (2)", MAILS, "email"),
    ],
)
def test_values_decide_where_the_header_is_silent_ambiguous_or_wrong(header, values, field):
    rows = pd.DataFrame({header: values, "Last Name": ["Meyer"] * 3}, dtype="str")
    assert fields(rows)[header] == field


def test_a_few_stray_values_do_not_make_a_column():
    rows = frame(Last__Name=["Meyer"] * 3, Xyzzy=["anna@example.com", None, None])
    assert fields(rows)["Xyzzy"] is None


def test_columns_that_only_count_are_recognized_by_their_values():
    rows = frame(
        column_1=["Anna Meyer", "Peter Smith", "Maria Garcia"],
        column_2=["Acme Inc.", "Beta GmbH", "Gamma Ltd"],
        column_3=MAILS,
        column_4=PHONES,
    )
    assert list(fields(rows).values()) == ["full_name", "company", "email", "phone"]


def test_several_phones_and_mails_get_the_further_fields_in_order_of_certainty():
    rows = pd.DataFrame(
        {"Home Phone": PHONES, "Phone": PHONES, "Work Phone": PHONES, "Other Phone": PHONES,
         "Other Email": MAILS, "Email": MAILS, "Work Email": MAILS, "Billing Email": MAILS},
        dtype="str",
    )  # fmt: skip
    assert fields(rows) == {
        "Phone": "phone",
        "Work Phone": "phone_2",
        "Home Phone": "mobile",
        "Other Phone": None,
        "Email": "email",
        "Work Email": "email_2",
        "Billing Email": "email_3",
        "Other Email": None,
    }


def test_an_empty_column_gives_way_to_a_filled_one():
    rows = frame(Home__Street=["A 1", "B 2", "C 3"], Street=[None, None, None], Email=MAILS)
    assert fields(rows)["Home Street"] == "street"


def test_an_override_wins_and_an_override_to_nothing_leaves_out():
    rows = frame(Foo=["x", "y", "z"], Email=MAILS, Phone=PHONES)
    mapping = map_columns(rows, {"Foo": "job_title", "Phone": None})
    assert {c.column: (c.field, c.confidence) for c in mapping.columns} == {
        "Foo": ("job_title", 1.0),
        "Email": ("email", 1.0),
        "Phone": (None, 1.0),
    }


def test_a_field_taken_by_an_override_is_not_given_again():
    rows = frame(Foo=["x", "y", "z"], Company=["a", "b", "c"], Email=MAILS)
    assert fields(rows, {"Foo": "company"})["Company"] is None


def test_two_columns_told_to_be_one_field_are_joined():
    rows = frame(A=["Anna", "Peter", None], B=["Meyer", None, "Ruiz"])
    records, _ = apply_mapping(rows, map_columns(rows, {"A": "full_name", "B": "full_name"}))
    assert list(records["full_name"]) == ["Anna Meyer", "Peter", "Ruiz"]


def test_an_override_of_a_column_that_is_not_there_names_the_close_ones():
    with pytest.raises(UnknownColumnError, match=r"“Emial”.*“Email”"):
        map_columns(frame(Email=MAILS), {"Emial": "email"})


def test_an_override_to_a_field_that_does_not_exist_names_the_close_ones():
    with pytest.raises(UnknownFieldError, match=r"“e_mail”.*“email”"):
        map_columns(frame(Email=MAILS), {"Email": "e_mail"})


def test_a_table_that_identifies_nobody_is_refused_with_its_header_and_the_way_out():
    rows = frame(Colour=["red"], Size=["XL"])
    with pytest.raises(UnmappedHeaderError) as caught:
        map_columns(rows)
    said = str(caught.value)
    assert "“Colour”, “Size”" in said
    assert "--map COLUMN=FIELD" in said
    assert "[sources.NAME.map]" in said


def test_a_header_that_is_data_is_not_repeated_in_the_message():
    rows = pd.DataFrame({"anna@example": ["x"], "+1 202 555": ["y"], "Size": ["z"]}, dtype="str")
    with pytest.raises(UnmappedHeaderError) as caught:
        map_columns(rows)
    assert "anna" not in str(caught.value)
    assert "202" not in str(caught.value)


def test_the_mapping_lists_every_column_in_order_with_a_reason():
    rows = frame(Email=MAILS, Colour=["r", "g", "b"], Phone=PHONES)
    mapping = map_columns(rows)
    assert [column.column for column in mapping.columns] == ["Email", "Colour", "Phone"]
    assert all(column.reason and 0 <= column.confidence <= 1 for column in mapping.columns)
    assert mapping.fields == {"email", "phone"}


def test_records_have_fields_extra_has_the_rest_and_both_the_rows():
    rows = frame(Phone=PHONES, Colour=["r", "", "b"], Email=["a@example.com", "", None])
    rows = rows.set_axis(pd.Index([3, 5, 8], name="row"))
    records, extra = apply_mapping(rows, map_columns(rows))
    assert list(records.columns) == ["email", "phone"]
    assert list(extra.columns) == ["Colour"]
    assert list(records.index) == list(extra.index) == [3, 5, 8]
    assert records["email"].isna().tolist() == [False, True, True]
    assert records.index.name == extra.index.name == "row"


@pytest.mark.parametrize(
    ("header", "street"), [("street_number", "107 Main Street"), ("Hausnummer", "Main Street 107")]
)
def test_a_house_number_stands_where_its_language_has_it(header, street):
    rows = pd.DataFrame(
        {header: ["107", None], "Street": ["Main Street", "Elm"], "Last Name": ["a", "b"]},
        dtype="str",
    )
    records, _ = apply_mapping(rows, map_columns(rows))
    assert list(records["street"]) == [street, "Elm"]


@pytest.mark.parametrize(
    ("headers", "row", "expected"),
    [
        (
            "Nombre|Primer apellido|Segundo apellido",
            "Ana|García|López",
            {"given_name": "Ana", "family_name": "García López"},
        ),
        (
            "fname_c1|fname_c2|lname_c1|lname_c2",
            "KARL|HEINZ|MEIER|LANGE",
            {"given_name": "KARL", "middle_name": "HEINZ", "family_name": "MEIER LANGE"},
        ),
        (
            "Vorname|Nachname c2|Nachname c1",
            "KARL|LANGE|MEIER",
            {"given_name": "KARL", "family_name": "MEIER LANGE"},
        ),
        (
            "Last Name|Birth Day|Birth Month|Birth Year",
            "Lee|7|4|1967",
            {"family_name": "Lee", "birth_date": "1967-4-7"},
        ),
        (
            "Nachname|Geburtsjahr|Geburtsmonat|Geburtstag",
            "Lee|1967|4|7",
            {"family_name": "Lee", "birth_date": "1967-4-7"},
        ),
        (
            "lname|by|bm|bd",
            "Lee|1967|April|7",
            {"family_name": "Lee", "birth_date": "7 April 1967"},
        ),
        ("lname|by|bm|bd", "Lee|1967||", {"family_name": "Lee", "birth_date": "1967--"}),
        (
            "lname|dob|by|bm|bd",
            "Lee|2001-01-01|1967|4|7",
            {"family_name": "Lee", "birth_date": "2001-01-01"},
        ),
        (
            "lname|by|birthday",
            "Lee|1967|1967-04-07",
            {"family_name": "Lee", "birth_date": "1967-04-07"},
        ),
        ("lname|city|by|bm|bd", "Lee|Rome|Ann|in|7", {"family_name": "Lee", "city": "Rome"}),
    ],
)
def test_a_field_in_several_columns_is_put_together(headers, row, expected):
    rows = pd.DataFrame([row.split("|")], columns=headers.split("|"), dtype="str")
    records, _ = apply_mapping(rows, map_columns(rows))
    (told,) = records.to_dict("records")
    assert told == expected


@pytest.mark.parametrize(
    ("values", "field"),
    [
        (["Manager", "Engineer", "Head of Sales"], "job_title"),
        (["Dupont SARL", "Garage Moreau SA", "Lefevre SAS"], "company"),
        ([None, None, None], "job_title"),
    ],
)
def test_a_designation_is_a_post_or_a_company_as_its_values_say(values, field):
    assert fields(frame(Email=MAILS, Designation=values))["Designation"] == field


def test_a_second_family_name_alone_is_left_out():
    assert fields(frame(Email=MAILS, Segundo_apellido=["López", "Ruiz", None])) == {
        "Email": "email",
        "Segundo_apellido": None,
    }


def test_a_table_without_rows_is_mapped_by_its_header():
    assert fields(pd.DataFrame({"Email": [], "First Name": []}, dtype="str")) == {
        "Email": "email",
        "First Name": "given_name",
    }


@settings(max_examples=40)
@given(
    st.lists(st.text(min_size=1, max_size=12), min_size=1, max_size=6, unique=True),
    st.lists(st.none() | st.text(max_size=8), min_size=2, max_size=2),
)
def test_any_header_and_any_values_can_be_mapped_and_no_field_is_given_twice(headers, values):
    rows = pd.DataFrame({"Email": MAILS[:2], **dict.fromkeys(headers, values)}).astype("str")
    given_fields = [c.field for c in map_columns(rows).columns if c.field and c.field != "street"]
    assert len(given_fields) == len(set(given_fields))
    assert set(given_fields) <= set(FIELDS)
