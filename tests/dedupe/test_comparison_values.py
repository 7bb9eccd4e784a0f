"""What is compared in place of what is written, and how alike two values are."""

import unicodedata
from collections.abc import Callable

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dedupe import normalize
from dedupe.comparisons import LEVELS, compare
from dedupe.features import build_features
from dedupe.mailbox_names import read_given_name
from dedupe.nicknames import initial_of, is_given_name, nickname_pairs
from dedupe.scripts import romanize


@pytest.mark.parametrize(
    ("fold", "text", "expected"),
    [
        (normalize.fold_given, "Dr. Anna-María", "anna maria"),
        (normalize.fold_given, "Reverend", None),
        (normalize.fold_given, "J.P.", "j p"),
        (normalize.fold_family, "van der Berg", "vanderberg"),
        (normalize.fold_family, "O'Brien", "obrien"),
        (normalize.fold_family, "Łukasiewicz", "lukasiewicz"),
        (normalize.fold_family, "Großmann Jr.", "grossmann"),
        (normalize.fold_given, "Дмитрий", "dmitriy"),
        (normalize.fold_family, "Ёлкин", "yolkin"),
        (normalize.fold_family, "Παπαδόπουλος", "papadopoylos"),
        (normalize.fold_family, "Ђорђевић", "djordjevic"),
        (normalize.fold_given, "太郎", "太郎"),
        (normalize.fold_email, "John.Smith+crm@googlemail.com", "johnsmith@gmail.com"),
        (normalize.fold_email, "j.smith@acme.com", "j.smith@acme.com"),
        (normalize.fold_email, "not an address", None),
        (normalize.fold_phone, "+49 (0)170 1234567", "4901701234567"),
        (normalize.fold_phone, "0000000", None),
        (normalize.fold_identifier, "XX-12 34", "xx1234"),
        (normalize.fold_identifier, "999999", None),
        (normalize.fold_date, "1990-04-01", "19900401"),
        (normalize.fold_date, "1990", None),
        (normalize.fold_company, "The ACME Company, Inc.", "acme"),
        (normalize.fold_company, "Müller & Söhne GmbH", "muller sohne"),
        (normalize.fold_company, "Limited", "limited"),
        (normalize.fold_street, "12-14 North Main Street", "12 n main st"),
        (normalize.fold_postal, "10002-1234", "10002"),
        (normalize.fold_suffix, "Junior", "jr"),
        (normalize.fold_suffix, "PhD", None),
        (normalize.fold_gender, "weiblich", "f"),
        (normalize.fold_website, "https://www.acme.com/about", "acme.com"),
        (normalize.fold_website, "none", None),
        (normalize.house_number, "12 n main st", "12"),
        (normalize.road_words, "21 w 52 st apt 4", "w 52 st"),
        (normalize.skeleton, "schmidt", "snt"),
        (normalize.skeleton, "smith", "snt"),
    ],
)
def test_comparison_values(
    fold: Callable[[pa.Array], pa.Array], text: str, expected: str | None
) -> None:
    values = pa.array([text, None], pa.large_string())
    assert fold(values).to_pylist() == [expected, None]


@given(st.text())
@example("\N{GREEK SMALL LETTER ALPHA WITH PSILI AND YPOGEGRAMMENI}")
def test_letters_are_without_accents_in_every_script(text: str) -> None:
    folded = unicodedata.normalize("NFKD", "".join(map(romanize, text.casefold())))
    bare = "".join(letter for letter in folded if not unicodedata.combining(letter))
    known = str.maketrans({"æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d"})
    known |= str.maketrans({"þ": "th", "\N{LATIN SMALL LETTER DOTLESS I}": "i"})
    assert normalize.fold_letters(text) == unicodedata.normalize("NFC", bare).translate(known)


@given(st.lists(st.one_of(st.none(), st.text(max_size=8)), max_size=8))
def test_letters_are_put_in_order_one_text_at_a_time(texts: list[str | None]) -> None:
    texts = [text and text.encode("utf-8", "ignore").decode() for text in texts]
    ordered = [("".join(sorted(text)) or None) if text else None for text in texts]
    assert normalize.sort_letters(pa.array(texts, pa.large_string())).to_pylist() == ordered
    assert normalize.sort_letters(texts) == ordered


def _level(comparison: str, **values: tuple[str, str]) -> str | None:
    """Name of the level of two records that have just these values."""
    records = pd.DataFrame({name: list(pair) for name, pair in values.items()}, dtype="str")
    levels = compare(build_features(records), np.array([0]), np.array([1]))
    level = int(levels[comparison][0])
    return None if level < 0 else LEVELS[comparison][level]


@pytest.mark.parametrize(
    ("comparison", "field", "left", "right", "level"),
    [
        ("given_name", "given_name", "Anna", "anna", "exact"),
        ("given_name", "given_name", "Bob", "Robert", "nickname"),
        ("given_name", "given_name", "Hans", "Johannes", "nickname"),
        ("given_name", "given_name", "Jonathan", "Jonahtan", "close"),
        ("given_name", "given_name", "Daniel", "Daniela", "similar"),
        ("given_name", "given_name", "Anna Maria", "Anna", "part"),
        ("given_name", "given_name", "Pamela K.", "Pamela", "part"),
        ("given_name", "given_name", "Anna Maria", "Anna M.", "part"),
        ("given_name", "given_name", "John A.", "John B.", "similar"),
        ("given_name", "given_name", "Günther", "Guenther", "exact"),
        ("given_name", "given_name", "Günther", "Guenni", "nickname"),
        ("given_name", "given_name", "J.", "John", "initial"),
        ("given_name", "given_name", "Mary", "Zoltan", "different"),
        ("family_name", "family_name", "García Lorca", "García", "part"),
        ("family_name", "family_name", "García Lorca", "García Márquez", "similar"),
        ("family_name", "family_name", "De La Cruz", "delacruz", "exact"),
        ("family_name", "family_name", "Hofmann", "Hoffmann", "close"),
        ("family_name", "family_name", "Müller", "Mueller", "exact"),
        ("birth_date", "birth_date", "1990-04-01", "1990-01-04", "typo"),
        ("birth_date", "birth_date", "1990-04-01", "1990-04-09", "typo"),
        ("birth_date", "birth_date", "1990-04-01", "1990-12-31", "like year"),
        ("birth_date", "birth_date", "1990-12-20", "1991-01-05", "near"),
        ("birth_date", "birth_date", "1990-04-01", "1955-09-23", "different"),
        ("national_id", "national_id", "4411223344", "4411223354", "typo"),
        ("email", "email", "jan1@acme.com", "jan2@acme.com", "different"),
        ("email", "email", "jan.novak@acme.com", "jan.novak@other.org", "same mailbox"),
        ("email", "email", "jan.novak@acme.com", "jan.novka@acme.com", "typo"),
        ("phone", "phone", "+12125550147", "2125550147", "exact"),
        ("phone", "phone", "+12125550147", "5550147", "same ending"),
        ("company", "company", "ACME Ltd", "Acme Limited", "exact"),
        ("company", "company", "Acme Northern Tools", "Acme Tools", "contained"),
        ("company", "company", "International Business Machines", "IBM", "contained"),
        ("company", "company", "Acme Inc", "Acme GmbH", "exact"),  # `accounts` tells forms apart
        ("street", "street", "12 Main Street", "12 Main St.", "exact"),
        ("street", "street", "12 Main Street", "14 Main Street", "same road"),
        ("street", "street", "12 Main Street", "12 North Point", "same number or road"),
        ("postal_code", "postal_code", "EX4 4PW", "EX4 9ZZ", "near"),
        ("domain", "email", "a@acme.com", "b@acme.com", "exact"),
        ("gender", "gender", "male", "female", "different"),
    ],
)
def test_levels(comparison: str, field: str, left: str, right: str, level: str) -> None:
    assert _level(comparison, **{field: (left, right)}) == level
    assert _level(comparison, **{field: (right, left)}) == level


def test_the_best_of_several_phones_counts() -> None:
    level = _level("phone", phone=("+12125550147", "+13105550000"), mobile=("", "+12125550147"))
    assert level == "exact"


def test_swapped_and_middle_names_are_seen() -> None:
    swapped = {"given_name": ("Lee", "Robert"), "family_name": ("Robert", "Leee")}
    assert (
        _level("family_name", given_name=("Stone", "Adam"), family_name=("Adam", "Stone"))
        == "swapped"
    )
    assert (
        _level("given_name", given_name=("George", "Adam"), middle_name=("", "George"))
        == "middle name"
    )
    assert _level("given_name", **swapped) == "different"


@pytest.mark.parametrize(
    ("mailbox", "family", "expected"),
    [
        ("sabine_hirsch", "hirsch", "sabine"),
        ("hirsch.sabine", "hirsch", "sabine"),
        ("shirsch77", "hirsch", "s"),
        ("hirsch", "hirsch", None),
        ("info", "hirsch", None),
        ("alee", "lee", None),
    ],
)
def test_given_names_are_read_from_mailboxes(
    mailbox: str, family: str, expected: str | None
) -> None:
    assert read_given_name(mailbox, family) == expected


def test_nicknames_go_both_ways() -> None:
    packed = nickname_pairs(["bob", "robert", "mary"])
    assert {(0 << 32) | 1, (1 << 32) | 0} <= set(packed.tolist())
    assert not {(0 << 32) | 2, (2 << 32) | 1} & set(packed.tolist())
    assert initial_of("bob") == initial_of("robert")
    assert is_given_name("giuseppe")
    assert not is_given_name("brzeczyszczykiewicz")


def _errors_of(name: str, error: str) -> pd.DataFrame:
    """One record with an error in a name that many other records hold."""
    return pd.DataFrame({"given_name": [error, *[name] * 200]}, dtype="str")


@pytest.mark.parametrize(
    ("name", "like", "level"),
    [
        ("Wei", "Qei", "close"),
        ("Gary", "Mary", "similar"),  # two names, whatever the records say
        ("Marta", "Martha", "close"),  # one name in two spellings
    ],
)
def test_like_given_names_are_an_error_or_two_names(name: str, like: str, level: str) -> None:
    levels = compare(build_features(_errors_of(name, like)), np.array([0]), np.array([1]))
    assert LEVELS["given_name"][int(levels["given_name"][0])] == level


def test_a_mailbox_tells_a_former_family_name() -> None:
    records = {
        "given_name": ("Petra", "Petra"),
        "family_name": ("Brunner", "Reichert"),
        "email": ("p.reichert@example.org", ""),
    }
    assert _level("family_name", **records) == "in mailbox"
    of_another = records | {"email": ("klaus.reichert@example.org", "")}
    assert _level("family_name", **of_another) == "different"


@pytest.mark.parametrize(
    ("left", "right", "level"),
    [
        ("jan.novak@acme-tools.com", "jan.novak@acmetools.com", "typo"),
        ("jan.novak@gmail.com", "jan.novka@gmail.con", "typo"),
        ("a.smith@acme.com", "j.smith@acme.com", "similar"),
    ],
)
def test_addresses_are_mistyped_on_both_sides_of_the_at(left: str, right: str, level: str) -> None:
    assert _level("email", email=(left, right)) == level


def test_full_names_are_no_forms_of_one_another() -> None:
    packed = nickname_pairs(["robert", "william"])
    assert not {1, 1 << 32} & set(packed.tolist())
    assert initial_of("bob") == "r"
    assert initial_of("chris") == ""
