"""Companies held against the accounts there are."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from validators.company_spelling import mend_companies

ACCOUNTS = pd.DataFrame(
    {
        "name": ["Acme Insurance", "Bergmann Logistik GmbH", "Nordlicht", "Nordwicht", "Kurz"],
        "domain": ["acme.example", "bergmann.example", None, None, "kurz.example"],
    },
    dtype="str",
)


def mend(company, email=None, website=None):
    rows = pd.DataFrame({"company": [company], "email": [email], "website": [website]}, dtype="str")
    mended, issues = mend_companies(rows, ACCOUNTS)
    return mended["company"][0], list(issues["code"]), list(issues["after"])


@pytest.mark.parametrize(
    ("email", "website"),
    [
        ("anna@acme.example", None),
        (None, "https://www.acme.example/contact"),
        ("anna@gmail.com", "acme.example"),
    ],
)
def test_a_slip_is_corrected_where_the_domain_is_the_accounts(email, website):
    told = ("Acme Insurance", ["spelling.corrected"], ["Acme Insurance"])
    assert mend("Acme Insurrance", email, website) == told


@pytest.mark.parametrize("email", [None, "anna@gmail.com", "anna@bergmann.example"])
def test_a_slip_is_a_suggestion_where_nothing_else_says_so(email):
    told = ("Acme Insurrance", ["spelling.suspected"], ["Acme Insurance"])
    assert mend("Acme Insurrance", email) == told


@pytest.mark.parametrize(
    "company",
    [
        "Acme Insurance",
        "ACME insurance",
        "Acme Assurance",
        "Bergmann Logistik AG",
        "Nordpicht",  # between two accounts
        "Kurtz",  # a letter is too much of it
        "Cme Insurance",
        None,
    ],
)
def test_what_is_known_or_further_away_or_between_two_is_left_alone(company):
    assert mend(company, "a@acme.example")[1:] == ([], [])


def test_without_accounts_or_companies_nothing_is_found():
    rows = pd.DataFrame({"company": ["Acme Insurrance"]}, dtype="str")
    assert mend_companies(rows, ACCOUNTS[:0])[1].empty
    assert mend_companies(rows.rename(columns={"company": "city"}), ACCOUNTS)[1].empty


@given(st.lists(st.none() | st.text(max_size=20), max_size=8), st.lists(st.text(max_size=20)))
def test_whatever_is_called_whatever_no_row_is_lost_and_mending_twice_is_mending_once(names, known):
    rows = pd.DataFrame({"company": names, "email": ["x@acme.example"] * len(names)}, dtype="str")
    accounts = pd.DataFrame({"name": known, "domain": ["acme.example"] * len(known)}, dtype="str")
    mended, issues = mend_companies(rows, accounts)
    assert list(mended.index) == list(rows.index)
    assert set(issues["row"]) <= set(rows.index)
    assert mend_companies(mended, accounts)[0].equals(mended)
