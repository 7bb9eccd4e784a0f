"""Tables of companies: their name is who they are, and their legal form, however it is written."""

from itertools import product

import pandas as pd
import pytest

from dedupe.normalize import fold_company, legal_form
from dedupe.resolution import resolve

BOSTON = {"city": "Boston", "country": "US"}
FIRST = ("Amber", "Cedar", "Delta", "Ember", "Falcon", "Granite", "Harbor", "Iris", "Jasper")
FIRST += ("Kestrel", "Larch", "Meadow", "Nimbus", "Opal", "Prairie", "Quartz", "Raven", "Sable")
LAST = ("Bakery", "Cycles", "Dental", "Energy", "Foods", "Glass", "Hotels", "Imports", "Joinery")
LAST += ("Kitchens", "Logistics", "Motors", "Networks", "Optics", "Paper", "Quarries", "Roofing")
WRITTEN = {"Inc": "Incorporated", "Corp.": "Corporation", "GmbH": "G.m.b.H.", "SA": "S.A."}


@pytest.mark.parametrize(
    ("one", "other", "decision"),
    [
        ({"company": "Acme Inc"} | BOSTON, {"company": "ACME Incorporated"} | BOSTON, "match"),
        ({"company": "Acme Inc"} | BOSTON, {"company": "Acme"} | BOSTON, "possible"),
        ({"company": "Acme Inc"} | BOSTON, {"company": "Acme LLC"} | BOSTON, "possible"),
        ({"company": "Acme Inc"} | BOSTON, {"company": "Acme Inc", "city": "Lyon"}, "possible"),
        (
            {"company": "Acme GmbH", "website": "acme.com"},
            {"company": "Acme Inc", "website": "acme.com", "city": "Boston"},
            "possible",
        ),
        (
            {"company": "Acme GmbH", "company_id": "DE123456789"},
            {"company": "Acme", "company_id": "DE 123456789"},
            "match",
        ),
        ({"company": "Acme Foods"} | BOSTON, {"company": "Delta Foods"} | BOSTON, None),
    ],
)
def test_two_companies_of_a_small_table(
    one: dict[str, str], other: dict[str, str], decision: str | None
) -> None:
    found = resolve(pd.DataFrame([one, other], dtype="str")).pairs["decision"].tolist()
    assert found == ([] if decision is None else [decision])


def test_companies_of_a_table_are_found_by_name_and_city_alone() -> None:
    rows = []
    for number, (first, last) in enumerate(product(FIRST, LAST)):
        form, written = list(WRITTEN.items())[number % len(WRITTEN)]
        city = ("Boston", "Austin", "Denver", "Dallas", "Miami")[number % 5]
        rows += [{"company": f"{first} {last} {each}", "city": city} for each in (form, written)]
    clusters = resolve(pd.DataFrame(rows, dtype="str")).clusters
    assert clusters.tolist() == [row - row % 2 for row in range(len(rows))]


@pytest.mark.parametrize(
    ("written", "name", "family"),
    [
        ("Müller Gesellschaft mit beschränkter Haftung", "muller", "gmbh"),
        ("Müller GmbH & Co. KG", "muller", "kg"),
        ("Siemens Aktiengesellschaft", "siemens", "ag"),
        ("Dupont Société à responsabilité limitée", "dupont", "sa"),
        ("Fruta Sociedad Limitada", "fruta", "sl"),
        ("Acme Public Limited Company", "acme", "limited"),
        ("Acme", "acme", None),
    ],
)
def test_legal_forms_are_read_however_they_are_written(
    written: str, name: str, family: str | None
) -> None:
    assert fold_company([written]) == [name]
    assert legal_form([written]) == [family]
