"""Slips beside frequent spellings."""

import pandas as pd
import pytest

from validators.spelling import KNOWN, find_slips, mend_spelling

MANY = KNOWN * 2


def column(*rare, often=("Boston", "Munich")):
    return pd.Series([*often * MANY, *rare], dtype="str")


@pytest.mark.parametrize("slip", ["Bostn", "Bostton", "Bsoton", "Bosron"])
def test_a_rare_value_one_slip_from_a_frequent_one_is_a_slip(slip):
    assert {text: s.meant for text, s in find_slips(column(slip)).items()} == {slip: "Boston"}


@pytest.mark.parametrize("text", ["Bosn", "Austin", "Aoston", "Boston", "BOSTON"])
def test_what_is_further_away_or_begins_otherwise_is_another_value(text):
    assert find_slips(column(text)) == {}


def test_between_two_frequent_values_nothing_is_told():
    assert find_slips(column("Marba", often=("Marta", "Maria", "Marma"))) == {}


def test_a_value_that_is_not_rare_is_no_slip():
    assert find_slips(column(*["Bostn"] * (MANY // 5))) == {}


def test_a_city_is_corrected_where_its_postal_code_agrees_and_suggested_elsewhere():
    records = pd.DataFrame(
        {
            "city": column("Bostn", "Bostn"),
            "postal_code": pd.Series(["02134"] * (2 * MANY + 1) + ["99999"], dtype="str"),
        }
    )
    mended, issues = mend_spelling(records)
    assert list(mended["city"].tail(2)) == ["Boston", "Bostn"]
    assert list(issues["code"]) == ["spelling.corrected", "spelling.suspected"]
    assert list(issues["severity"]) == ["repaired", "warning"]
    assert set(issues["before"]) == {"Bostn"}
    assert set(issues["after"]) == {"Boston"}
    assert mend_spelling(mended)[0].equals(mended)
