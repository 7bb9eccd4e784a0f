"""Companies, numbers, flags, web addresses, identifiers and small vocabularies."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from validators.standardize.company import standardize_company
from validators.standardize.number import standardize_number, standardize_seconds
from validators.standardize.text import (
    standardize_category,
    standardize_flag,
    standardize_gender,
    standardize_identifier,
    standardize_national_id,
)
from validators.standardize.url import standardize_url


@pytest.mark.parametrize(
    ("written", "standard"),
    [
        ("Acme Inc.", "Acme Inc."),
        (" Acme , Inc. ", "Acme, Inc."),
        ('"Acme"', "Acme"),
        ("BMW AG", "BMW AG"),
        ("IBM", "IBM"),
        ("ACME MANUFACTURING COMPANY", "Acme Manufacturing Company"),
        ("MÜLLER UND SÖHNE GMBH & CO. KG", "Müller und Söhne GmbH & Co KG"),
        ("BANK OF AMERICA CORP.", "Bank of America Corp"),
        ("acme inc", "acme inc"),
        ("Private Equity Partners", "Private Equity Partners"),
    ],
)
def test_a_company_keeps_its_legal_form_and_loses_only_shouting(written, standard):
    assert standardize_company(written) == (standard, ())


@pytest.mark.parametrize(
    "text", ["Self-employed", "private", "Privat", "Freelancer", "no company", "Student.", "Test"]
)
def test_words_that_name_no_company_are_left_out(text):
    assert standardize_company(text) == (None, (("company.placeholder", None),))


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("1234", "1234"), ("1234.5", "1234.5"), ("1.234,50 €", "1234.50"), ("$1,234.50", "1234.50"),
        ("1,234", "1234"), ("1.234", "1.234"), ("1.234.567", "1234567"), ("12,5", "12.5"),
        ("0,500", "0.500"), ("-5", "-5"), ("+7", "7"), ("CHF 1'200.-", "1200"), ("1 200", "1200"),
        ("EUR 3", "3"), ("12,345,678.9", "12345678.9"),
    ],
)  # fmt: skip
def test_numbers_get_a_decimal_point(written, number):
    assert standardize_number(written) == (number, ())


@pytest.mark.parametrize("text", ["about ten", "1,2,3", "1.2.3", "--5", "", "1" * 65, "٣"])
def test_what_is_no_number_is_left_out(text):
    assert standardize_number(text) == (None, (("number.invalid", None),))


@pytest.mark.parametrize(
    ("written", "seconds"),
    [("75", "75"), ("1:15", "75"), ("0:01:15", "75"), ("1m 15s", "75"), ("2h", "7200"),
     ("90 min", "5400")],
)  # fmt: skip
def test_durations_become_seconds(written, seconds):
    assert standardize_seconds(written) == (seconds, ())


@pytest.mark.parametrize(
    ("written", "flag"),
    [
        ("yes", "true"), ("Y", "true"), ("1", "true"), ("1.0", "true"), ("Ja", "true"),
        ("oui", "true"), ("sí", "true"), ("X", "true"), ("2024-01-02", "true"),
        ("Unsubscribed", "true"), ("no", "false"), ("0", "false"), ("nein", "false"),
        ("false", "false"), ("Subscribed", "false"),
    ],
)  # fmt: skip
def test_flags_are_true_or_false(written, flag):
    assert standardize_flag(written) == (flag, ())


def test_a_flag_that_says_neither_is_left_out():
    assert standardize_flag("perhaps") == (None, (("flag.unknown", None),))


@pytest.mark.parametrize(
    ("written", "url"),
    [
        ("www.example.com", "https://www.example.com"),
        ("HTTP://Example.COM/Path/", "http://example.com/Path"),
        ("https:example.com", "https://example.com"),
        ("example.com:8080/a?b=1#c", "https://example.com:8080/a?b=1#c"),
        ("bücher.example", "https://bücher.example"),
        ("<https://example.com>", "https://example.com"),
        ("example.com/a,\r", "https://example.com/a"),
        ("example.com/a;/", "https://example.com/a"),
        ("example.com/a?b/;#", "https://example.com/a?b/"),
        ("example.com:8080//?q", "https://example.com:8080?q"),
        ("https://example.com:8080?q", "https://example.com:8080?q"),
    ],
)
def test_web_addresses_get_a_scheme_and_a_small_host(written, url):
    assert standardize_url(written) == (url, ())


@pytest.mark.parametrize(
    "text",
    ["javascript:alert(1)", "data:text/html,x", "ftp://example.com", "example", "anna@example.com",
     "http://", "http://1.2.3.4", "https://[::1]", "https://exa mple", "a" * 3000 + ".com"],
)  # fmt: skip
def test_what_is_no_web_address_is_left_out(text):
    assert standardize_url(text) == (None, (("url.invalid", None),))


@pytest.mark.parametrize(
    ("rule", "written", "standard"),
    [
        (standardize_gender, "M", "male"), (standardize_gender, "weiblich", "female"),
        (standardize_gender, "Herr", "male"), (standardize_gender, "divers", "other"),
        (standardize_gender, "agender", "agender"),
        (standardize_national_id, "123-45-6789", "123456789"),
        (standardize_national_id, "12.345.678-z", "12345678Z"),
        (standardize_identifier, "0012", "0012"), (standardize_identifier, "12.0", "12"),
        (standardize_category, "Web form;", "Web form"),
    ],
)  # fmt: skip
def test_small_vocabularies_and_identifiers(rule, written, standard):
    assert rule(written) == (standard, ())


@settings(max_examples=150)
@given(st.text(max_size=15) | st.text(alphabet="0123456789.,-+€ ':/abc", max_size=15))
def test_standardizing_texts_twice_changes_nothing(text):
    for rule in (
        standardize_company,
        standardize_number,
        standardize_seconds,
        standardize_flag,
        standardize_url,
        standardize_gender,
        standardize_national_id,
        standardize_category,
    ):
        once = rule(text).value
        if once is not None:
            assert rule(once).value == once
