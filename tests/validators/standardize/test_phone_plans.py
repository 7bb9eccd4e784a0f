import numpy as np
import phonenumbers
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from validators.standardize.phone import COUNTRY_UNKNOWN, Phone, standardize_phone
from validators.standardize.phone_plans import (
    CALLING_CODES,
    calling_code,
    plan,
    read_digits,
    read_plain,
    take_apart,
)
from validators.standardize.phone_validity import is_assigned

REGIONS = sorted(phonenumbers.SUPPORTED_REGIONS)
TYPES = [0, 1, 3, 4, 5, 6, 7, 8, 9, 10]


def as_texts(values):
    texts = np.empty(len(values), dtype=object)
    texts[:] = values
    return texts


@st.composite
def numbers(draw):
    """A number of some country, as it might be written: often valid, often a digit off."""
    region = draw(st.sampled_from(REGIONS))
    known = phonenumbers.example_number_for_type(region, draw(st.sampled_from(TYPES)))
    national = phonenumbers.national_significant_number(known) if known else "30123456"
    digits = list(national)
    for at in draw(st.lists(st.integers(0, len(digits) - 1), max_size=3)):
        digits[at] = draw(st.sampled_from("0123456789"))
    code = phonenumbers.country_code_for_region(region)
    before = draw(
        st.sampled_from(
            ["", "0", "1", f"+{code}", f"+{code} ", str(code), "00", f"00{code} ", f"+{code} (0)"]
        )
    )
    mark = draw(st.sampled_from(["", " ", "-", "/", "."]))
    cut = draw(st.integers(1, 5))
    behind = draw(st.sampled_from(["", "", " ext. 12", "x3", " x 00451", "ext5", " x123456"]))
    text = before + "".join(digits[:cut]) + mark + "".join(digits[cut:]) + behind
    return text, draw(st.sampled_from([region, "", "US", "DE"]))


@settings(max_examples=60)
@given(st.lists(numbers(), min_size=30, max_size=60))
@example(
    [("4930123456", "DE"), ("+1310 0631", ""), ("0 180020 12345678", "GB"), ("(0)30123456", "DE")]
)
@example(
    [("2025550123.0", "US"), ("123456789", ""), ("+49 (0)30123456", "DE"), ("00-49301234567", "")]
)
def test_what_is_decided_for_a_column_is_what_is_decided_for_each_number(rows):
    texts, regions = as_texts([row[0] for row in rows]), as_texts([row[1] for row in rows])
    taken = take_apart(texts)
    values, plain = read_plain(taken.digits, regions)
    digits, nowhere = read_digits(taken.digits, regions)
    assert not (plain & nowhere).any()
    for at in np.flatnonzero(plain | nowhere):
        extension = taken.extensions[at]
        quick = Phone(values[at], extension)
        if nowhere[at]:
            quick = Phone(digits[at], extension, (COUNTRY_UNKNOWN,))
        assert standardize_phone(texts[at], regions[at]) == quick


@pytest.mark.parametrize("code", CALLING_CODES)
def test_every_calling_code_listed_has_a_simple_plan(code):
    assert plan(code)


@pytest.mark.parametrize(
    ("region", "national", "value"),
    [
        ("US", "(202) 555-0123", "+12025550123"),
        ("CA", "1 416-555-0123", "+14165550123"),
        ("DE", "0171 9384756", "+491719384756"),
        ("GB", "07400 638527", "+447400638527"),
        ("FR", "06 12 74 93 85", "+33612749385"),
        ("CH", "079 638 27 41", "+41796382741"),
        ("ES", "612 749 385", "+34612749385"),
        ("IT", "347 928 3746", "+393479283746"),
        ("IN", "98374 62859", "+919837462859"),
        ("MX", "55 1234 6789", "+525512346789"),
        ("US", "0041 (0)79 638 27 41", "+41796382741"),
    ],
)
def test_plain_numbers_of_the_commonest_countries_are_decided_at_once(region, national, value):
    taken = take_apart(as_texts([value, national]))
    values, plain = read_plain(taken.digits, as_texts(["", region]))
    assert plain.all()
    assert list(values) == [value, value]


def test_countries_that_share_a_calling_code_are_left_to_the_library():
    assert calling_code("JE") == (0, "")
    assert calling_code("CA") == (1, "1?")


def test_missing_numbers_are_none():
    values, plain = read_plain(take_apart(as_texts([None])).digits, as_texts([""]))
    assert values[0] is None
    assert not plain[0]


@given(st.sampled_from(sorted(phonenumbers.COUNTRY_CODE_TO_REGION_CODE)), st.data())
@settings(max_examples=400)
def test_a_number_is_assigned_where_phonenumbers_says_it_is_valid(code, data):
    examples = [
        known.national_number
        for region in phonenumbers.COUNTRY_CODE_TO_REGION_CODE[code]
        for kind in TYPES
        if (known := phonenumbers.example_number_for_type(region, kind))
    ]
    digits = list(str(data.draw(st.sampled_from(examples or [30123456]))))
    for at in data.draw(st.lists(st.integers(0, len(digits) - 1), max_size=3)):
        digits[at] = data.draw(st.sampled_from("0123456789"))
    zeros = data.draw(st.sampled_from([0, 0, 1, 2]))
    number = phonenumbers.PhoneNumber(
        code,
        int("".join(digits)),
        italian_leading_zero=zeros > 0 or None,
        number_of_leading_zeros=zeros or None,
    )
    national = phonenumbers.national_significant_number(number)
    assert is_assigned(code, national) == phonenumbers.is_valid_number(number)
