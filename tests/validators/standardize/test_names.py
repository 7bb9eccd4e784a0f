"""The name columns of a table, together."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from validators.standardize import standardize
from validators.standardize.full_name import NameParts
from validators.standardize.names import READINGS
from validators.standardize.ordinary_names import find_ordinary
from validators.words import words


def names(**columns):
    frame = pd.DataFrame(columns, dtype="str")
    done = standardize(frame)
    rows = [
        {field: value for field, value in row.items() if isinstance(value, str)}
        for row in done.records.to_dict("records")
    ]
    return rows, sorted(set(done.issues["code"]))


def test_a_whole_name_fills_the_parts_and_disappears():
    rows, codes = names(full_name=["Dr. John Q. Smith Jr.", "Cher"])
    assert rows == [
        {
            "salutation": "Dr",
            "given_name": "John",
            "middle_name": "Q.",
            "family_name": "Smith",
            "name_suffix": "Jr.",
        },
        {"full_name": "Cher"},
    ]
    assert codes == []


def test_a_column_of_names_all_split_leaves_no_whole_names():
    frame = pd.DataFrame({"full_name": ["John Smith"]}, dtype="str")
    assert list(standardize(frame).records.columns) == ["given_name", "family_name"]


def test_the_parts_of_their_own_columns_win_over_the_whole_name():
    rows, _ = names(full_name=["Johnny B. Smith"], given_name=["John"], family_name=["SMITH"])
    assert rows == [{"given_name": "John", "middle_name": "B.", "family_name": "Smith"}]


def test_a_whole_name_of_somebody_else_fills_nothing():
    rows, _ = names(full_name=["Peter B. Meyer"], given_name=[None], family_name=["Smith"])
    assert rows == [{"family_name": "Smith"}]


def test_a_title_in_the_first_name_makes_room_for_the_name():
    rows, _ = names(
        full_name=["reverend ted waller hobson"], given_name=["reverend"], family_name=["hobson"]
    )
    assert rows == [
        {
            "salutation": "Reverend",
            "given_name": "Ted",
            "middle_name": "Waller",
            "family_name": "Hobson",
        }
    ]


@pytest.mark.parametrize(
    ("given", "family", "expected"),
    [
        ("Dr. Anna", "Meyer", {"salutation": "Dr", "given_name": "Anna", "family_name": "Meyer"}),
        ("John", "Smith Jr.", {"given_name": "John", "family_name": "Smith", "name_suffix": "Jr."}),
        ("Ann", "Judge", {"given_name": "Ann", "family_name": "Judge"}),
        ("Ann", "Major III", {"given_name": "Ann", "family_name": "Major", "name_suffix": "III"}),
    ],
)
def test_titles_and_suffixes_are_taken_off_the_parts(given, family, expected):
    assert names(given_name=[given], family_name=[family]) == ([expected], [])


def test_a_salutation_of_its_own_column_wins():
    rows, _ = names(salutation=["Prof."], given_name=["Dr. Anna"], family_name=["Meyer"])
    assert rows[0]["salutation"] == "Prof"


def test_a_column_that_was_there_stays_even_when_empty():
    frame = pd.DataFrame({"given_name": ["n/a"], "family_name": ["Meyer"]}, dtype="str")
    assert list(standardize(frame).records.columns) == ["given_name", "family_name"]


WORDS = st.from_regex(r"[A-Z][a-z]{1,9}", fullmatch=True) | st.sampled_from(
    sorted(
        words(
            """
            Test Dr Judge Jr Asdfg Aaa Ababab Abcabcabc Xyz Bcdfg Vi Ng Mr Xxx Vlk Unknown O De
            Mcdonald Abaaa Qwertz José Gärtner Šimek And Und Kg Inc Sl Person First Name Müñoz Éa
            """
        )
    )
)


NAMES = st.lists(WORDS, min_size=1, max_size=3).flatmap(
    lambda parts: st.sampled_from([" ".join(parts), "-".join(parts), "".join(parts)])
)


@settings(max_examples=150)
@given(st.lists(NAMES, min_size=1, max_size=30))
def test_ordinary_names_are_left_alone_by_every_reading(known):
    texts = np.array(known, dtype=object)
    for word in texts[find_ordinary(texts)]:
        for field, part in (
            ("given_name", "given"),
            ("middle_name", "middle"),
            ("family_name", "family"),
        ):
            assert READINGS[field](word) == NameParts(**{part: word})


def test_most_names_are_ordinary():
    assert find_ordinary(np.array(["Anna", "Meyer", "Smith", "Garcia"], dtype=object)).all()
    assert not find_ordinary(np.array([None, "Test", "Dr", "anna"], dtype=object)).any()
