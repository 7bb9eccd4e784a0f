"""Which records become one person, and which must not."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dedupe.problem import Rows, read_problem
from dedupe.resolution import Resolution, resolve

FIELDS = [
    "given_name", "middle_name", "family_name", "name_suffix", "birth_date", "national_id",
    "email", "phone", "mobile", "company", "street", "city", "postal_code", "country",
]  # fmt: skip


def table(*rows: dict[str, str]) -> pd.DataFrame:
    """Standardized records."""
    columns = [field for field in FIELDS if any(field in row for row in rows)]
    return pd.DataFrame(
        {field: pd.array([row.get(field) for row in rows], dtype="str") for field in columns}
    )


def person(**fields: str) -> dict[str, str]:
    """A person of an everyday lead, with some fields changed; "" takes a field away."""
    base = {
        "given_name": "Robert",
        "family_name": "Okonkwo",
        "email": "robert.okonkwo@gmail.com",
        "phone": "+12125550147",
        "street": "12 Orchard Street",
        "city": "New York",
        "postal_code": "10002",
        "country": "US",
    }
    return {name: value for name, value in (base | fields).items() if value}


def are_one(left: dict[str, str], right: dict[str, str]) -> bool:
    return resolve(table(left, right)).clusters.nunique() == 1  # noqa: PD101 - reads best beside its neighbours


@pytest.mark.parametrize(
    "changed",
    [
        {},
        {"given_name": "Bob"},
        {"given_name": "R."},
        {"given_name": "Robret"},
        {"given_name": "ROBERT", "family_name": "OKONKWÓ"},
        {"given_name": "Okonkwo", "family_name": "Robert"},
        {"given_name": ""},
        {"family_name": "Okonkvo"},
        {"email": "robertokonkwo+news@googlemail.com"},
        {"email": "robert.okonkwo@acme.com"},
        {"email": "", "phone": "2125550147"},
        {"street": "9 Hill Road", "city": "Boston", "postal_code": "02101"},
        {"street": "12 Orchard St.", "phone": "", "email": ""},
    ],
)
def test_one_person_is_found_again(changed: dict[str, str]) -> None:
    assert are_one(person(), person(**changed))


@pytest.mark.parametrize(
    "changed",
    [
        pytest.param({"given_name": "Mary", "email": ""}, id="household"),
        pytest.param({"given_name": "Mary"}, id="household with one mailbox"),
        pytest.param({"given_name": "Roberta", "email": ""}, id="names of a man and a woman"),
        pytest.param({"family_name": "Hughes", "email": ""}, id="one office, one given name"),
        pytest.param(
            {"email": "", "phone": "", "street": "", "city": "", "postal_code": ""},
            id="nothing but the name",
        ),
        pytest.param(
            {
                "email": "bob77@mail.org", "phone": "+13105550111",
                "street": "4 Elm Road", "city": "Los Angeles", "postal_code": "90001",
            },
            id="namesakes",
        ),
    ],
)  # fmt: skip
def test_people_who_share_circumstances_stay_apart(changed: dict[str, str]) -> None:
    assert not are_one(person(), person(**changed))


def test_father_and_son_stay_apart_also_when_a_third_record_has_no_suffix() -> None:
    rows = table(
        person(name_suffix="Sr.", email="rob@a.org"),
        person(name_suffix="Jr.", email="bobby@b.org"),
        person(email=""),
    )
    clusters = resolve(rows).clusters
    assert clusters[0] != clusters[1]


def test_twins_stay_apart() -> None:
    assert not are_one(
        person(given_name="Anna", birth_date="1990-04-01", email=""),
        person(given_name="Clara", birth_date="1990-04-01", email=""),
    )


@pytest.mark.parametrize(
    ("field", "left", "right"),
    [
        ("birth_date", "1990-04-01", "1962-11-23"),
        ("national_id", "4411223344", "9087651234"),
    ],
)
def test_contradictions_are_a_veto(field: str, left: str, right: str) -> None:
    assert not are_one(person(**{field: left}), person(**{field: right}))


def test_a_birth_date_a_typing_error_apart_is_no_contradiction() -> None:
    assert are_one(person(birth_date="1990-04-01"), person(birth_date="1990-04-07"))


def test_a_role_mailbox_joins_nobody() -> None:
    rows = [
        {"given_name": name, "family_name": family, "email": "info@acme.com", "company": "Acme"}
        for name, family in (("Ann", "Lee"), ("Raj", "Patel"), ("Eva", "Novak"))
    ]
    assert resolve(table(*rows)).clusters.nunique() == 3


def test_restaurants_are_told_apart_by_name_and_house() -> None:
    place = {
        "company": "Casa Verde",
        "street": "12 Main St",
        "city": "Austin",
        "phone": "5125550100",
    }
    rows = table(
        place,
        place | {"company": "Casa Verde Inc.", "street": "12 Main Street"},
        place | {"company": "Golden Dragon"},
        place | {"street": "900 Lamar Blvd"},
    )
    assert resolve(rows).clusters.tolist() == [0, 0, 2, 3]


def test_other_scripts_are_compared_as_they_are() -> None:
    left = {
        "given_name": "Иван",
        "family_name": "Петров",
        "phone": "+74951234567",
        "city": "Москва",
    }
    assert are_one(left, left | {"family_name": "Петровв"})
    assert not are_one(left, left | {"given_name": "Ольга"})
    name = {"family_name": "山田", "given_name": "太郎", "email": "taro.y@mail.jp"}
    assert are_one(name, name)


@pytest.mark.parametrize(
    ("one", "other", "decision"),
    [
        (("Дмитрий", "Иванов"), ("Dmitry", "Ivanov"), "match"),
        (("Саша", "Петров"), ("Alexander", "Petrov"), "match"),
        (("Γιάννης", "Παπαδάκης"), ("Giannis", "Papadakis"), "match"),
        (("太郎", "山田"), ("Taro", "Yamada"), "possible"),
        (("محمد", "السيد"), ("Mohammed", "Al-Sayed"), "possible"),
        (("Ольга", "Петрова"), ("Ivan", "Petrov"), None),
        (("太郎", "山田"), ("花子", "山田"), None),
    ],
)
def test_a_name_is_one_in_two_alphabets_and_left_open_where_that_cannot_be_seen(
    one: tuple[str, str], other: tuple[str, str], decision: str | None
) -> None:
    shared = {"email": "someone@mail.example", "phone": "+74951234567"}
    names = [dict(zip(("given_name", "family_name"), name, strict=True)) for name in (one, other)]
    found = resolve(table(*(name | shared for name in names))).pairs
    assert found["decision"].tolist() == ([] if decision is None else [decision])


@pytest.mark.parametrize("count", [0, 1, 3])
def test_records_without_values_stay_alone(count: int) -> None:
    nothing = pd.DataFrame({"given_name": pd.array([None] * count, "str"), "city": pd.NA})
    found = resolve(nothing.astype("str"))
    assert found.clusters.tolist() == list(range(count))
    assert found.pairs.empty


def test_a_frame_without_columns_is_resolved() -> None:
    assert resolve(pd.DataFrame(index=range(3))).clusters.tolist() == [0, 1, 2]


def test_identical_records_are_one_if_they_say_enough_and_apart_if_not() -> None:
    full = resolve(table(*[person()] * 2000))
    assert full.clusters.unique().tolist() == [0]
    assert len(full.pairs) == 1999
    poor = resolve(table(*[{"given_name": "John"}] * 2000))
    assert poor.clusters.nunique() == 2000
    assert poor.pairs.empty


def test_ten_thousand_people_on_one_mailbox_are_bounded_and_apart() -> None:
    random = np.random.default_rng(0)
    letters = np.array(list("abcdefghiklmnoprstuvw"))

    def words(length: int) -> list[str]:
        return ["".join(w) for w in letters[random.integers(0, len(letters), (10_000, length))]]

    crowd = pd.DataFrame({"given_name": words(7), "family_name": words(9)}, dtype="str")
    crowd["email"] = "office@agency.com"
    crowd["phone"] = "+442079460000"
    found = resolve(crowd)
    assert found.clusters.nunique() > 9_990
    assert found.left_out["pairs"].sum() > 40_000_000
    assert set(found.left_out["key"]) >= {"e-mail", "phone"}


def test_weights_add_up_and_rows_are_in_order() -> None:
    found = resolve(table(person(), person(given_name="Bob"), person(given_name="Mary")))
    weights = found.pairs.filter(regex="^weight_")
    assert np.allclose(weights.sum(axis=1), found.pairs["weight"], atol=1e-3)
    assert (found.pairs["left"] < found.pairs["right"]).all()
    assert found.pairs.iloc[0]["decision"] == "match"
    levels = {c.removeprefix("level_") for c in found.pairs.filter(regex="^level_")}
    assert levels == {c.removeprefix("weight_") for c in weights}


def known(*rows: dict[str, str], contacts: list[int]) -> pd.DataFrame:
    frame = table(*rows)
    frame.index = pd.RangeIndex(-1, -1 - len(frame), -1)
    return frame.assign(contact=contacts)


def test_a_record_joins_the_contact_it_matches() -> None:
    stored = known(person(), person(given_name="Mary", email="mary@a.org"), contacts=[70, 71])
    found = resolve(table(person(given_name="Bob"), person(given_name="Zoe")), known=stored)
    assert found.contacts[0] == 70
    assert found.contacts.isna()[1]
    assert found.clusters.index.tolist() == [0, 1]


def test_a_record_joins_one_contact_at_most_and_contacts_stay_as_they_are() -> None:
    stored = known(person(), person(), person(given_name="Zoe"), contacts=[70, 71, 71])
    found = resolve(table(person()), known=stored)
    assert found.contacts[0] in (70, 71)
    alone = resolve(table(person(given_name="Mary", email="")), known=stored)
    assert alone.contacts.isna().all()


def test_judgements_outrank_weights() -> None:
    rows = table(person(), person(), person(given_name="Zoe"))
    assert resolve(rows, cannot_link=[(0, 1)]).clusters.nunique() == 3
    assert resolve(rows, must_link=[(0, 2)]).clusters.nunique() == 1  # noqa: PD101 - reads best beside its neighbours
    assert resolve(rows, must_link=[(0, 2)], cannot_link=[(1, 2)]).clusters.tolist() == [0, 1, 0]


def test_shared_labels_are_refused() -> None:
    stored = table(person()).assign(contact=1)
    with pytest.raises(ValueError, match="must not share index labels"):
        resolve(table(person()), known=stored)


def test_a_larger_population_asks_for_more_evidence() -> None:
    rows = table(person(phone="", street="", email=""), person(phone="", street="", email=""))
    small, large = resolve(rows), resolve(rows, population=50_000_000)
    assert small.pairs["weight"].max() > (large.pairs["weight"].max() if len(large.pairs) else -9)


def test_progress_is_told() -> None:
    steps: list[str] = []
    resolve(table(person()), progress=steps.append)
    assert steps == ["normalize", "block", "score", "cluster"]


NAMES = st.sampled_from(["Ann", "Anne", "Bob", "Robert", "Li", None])
FAMILIES = st.sampled_from(["Lee", "Li", "Okonkwo", "Okonkvo", None])
PHONES = st.sampled_from(["+12125550147", "+12125550148", None])
MAILS = st.sampled_from(["a.lee@x.org", "bob@okonkwo.net", None])
ROWS = st.lists(st.tuples(NAMES, FAMILIES, PHONES, MAILS), min_size=1, max_size=12)


def partition(found: Resolution, contents: list[tuple[str | None, ...]]) -> list[tuple[str, ...]]:
    """Clusters as sorted lists of what is in their rows."""
    groups = found.clusters.groupby(found.clusters).groups
    return sorted(tuple(sorted(str(contents[row]) for row in rows)) for rows in groups.values())


@settings(max_examples=25)
@given(rows=ROWS, random=st.randoms())
def test_the_order_of_rows_is_no_matter(rows, random) -> None:  # type: ignore[no-untyped-def] # strategies
    columns = ["given_name", "family_name", "phone", "email"]
    shuffled = random.sample(rows, len(rows))
    one = resolve(pd.DataFrame(rows, columns=columns).astype("str"))
    other = resolve(pd.DataFrame(shuffled, columns=columns).astype("str"))
    assert partition(one, rows) == partition(other, shuffled)


def test_a_contact_told_the_same_many_times_is_compared_once_and_found_again():
    known = table(*[person()] * 300).assign(contact=7)
    known.index = pd.RangeIndex(-300, 0)
    fresh = table(person(city="Boston"))
    problem = read_problem(pd.concat([fresh, known]), Rows.of(pd.concat([fresh, known])))
    assert sorted(problem.many) == [1, 300]
    resolution = resolve(fresh, known=known, population=301)
    assert resolution.contacts.tolist() == [7]
    assert len(resolution.pairs) == 1


def test_records_of_two_contacts_stay_two_however_equal_they_are():
    known = table(person(), person(), person()).assign(contact=[7, 7, 8])
    known.index = pd.RangeIndex(-3, 0)
    assert sorted(read_problem(known, Rows.of(known)).many) == [1, 2]
