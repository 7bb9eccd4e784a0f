"""What many records tell beside the pair at hand: who shares a number, where names are at home."""

import numpy as np
import pandas as pd
import pytest

from dedupe.comparisons import LEVELS
from dedupe.evidence import read_evidence
from dedupe.features import build_features
from dedupe.guards import REASONS
from dedupe.linkage import Compared, Household, Linkage, weigh_habits
from dedupe.origins import count_origins, lift_of_names, lift_of_place
from dedupe.resolution import Resolution, resolve
from dedupe.scores import Scores
from dedupe.similarity import Positions
from dedupe.training import choose_match

Row = dict[str, str]
_GIVEN = ["Anton", "Berta", "Emil", "Frida", "Gustav", "Heidi", "Igor", "Jutta", "Kurt", "Lotte",
          "Moritz", "Nora"]  # fmt: skip

_BASE = {
    "given_name": "Petra",
    "family_name": "Okonkwo",
    "email": "petra@okonkwo.org",
    "phone": "+12125550147",
    "street": "12 Orchard Street",
    "city": "New York",
    "postal_code": "10002",
}


_PLACES = [
    {"city": "New York", "postal_code": "10002"},
    {"city": "New York", "postal_code": ""},
    {"city": "", "postal_code": "10002"},
    {"city": "", "postal_code": ""},
]


def person(**fields: str) -> Row:
    """A lead with some fields changed; "" takes a field away."""
    return {name: value for name, value in (_BASE | fields).items() if value}


def among_strangers(*rows: Row) -> Resolution:
    """What becomes of the rows, the first ones among 220 people who have nothing in common."""
    draw = np.random.default_rng(5)

    def word() -> str:
        letters = [draw.choice(list(some)) for some in ("bdfgklmnprstvz", "aeiou") * 4]
        return "".join(letters)

    strangers = [
        {
            "given_name": word(),
            "family_name": word(),
            "email": f"{word()}@{word()}.net",
            "phone": f"+4930{draw.integers(1_000_000, 9_999_999)}",
            "street": f"{draw.integers(1, 200)} {word()} Road",
            "city": word(),
            "postal_code": str(draw.integers(10_000, 99_999)),
        }
        for _ in range(220)
    ]
    return resolve(pd.DataFrame([*rows, *strangers], dtype="str"))


@pytest.mark.parametrize(
    ("left", "right", "one"),
    [
        # She has married; the number is hers alone.
        ({"email": ""}, {"family_name": "Brandt", "email": ""}, True),
        ({}, {"family_name": "Brandt", "email": "petra@brandt.example"}, False),
        # Relatives share a home, but hardly an employer.
        (
            {"company": "Acme"},
            {"company": "Acme", "given_name": "", "email": "", "phone": ""},
            True,
        ),
        ({}, {"given_name": "", "email": "", "phone": ""}, False),
    ],
)
def test_it_matters_who_shares_what_two_records_agree_on(left: Row, right: Row, one: bool) -> None:  # noqa: FBT001 - a column of the table
    clusters = among_strangers(person(**left), person(**right)).clusters
    assert bool(clusters[0] == clusters[1]) is one


def test_a_number_that_others_hold_tells_nothing_of_a_marriage() -> None:
    third = person(given_name="Xaver", family_name="Quist", email="", street="", city="")
    rows = [
        person(email="", street="", city=""),
        person(family_name="Brandt", email="", street="", city=""),
        third,
    ]
    clusters = among_strangers(*rows).clusters
    assert clusters[0] != clusters[1]


def test_an_initial_does_not_join_two_people_of_one_home() -> None:
    clusters = among_strangers(
        person(given_name="Ricarda", email="ricarda77@mail.org", phone="+12125558362"),
        person(given_name="Ricarda", email="ricarda77@mail.org", phone="+12125558362"),
        person(given_name="R.", email="reinhilde@web.org", phone="+12125551995"),
        person(given_name="Reinhilde", email="reinhilde@web.org", phone=""),
    ).clusters
    assert clusters[0] == clusters[1]
    assert clusters[2] == clusters[3]
    assert clusters[0] != clusters[2]


def test_pairs_without_suffix_do_not_dilute_the_veto_of_those_that_have_one() -> None:
    one, none = np.array([1, -1], dtype=np.int8), np.zeros(2, dtype=np.float32)
    guarded = np.array([REASONS.index("only one has a suffix"), 0], dtype=np.int8)
    levels = {"given_name": np.full(2, 8, dtype=np.int8), "suffix": one, "guard": guarded}
    weights = {"given_name": none, "suffix": none, "guard": np.array([-9, 0], dtype=np.float32)}
    pairs = np.array([0, 1]), np.array([2, 2])
    evidence = read_evidence(Scores(*pairs, levels, weights, none), {}, 2.0)
    assert evidence.weights.sum(axis=1).tolist() == [0, 0, 0, 0, -9]
    assert evidence.present[-1].tolist() == [True, False]


def test_numbered_mailboxes_of_one_domain_are_of_two_namesakes() -> None:
    left = person(email="petra.okonkwo4@mail.org", phone="", street="")
    right = person(email="petra.okonkwo71@mail.org", phone="", street="")
    pair = among_strangers(left, right).pairs.query("left == 0 and right == 1").iloc[0]
    assert pair["weight_email"] == pytest.approx(-6)


def _lift(rows: list[tuple[str, str, str]], at: tuple[int, int]) -> float:
    features = build_features(
        pd.DataFrame(rows, columns=["given_name", "family_name", "country"], dtype="str")
    )
    left, right = (np.array([place]) for place in at)
    return float(lift_of_names(count_origins(features), features, left, right)[0])


def test_two_names_of_a_small_country_come_together_by_chance() -> None:
    rows = [("Anna", "Berg", "DE")] * 60 + [("Jo", "Hill", "US")] * 60
    rows += [("Remy", "Devaux", "FR")] * 8
    french: Positions = np.array([120, 121])
    assert _lift(rows, (int(french[0]), int(french[1]))) == pytest.approx(np.log2(128 / 8), abs=0.5)
    assert _lift(rows, (0, 1)) == pytest.approx(np.log2(128 / 60), abs=0.1)


def test_names_of_all_countries_have_no_lift_and_one_country_tells_nothing() -> None:
    everywhere = [("Anna", "Berg", country) for country in ("DE", "US", "FR") * 20]
    assert _lift(everywhere, (0, 1)) == pytest.approx(0, abs=0.01)
    alone = pd.DataFrame({"given_name": ["Al"], "family_name": ["Bo"], "country": ["US"]})
    assert not count_origins(build_features(alone.astype("str")))


def test_people_of_french_names_share_a_french_city_by_chance() -> None:
    rows = [("Anna", "Berg", "DE", "Berlin")] * 60 + [("Jo", "Hill", "US", "Lyon")] * 2
    rows += [("Jo", "Hill", "US", "Salem")] * 58 + [("Remy", "Devaux", "FR", "Lyon")] * 30
    columns = ["given_name", "family_name", "country", "city"]
    features = build_features(pd.DataFrame(rows, columns=columns, dtype="str"))
    at = np.array([120, 0, 60])
    lift = lift_of_place(count_origins(features), features, "city", at)
    assert lift[:2] == pytest.approx(np.log2([150 / 30 * 30 / 32, 150 / 60]), abs=0.2)
    assert lift[2] == 0


@pytest.mark.parametrize(
    ("weights", "match"),
    [
        ([20.0] * 90, 2.0),
        ([20.0] * 90 + [4.0] * 10, 2.0),
        ([20.0] * 90 + [2.5] * 30 + [5.0] * 10, 2.5),
        ([20.0] * 90 + [2.5] + [2.4] * 9, 2.4),
        ([2.5] * 30, 2.0),
        ([], 2.0),
    ],
)
def test_matches_that_just_reach_the_threshold_raise_it_where_they_are_many(
    weights: list[float], match: float
) -> None:
    nobody: Positions = np.zeros(len(weights), dtype=np.int64)
    total = np.array(weights, dtype=np.float32)
    scores = Scores(nobody, nobody, {}, {}, total)
    chosen = choose_match(scores, 2.0)
    assert chosen == pytest.approx(match)
    doubt = 1 / (1 + 2.0 ** total[total >= chosen])
    assert chosen == 2.0 or doubt.mean() <= 0.01


@pytest.mark.parametrize("mailbox", ["okonkwo.petra", "p.okonkwo", "petra.okonkwo"])
def test_two_private_mailboxes_of_one_name_speak_for_two_people(mailbox: str) -> None:
    def weigh(domain: str) -> float:
        rows = person(email="petra.okonkwo@gmail.com"), person(email=f"{mailbox}@{domain}")
        pair = among_strangers(*rows).pairs.query("left == 0 and right == 1").iloc[0]
        return float(pair["weight_email"])

    # One at home and one at work are nothing unusual.
    assert weigh("gmx.de") < min(weigh("acme.example") - 0.5, 0)


def test_a_mailbox_at_home_and_one_at_work_hardly_speak_for_two_people() -> None:
    home, office = "petra.okonkwo@gmail.com", "p.o@acme.example"
    elsewhere = {"phone": "", "street": "", "city": "", "postal_code": ""}
    rows = (
        person(email=home),
        person(email=office, **elsewhere),
        person(email="po@globex.example", phone="+13125550121", city="Chicago"),
    )
    pairs = among_strangers(*rows).pairs.set_index(["left", "right"])
    at_home_and_work = pairs.loc[(0, 1), "weight_email"]
    between_jobs = pairs.loc[(1, 2), ["weight_email", "weight_domain"]].sum()
    assert 0 >= at_home_and_work > between_jobs + 1


@pytest.mark.parametrize("often", [True, False])
def test_how_often_one_person_mixes_mailboxes_is_learned_by_names(often: bool) -> None:  # noqa: FBT001 - a column of the table
    draw = np.random.default_rng(7)

    def word() -> str:
        letters = [draw.choice(list(some)) for some in ("bdfgklmnprstvz", "aeiou") * 5]
        return "".join(letters)

    rows = []
    for at in range(400):
        name = {"given_name": word(), "family_name": word()}
        kinds = ["gmail.com", f"{word()}.example"]
        second = kinds[(at + often) % 2]
        rows += [name | {"email": f"{word()}@{kind}"} for kind in (kinds[at % 2], second)]
    mixed = resolve(pd.DataFrame(rows, dtype="str")).model.tables["mixed_email"][0]
    assert bool(mixed > 0) is often


def test_relatives_of_one_name_are_told_apart_by_what_is_their_own() -> None:
    common = [
        person(family_name=f"Zz{at}x", email="", phone="", street="", city="", postal_code="")
        for at in range(60)
    ]
    father = person(email="petra.okonkwo@gmail.com", phone="+12125551111")
    son = person(email="okonkwo.petra@gmx.de", phone="+12125552222")
    resolved = among_strangers(father, son, *common)
    assert resolved.clusters[0] != resolved.clusters[1]
    resolved = among_strangers(father, son | {"email": "", "phone": ""}, *common)
    assert resolved.clusters[0] == resolved.clusters[1]


def test_the_more_relatives_live_together_the_less_a_home_says() -> None:
    def odds(relatives: int) -> float:
        homes = [person(given_name=name, email="", phone="") for name in _GIVEN[:relatives]]
        return among_strangers(*homes).model.one_of_family

    assert odds(12) < odds(0)


def test_groups_of_two_relatives_are_bounded_as_pairs_are() -> None:
    household = Household(np.array([True, True, False, False]), 2, 1.5)
    # A family name and a home of 12 bits each, the prior beside them, and a given name.
    bits = np.array([12.0, -10.0, 9.0, -4.0], dtype=np.float32).reshape(4, 1, 1)
    several, total = np.zeros(4, np.bool_), np.full((1, 1), 7.0, dtype=np.float32)
    for bound, threshold, groups in ((None, 2.0, 1), (household, 4.0, 2)):
        compared = Compared(total, bits, np.ones_like(bits, np.bool_), several, None, bound)
        linkage = Linkage.read(2, (np.array([0]), np.array([1])), compared)
        assert len(np.unique(linkage.link(np.array([[0, 1]]), threshold))) == groups


@pytest.mark.parametrize(
    ("one", "other", "bits"), [(1, 1, 0), (1, 3, np.log2(6 / 20)), (3, 3, np.log2(6 / 140))]
)
def test_the_more_records_fall_in_two_heaps_by_mailbox_the_less_they_are_of_one_person(
    one: int, other: int, bits: float
) -> None:
    heaps = np.array([float(one)]), np.array([float(other)])
    assert weigh_habits(*heaps)[0] == pytest.approx(bits)
    assert weigh_habits(*heaps[::-1])[0] == pytest.approx(bits)


def test_namesakes_who_keep_to_a_private_mailbox_each_are_two_people() -> None:
    def resolved(times: int) -> Resolution:
        rows = []
        for mailbox, places in (("tiger77", _PLACES), ("okonkwo.p", _PLACES[::-1])):
            rows += [
                person(email=f"{mailbox}@gmail.com", phone="", street="", **place)
                for place in places[:times]
            ]
        return among_strangers(*rows)

    few, many = resolved(1).clusters, resolved(4).clusters
    assert few[0] == few[1]
    assert many[0] == many[3] != many[4] == many[7]


def test_a_large_group_joins_another_large_one_on_more_evidence() -> None:
    pairs = np.triu_indices(4, 1)
    within = np.isin(np.arange(6), [0, 5])  # 0 with 1, 2 with 3
    bits = np.where(within, 20.0, 2.5).astype(np.float32).reshape(1, 1, -1)

    def count(nodes: int) -> int:
        chosen = (pairs[0] < nodes) & (pairs[1] < nodes)
        own = bits[:, :, chosen]
        compared = Compared(own[0], own, np.ones_like(own, np.bool_), np.zeros(1, np.bool_))
        linkage = Linkage.read(nodes, (pairs[0][chosen], pairs[1][chosen]), compared)
        return len(np.unique(linkage.link(np.arange(nodes)[None], 2.0)))

    assert count(3) == 1
    assert count(4) == 2


def test_another_city_says_little_where_the_street_is_another_one() -> None:
    moved = {"city": "Boston", "postal_code": "02101"}
    pairs = [
        among_strangers(person(street=street), person(**moved)).pairs.query("left == 0").iloc[0]
        for street in ("", "9 Hill Road")
    ]
    missing, other = (pair["weight_city"] for pair in pairs)
    assert missing < other <= 0


@pytest.mark.parametrize(
    ("one", "other"), [("evas", "evad"), ("eberger", "bergere"), ("berger71", "bergerxy")]
)
def test_mailboxes_made_of_other_names_are_no_typing_errors(one: str, other: str) -> None:
    rows = [person(email=f"{box}@mail.org", phone="", street="") for box in (one, other)]
    pair = among_strangers(*rows).pairs.query("left == 0 and right == 1").iloc[0]
    assert LEVELS["email"][pair["level_email"]] != "typo"


def test_two_initials_say_as_little_as_names_that_begin_alike() -> None:
    rows = [person(given_name="M", email="", phone="") for _ in range(2)]
    rows[1]["city"] = "Yonkers"
    rows += [
        person(given_name=f"M{name}", street="") for name in ("arta", "ia", "ona", "ercy") * 30
    ]
    resolved = resolve(pd.DataFrame(rows, dtype="str"))
    pair = resolved.pairs.query("left == 0 and right == 1").iloc[0]
    assert pair["weight_given_name"] < 1


def test_the_city_of_a_postal_code_is_no_news() -> None:
    weights = {}
    for code in ("10002", ""):
        rows = person(postal_code=code), person(postal_code=code)
        pair = among_strangers(*rows).pairs.query("left == 0 and right == 1").iloc[0]
        weights[code] = pair["weight_city"]
    assert weights["10002"] <= 0 < weights[""]
