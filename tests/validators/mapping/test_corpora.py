"""The headers of public tables of people, where they are at hand."""

import csv
import os
from pathlib import Path

import pandas as pd
import pytest

from validators.mapping import map_columns

CORPORA = os.environ.get("LEADGATE_CORPORA")
pytestmark = pytest.mark.skipif(
    CORPORA is None, reason="LEADGATE_CORPORA names no folder of public corpora"
)

FEBRL = {
    "given_name": "given_name", "surname": "family_name", "street_number": "street",
    "address_1": "street", "address_2": "street_2", "suburb": "city", "postcode": "postal_code",
    "state": "region", "date_of_birth": "birth_date", "soc_sec_id": "national_id",
}  # fmt: skip
EXPECTED = {
    "febrl1": FEBRL,
    "febrl2": FEBRL,
    "febrl3": FEBRL,
    "febrl4": FEBRL,
    "fake_1000": {
        "first_name": "given_name",
        "surname": "family_name",
        "dob": "birth_date",
        "city": "city",
        "email": "email",
    },
    "historical_50k": {
        "full_name": "full_name",
        "first_and_surname": None,
        "first_name": "given_name",
        "surname": "family_name",
        "dob": "birth_date",
        "birth_place": "birth_place",
        "postcode_fake": "postal_code",
        "gender": "gender",
        "occupation": "job_title",
    },
    "restaurants_fodors_zagats": {
        "name": "company",
        "addr": "street",
        "city": "city",
        "phone": "phone",
        "type": None,
    },
    "chicago_early_childhood": {
        "Site name": "company",
        "Address": "street",
        "Zip": "postal_code",
        "Phone": "phone",
        "Fax": "fax",
        "Website": "website",
        "IDHS Provider ID": None,
        "Length of Day": None,
        "Number per Site HS": None,
    },
}


@pytest.mark.parametrize("name", EXPECTED)
def test_public_tables_are_mapped(name):
    path = Path(str(CORPORA)) / "people" / name / "records.csv"
    with path.open(encoding="utf-8", newline="") as file:
        header, *lines = csv.reader(file)
    rows = pd.DataFrame(lines, columns=header, dtype="str")
    mapped = {column.column: column.field for column in map_columns(rows.mask(rows == "")).columns}
    assert {header: mapped[header] for header in EXPECTED[name]} == EXPECTED[name]
