"""Consent is the contrary of an opt-out."""

import pandas as pd
import pytest

from validators.mapping import apply_mapping, map_columns
from validators.mapping.consent import is_consent, turn_round
from validators.standardize import standardize


@pytest.mark.parametrize(
    "header",
    ["Opt-In", "newsletter_opt_in", "GDPR Consent", "Werbeeinwilligung", "Einwilligung E-Mail",
     "Consentement newsletter", "Consentimiento", "Subscribed"],
)  # fmt: skip
def test_headers_that_ask_for_consent(header):
    assert is_consent(header)


@pytest.mark.parametrize(
    "header",
    ["Email Opt Out", "Cookie consent", "SMS Opt-In", "Consent Date", "Consent IP", "Consent Text"],
)
def test_headers_that_ask_for_something_else(header):
    assert not is_consent(header)


def test_what_was_not_agreed_to_is_an_opt_out():
    rows = pd.DataFrame(
        {
            "Email": ["a@example.com", "b@example.com", "c@example.com", "d@example.com"],
            "Newsletter opt-in": ["Yes", "no", "2024-05-01", None],
        },
        dtype="str",
    )
    records, _ = apply_mapping(rows, map_columns(rows))
    done = standardize(records).records["email_opt_out"]
    assert [None if pd.isna(flag) else flag for flag in done] == ["false", "true", "false", None]


def test_what_cannot_be_told_stays_to_be_found_later():
    assert list(turn_round(pd.Series(["perhaps"], dtype="str"))) == ["perhaps"]
