"""A shortcut never says anything but what its rule says."""

from datetime import date
from functools import partial

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from validators.fields import FIELDS
from validators.standardize.cells import (
    NO_CONTACT,
    NOT_APPLICABLE,
    PLAIN,
    cell_rule,
    cell_shortcut,
)
from validators.standardize.date import (
    PLAIN_DAY,
    PLAIN_MINUTE,
    PLAIN_MOMENT,
    standardize_birth_date,
    standardize_date,
    standardize_moment,
)
from validators.standardize.distinct import Cell
from validators.standardize.mending import take_spaced
from validators.standardize.postal_code import FORMS, postal_shortcut, standardize_postal_code
from validators.standardize.rules import rule_for

TODAY = date(2026, 11, 22)
KINDS = ["city", "country", "email", "family_name", "phone", "text"]
SHORT = {
    field: (rule_for(field).rule, rule_for(field).shortcuts[0])
    for field in FIELDS
    if rule_for(field) and rule_for(field).shortcuts
}


def assert_agreement(rule, shortcut, text):
    told = shortcut.answer(text)
    if told is not None:
        assert rule(text) == Cell(told)


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=40)
@given(text=st.from_regex(PLAIN, fullmatch=True))
@example(text="javascript:alert(1)")
@example(text="x onerror=1")
@example(text="+1|cmd!A0")
@example(text="(")
@example(text="Ã1")
def test_the_shortcut_past_mending_leaves_what_mending_leaves(kind, text):
    assert_agreement(cell_rule(kind), cell_shortcut(kind), text)


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "text"])
@settings(max_examples=40)
@given(texts=st.lists(st.text(alphabet="aA1é ,;\t&", max_size=12), min_size=1, max_size=20))
def test_cells_that_are_plain_but_for_their_spaces_are_tidied(kind, texts):
    tidied, known = take_spaced(np.array(texts, dtype=object), kind)
    for at in np.flatnonzero(known):
        assert cell_rule(kind)(texts[at]) == Cell(tidied[at])


def test_spaces_do_not_make_a_cell_short_enough():
    texts = np.array(["1" + " " * 64 + "2", "1" + " " * 62 + "2"], dtype=object)
    assert list(take_spaced(texts, "phone")[1]) == [False, True]


@pytest.mark.parametrize("text", sorted(NO_CONTACT | NOT_APPLICABLE))
@pytest.mark.parametrize("kind", ["email", "city", "given_name"])
def test_no_placeholder_takes_the_shortcut(kind, text):
    assert_agreement(cell_rule(kind), cell_shortcut(kind), text)
    assert_agreement(cell_rule(kind), cell_shortcut(kind), text.upper())


def test_texts_that_are_too_long_do_not_take_the_shortcut():
    assert cell_shortcut("phone").answer("1" * 64) is not None
    assert cell_shortcut("phone").answer("1" * 65) is None


@pytest.mark.parametrize("field", sorted(SHORT))
@settings(max_examples=40)
@given(data=st.data())
def test_every_field_with_a_shortcut_agrees_with_its_rule(field, data):
    rule, shortcut = SHORT[field]
    text = data.draw(st.from_regex(shortcut.pattern, fullmatch=True))
    assert_agreement(rule, shortcut, text)


@pytest.mark.parametrize("field", sorted(SHORT))
def test_every_shortcut_is_taken_by_something(field):
    texts = ("Main Street 12", "Acme Inc", "https://example.com/a", "12.50", "A-17", "Berlin")
    assert any(SHORT[field][1].answer(text) is not None for text in texts)


@pytest.mark.parametrize("text", ["Private", "Self-Employed", "No Company", "Test"])
def test_words_that_name_no_company_do_not_take_the_shortcut(text):
    assert SHORT["company"][1].answer(text) is None


@settings(max_examples=60)
@given(text=st.from_regex(PLAIN_DAY.pattern, fullmatch=True))
def test_plain_days_are_days(text):
    for rule in (standardize_date, standardize_birth_date):
        assert_agreement(partial(rule, order="day first", today=TODAY), PLAIN_DAY, text)


@pytest.mark.parametrize("shortcut", [PLAIN_MOMENT, PLAIN_MINUTE], ids=["moment", "minute"])
@settings(max_examples=60)
@given(data=st.data())
def test_plain_moments_are_moments(shortcut, data):
    text = data.draw(st.from_regex(shortcut.pattern, fullmatch=True))
    assert not text.isascii() or shortcut.answer(text) is not None
    assert_agreement(partial(standardize_moment, order="day first", today=TODAY), shortcut, text)


@pytest.mark.parametrize("country", sorted(FORMS))
@settings(max_examples=8)
@given(data=st.data())
def test_postal_codes_as_their_country_writes_them_stay(country, data):
    shortcut = postal_shortcut(country)
    text = data.draw(st.from_regex(shortcut.pattern, fullmatch=True))
    assert shortcut.answer(text) == text
    assert standardize_postal_code(text, country) == Cell(text)
