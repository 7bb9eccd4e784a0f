"""What forms of a name say, and how often one change of job counts."""

import numpy as np
import pandas as pd
import pytest

from dedupe.features import build_features
from dedupe.frequencies import Frequencies
from dedupe.name_forms import FORMS, NAMES, count_as_part, weigh_swapped
from dedupe.name_levels import FAMILY_CLOSE, FAMILY_EXACT, SWAPPED
from dedupe.resolution import resolve

Row = dict[str, str]
_GIVEN = ["James", "Thomas", "Maria", "Helen", "Oscar", "Ruth", "Peter", "Diana"]
_FAMILY = ["Smith", "Jones", "Thomas", "James", "Walker", "Young", "Baker", "Turner"]


def among_namesakes(*rows: Row) -> pd.DataFrame:
    """The scored pairs of the rows, the first ones among people of common and of rare names."""
    draw = np.random.default_rng(3)
    others = [
        {
            "given_name": given,
            "family_name": family,
            "email": f"{given[0]}{draw.integers(10**6)}@{draw.integers(10**6)}.example".lower(),
            "phone": f"+1212{draw.integers(2_000_000, 9_999_999)}",
        }
        for given in _GIVEN
        for family in _FAMILY
        for _ in range(10)
    ]
    strangers = [named(_word(draw), _word(draw)) for _ in range(900)]
    return resolve(pd.DataFrame([*rows, *others, *strangers], dtype="str")).pairs


def _word(draw: np.random.Generator) -> str:
    return "".join(draw.choice(list(some)) for some in ("bdfgklmnprstvz", "aeiou") * 4)


def weigh(*couples: tuple[Row, Row]) -> list[pd.Series]:
    """Couples as scored pairs; an e-mail in common sees to it that each is scored."""
    mails = [{"email": f"desk@quorn-and-sons-{at}.example"} for at in range(len(couples))]
    rows = [row | mail for couple, mail in zip(couples, mails, strict=True) for row in couple]
    pairs = among_namesakes(*rows).set_index(["left", "right"])
    return [pairs.loc[(at, at + 1)] for at in range(0, len(rows), 2)]


def named(given: str, family: str) -> Row:
    return {"given_name": given, "family_name": family}


@pytest.mark.parametrize(
    ("name", "rare", "common"),
    [
        (
            "family_name",
            (named("Maria", "Quornstedt"), named("Maria", "Quornstet")),
            (named("Maria", "Turner"), named("Maria", "Turrner")),
        ),
        (
            "given_name",
            (named("Ottokar", "Smith"), named("Ottoker", "Smith")),
            (named("Helen", "Smith"), named("Hellen", "Smith")),
        ),
        (
            "family_name",
            (named("Maria", "Quornstedt"), named("Maria", "Quornstedt Abel")),
            (named("Maria", "Turner"), named("Maria", "Turner Abel")),
        ),
    ],
)
def test_a_form_of_a_rare_name_says_more_than_one_of_a_common_name(
    name: str, rare: tuple[Row, Row], common: tuple[Row, Row]
) -> None:
    of_rare, of_common = weigh(rare, common)
    assert of_rare[f"level_{name}"] == of_common[f"level_{name}"]
    assert of_rare[f"level_{name}"] in FORMS[name]
    assert of_rare[f"weight_{name}"] > of_common[f"weight_{name}"] + 1


def test_a_family_name_is_as_common_as_it_is_alone_and_as_one_of_several() -> None:
    names = ["Caballero", "Rey Caballero", "Caballero Soto", "Abel", "Rey"]
    family = build_features(pd.DataFrame({"family_name": names}, dtype="str"))["family"]
    held = dict(zip(family.texts, count_as_part(family), strict=True))
    assert held["caballero"] == 2
    assert held["rey"] == 1
    assert held["abel"] == held["rey caballero"] == 0


def test_an_error_in_a_rare_name_says_no_more_than_the_name() -> None:
    whole = (named("Maria", "Quornstedt"), named("Maria", "Quornstedt"))
    error = (named("Maria", "Quornstedt"), named("Maria", "Quornstet"))
    of_whole, of_error = weigh(whole, error)
    assert of_error["level_family_name"] == FAMILY_CLOSE
    assert of_whole["level_family_name"] == FAMILY_EXACT
    assert of_error["weight_family_name"] <= of_whole["weight_family_name"]


def test_swapped_names_say_the_more_the_rarer_they_are_both_ways_round() -> None:
    rare = (named("Ottokar", "Quornstedt"), named("Quornstedt", "Ottokar"))
    common = (named("James", "Thomas"), named("Thomas", "James"))
    found = weigh(rare, common)
    assert [pair["level_given_name"] for pair in found] == [SWAPPED] * 2
    bits = [pair["weight_given_name"] + pair["weight_family_name"] for pair in found]
    assert bits[0] > bits[1] + 2


@pytest.mark.parametrize(("family", "more"), [("Ottokar", True), ("Otokar", False)])
def test_only_names_equal_crosswise_say_more_than_swapped_names_on_average(
    family: str,
    more: bool,  # noqa: FBT001 - a column of the table
) -> None:
    rows = pd.DataFrame([named("Ottokar", "Quornstedt"), named("Quornstedt", family)], dtype="str")
    features = build_features(rows)
    rare = {name: np.full(2, 1e-4) for name in NAMES}
    pair = (np.array([0]), np.array([1]))
    known = np.array([9.0], dtype=np.float32)
    bits = weigh_swapped(features, Frequencies(rare, {}, {}), pair, 0.01, known)
    assert bool(bits[0] > 0) is more


def test_who_changes_jobs_is_told_once_that_the_employer_is_another_one() -> None:
    person = named("Ottokar", "Quornstedt") | {"phone": "+12125550147"}
    jobs: list[Row] = [
        {"company": "Acme", "job_title": "Buyer", "email": "o@acme.example"},
        {"company": "Globex", "job_title": "Director", "email": "okq@globex.example"},
    ]
    pairs = among_namesakes(*(person | job for job in jobs))
    pair = pairs[(pairs["left"] == 0) & (pairs["right"] == 1)].iloc[0]
    facts = pair[["weight_company", "weight_domain", "weight_email", "weight_occupation"]]
    assert (facts < 0).sum() == 1
    assert pair.filter(like="weight_").sum() == pytest.approx(pair["weight"], abs=1e-3)
