"""Headers whose values speak against them, and the columns that go together."""

import pandas as pd
import pytest

from validators.mapping import map_columns

MAILS = ("a@example.com", "b@example.org", "c@example.net", "d@example.com")
WORDS = ("alpha", "beta", "gamma", "delta")
DOUBTED = {
    "Website": WORDS,
    "Phone": WORDS,
    "Zip": WORDS,
    "Created": WORDS,
    "Last name": ("1001", "1002", "1003", "1004"),
    "Land": ("Bayern", "Hessen", "Sachsen", "Tirol"),
}
YES_AND_NO = ("yes", "no", "yes", "no")


def mapped(columns):
    rows = pd.DataFrame({"E-mail": MAILS, **columns}, dtype="str")
    return {each.column: each for each in map_columns(rows).columns}


@pytest.mark.parametrize(("header", "values"), DOUBTED.items())
def test_a_column_whose_values_look_like_another_thing_is_asked_about(header, values):
    assert mapped({header: values})[header].unsure


@pytest.mark.parametrize("header", ["Customer", "Company", "City", "Guest", "Country"])
def test_yes_and_no_are_no_names(header):
    assert mapped({header: YES_AND_NO})[header].field is None


def test_the_parts_of_an_address_are_taken_from_the_columns_that_go_together():
    office = {
        "Ort": WORDS,
        "Straße geschäftlich": ("Ring 1", "Ring 2", "Ring 3", "Ring 4"),
        "Ort geschäftlich": ("Bonn", "Wien", "Bern", "Linz"),
        "Postleitzahl geschäftlich": ("53111", "1010", "3001", "4020"),
    }
    found = mapped(office)
    assert found["Ort geschäftlich"].field == "city"
    assert found["Ort"].field is None


def test_a_town_beside_an_office_without_one_is_the_town():
    office = {
        "Ort": ("Bonn", "Wien", "Bern", "Linz"),
        "Straße geschäftlich": ("a 1", "b 2", "c", "d"),
    }
    assert mapped(office)["Ort"].field == "city"


def test_whole_names_beside_a_last_name_are_asked_about():
    names = ("Ana Gil", "Eva Sanz", "Luis Rey", "Juan Mora")
    rows = {"Nombre del interesado": names, "Apellidos": ("Gil", "Sanz", "Rey", "Mora")}
    assert mapped(rows)["Nombre del interesado"].unsure


def test_a_street_with_its_number_is_no_house_number():
    assert mapped({"Street + number": ("Ring 1", "Rue 2", "Calle 3", "Weg 4")})[
        "Street + number"
    ].field


def test_salutations_are_known_by_their_values():
    assert mapped({"?": ("Herr", "Frau", "Frau", "Herr")})["?"].field == "salutation"
