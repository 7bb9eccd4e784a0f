import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dedupe.few_survivors import Member, survive_few
from dedupe.survivorship import (
    EVENT_FIELDS,
    GOLDEN_FIELDS,
    GROUPS,
    Group,
    PolicyError,
    SurvivorshipPolicy,
    golden,
)
from validators.fields import FIELDS

DEFAULTS = {"contact": 1, "trust": 0, "occurred_at": "2024-01-01T00:00:00Z"}


def frame(*records):
    """Records as a frame, labelled 0, 1, 2…; each gets a content hash of its own values."""
    rows = [{**DEFAULTS, "content_hash": repr(sorted(r.items())), **r} for r in records]
    columns = dict.fromkeys([*DEFAULTS, "content_hash", *(name for row in rows for name in row)])
    made = pd.DataFrame(rows, columns=list(columns))
    texts = [name for name in made if name not in {"contact", "trust"}]
    return made.astype(dict.fromkeys(texts, "str"))


def flags(records, **doubtful):
    """Which values are doubtful: field -> labels."""
    return pd.DataFrame({name: records.index.isin(rows) for name, rows in doubtful.items()})


def survivors(*records, doubtful=None, policy=None):
    """The golden values of the one contact, without blanks."""
    made = frame(*records)
    marks = flags(made, **doubtful) if doubtful else None
    (row,) = golden(made, marks, policy).fields.to_dict("records")
    return {name: value for name, value in row.items() if pd.notna(value)}


OLD, NEW = {"occurred_at": "2024-01-01T00:00:00Z"}, {"occurred_at": "2024-06-01T00:00:00Z"}


def test_a_contact_with_one_record_is_that_record():
    result = golden(frame({"given_name": "Ann", "company": "Acme", "notes": "Hello"}))
    assert result.fields.to_dict("index") == {1: {"given_name": "Ann", "company": "Acme"}}
    assert result.provenance.to_dict("records") == [{"contact": 1, "field": "*", "record": 0}]
    assert result.alternates.empty


def test_no_records_make_no_contacts():
    result = golden(frame({"given_name": "Ann", "email": "a@b.c"}).iloc[:0])
    parts = (result.fields, result.provenance, result.alternates, result.emails, result.phones)
    assert [len(part) for part in parts] == [0, 0, 0, 0, 0]


@pytest.mark.parametrize(
    ("records", "field", "survivor"),
    [
        pytest.param(
            [OLD | {"company": "Acme"}, NEW | {"company": None}],
            "company",
            "Acme",
            id="a blank never beats a value",
        ),
        pytest.param(
            [OLD | {"company": "Acme", "trust": 2}, NEW | {"company": "Bolt"}],
            "company",
            "Acme",
            id="the more trusted source first",
        ),
        pytest.param(
            [NEW | {"company": "Acme"}, OLD | {"company": "Bolt"}],
            "company",
            "Acme",
            id="then the more recent",
        ),
        pytest.param(
            [{"company": "Acme", "job_title": "CEO"}, {"company": "Bolt"}],
            "company",
            "Acme",
            id="then the more complete",
        ),
        pytest.param(
            [
                {"company": "Acme", "content_hash": "b"},
                {"company": "Bolt", "content_hash": "a"},
            ],
            "company",
            "Bolt",
            id="at last the content hash",
        ),
        pytest.param(
            [NEW | {"lead_source": "Ad"}, OLD | {"lead_source": "Fair"}],
            "lead_source",
            "Fair",
            id="the first touch stays",
        ),
        pytest.param(
            [OLD | {"do_not_call": "true"}, NEW | {"do_not_call": "false", "trust": 9}],
            "do_not_call",
            "true",
            id="the most restrictive flag wins",
        ),
        pytest.param(
            [OLD | {"email_opt_out": "false"}, NEW | {"email_opt_out": None}],
            "email_opt_out",
            "false",
            id="a flag nobody sets stays as it is",
        ),
        pytest.param(
            [OLD | {"email": None, "email_2": "a@b.c"}, NEW | {"email": None}],
            "email",
            "a@b.c",
            id="any e-mail is better than none",
        ),
        pytest.param(
            [OLD | {"email": "a@b.c"}, NEW | {"email_2": "d@e.f", "email": None}],
            "email",
            "a@b.c",
            id="a main e-mail beats a second one",
        ),
    ],
)
def test_which_value_survives(records, field, survivor):
    assert survivors(*records)[field] == survivor
    assert survivors(*reversed(records))[field] == survivor


def test_a_doubtful_value_never_beats_one_without_doubt():
    records = [OLD | {"company": "Acme"}, NEW | {"company": "asdf", "trust": 9}]
    assert survivors(*records, doubtful={"company": [1]})["company"] == "Acme"


def test_a_doubtful_value_beats_a_blank():
    records = [OLD | {"company": "asdf"}, NEW | {"company": None}]
    assert survivors(*records, doubtful={"company": [0]})["company"] == "asdf"


def test_a_restrictive_flag_holds_even_where_it_is_doubtful():
    records = [OLD | {"do_not_call": "true"}, NEW | {"do_not_call": "false"}]
    assert survivors(*records, doubtful={"do_not_call": [0]})["do_not_call"] == "true"


def test_an_address_survives_as_one():
    here = OLD | {"street": "1 Elm St", "city": "Salem", "postal_code": "01970"}
    there = NEW | {"street": "9 Oak Av", "city": "Boston"}
    assert survivors(here, there) == {"street": "9 Oak Av", "city": "Boston"}


def test_an_address_with_a_street_beats_a_newer_one_without():
    here = OLD | {"street": "1 Elm St", "city": "Salem"}
    assert survivors(here, NEW | {"city": "Boston"}) == {"street": "1 Elm St", "city": "Salem"}


def test_what_an_address_lacks_comes_from_one_that_does_not_contradict_it():
    whole = NEW | {"street": "1 Elm St", "city": "SALEM"}
    agreeing = OLD | {"street": "1 Elm St", "city": "Salem", "postal_code": "01970"}
    other = OLD | {"street": "9 Oak Av", "city": "Boston", "region": "MA"}
    assert survivors(other, whole, agreeing) == {
        "street": "1 Elm St",
        "city": "SALEM",
        "postal_code": "01970",
    }


def test_two_half_addresses_that_contradict_each_other_never_mix():
    records = [
        {"country": "US", "content_hash": "a"},
        {"city": "Boston", "country": "US", "region": "MA", "content_hash": "b"},
        {"city": "Paris", "postal_code": "75001", "content_hash": "c"},
    ]
    assert survivors(*(OLD | record for record in records)) == {
        "city": "Boston",
        "region": "MA",
        "country": "US",
    }


def test_first_and_last_name_survive_together():
    full = OLD | {"given_name": "Robert", "family_name": "Smith"}
    assert survivors(full, NEW | {"given_name": "Bob"}) == {
        "given_name": "Robert",
        "family_name": "Smith",
    }


def test_an_extension_stays_with_its_phone():
    office = OLD | {"phone": "+14155550100", "phone_ext": "12"}
    assert survivors(office, NEW | {"phone": "+14155550199"}) == {"phone": "+14155550199"}


def test_emails_and_phones_are_united_the_best_first():
    records = frame(
        OLD | {"email": "old@x.org", "email_2": "both@x.org", "phone": "+1", "mobile": "+2"},
        NEW | {"email": "both@x.org", "email_2": None, "phone": "+3", "mobile": "+2"},
    )
    result = golden(records)
    assert result.emails["value"].tolist() == ["both@x.org", "old@x.org"]
    assert result.emails["record"].tolist() == [1, 0]
    assert result.phones["value"].tolist() == ["+3", "+1", "+2"]


def test_a_doubtful_email_is_in_the_union_but_last():
    records = frame(OLD | {"email": "good@x.org"}, NEW | {"email": "bad@x.org"})
    result = golden(records, flags(records, email=[1]))
    assert result.emails["value"].tolist() == ["good@x.org", "bad@x.org"]
    assert result.fields["email"].tolist() == ["good@x.org"]


def test_losing_values_stay_as_alternates_with_their_record():
    records = frame(
        OLD | {"company": "Acme", "city": "Salem"},
        NEW | {"company": "Bolt", "city": "Salem"},
        OLD | {"company": "Acme", "job_title": "CEO"},
    )
    assert golden(records).alternates.to_dict("records") == [
        {"contact": 1, "field": "company", "value": "Acme", "record": 0}
    ]


def test_every_value_knows_its_record():
    records = frame(
        OLD | {"company": "Acme", "city": "Salem", "email": "a@x.org"},
        NEW | {"company": "Bolt", "city": None, "email": None},
        {"contact": 7, "company": "Coil"},
    )
    found = golden(records).provenance
    assert found.set_index(["contact", "field"])["record"].to_dict() == {
        (1, "city"): 0,
        (1, "company"): 1,
        (1, "email"): 0,
        (7, "*"): 2,
    }


def test_a_policy_may_rank_a_field_or_a_group_in_its_own_way():
    records = [OLD | {"company": "Acme", "city": "Salem"}, NEW | {"company": "B", "city": "Rome"}]
    policy = SurvivorshipPolicy(orders={"company": ("earliest",), "address": ("earliest",)})
    assert survivors(*records, policy=policy) == {"company": "Acme", "city": "Salem"}


@pytest.mark.parametrize(
    ("settings", "named"),
    [
        ({"order": ("loudness",)}, "survivorship.order.*loudness"),
        ({"orders": {"shoe_size": ("trust",)}}, "survivorship.shoe_size.*no such field"),
        ({"orders": {"company": ("luck",)}}, "survivorship.company.*luck"),
    ],
)
def test_a_policy_that_makes_no_sense_is_refused_by_name(settings, named):
    with pytest.raises(PolicyError, match=named):
        SurvivorshipPolicy(**settings)


def test_every_field_either_survives_or_is_known_to_belong_elsewhere():
    assert set(GOLDEN_FIELDS) <= set(FIELDS)
    assert set(FIELDS) - set(GOLDEN_FIELDS) - set(EVENT_FIELDS) == {"email_2", "email_3", "phone_2"}
    grouped = [name for group in GROUPS for name in group.fields]
    assert len(grouped) == len(set(grouped))
    assert all(
        isinstance(group, Group) and set(group.whole) <= set(group.fields) for group in GROUPS
    )


VALUES = {
    "given_name": ["Ann", "Anne"],
    "family_name": ["Lee", "Day"],
    "email": ["a@x.org", "b@x.org"],
    "email_2": ["b@x.org", "c@x.org"],
    "phone": ["+1", "+2"],
    "phone_ext": ["1", "2"],
    "street": ["1 Elm St", "9 Oak Av"],
    "city": ["Salem", "Boston"],
    "country": ["US", "DE"],
    "company": ["Acme", "Bolt"],
    "lead_source": ["Ad", "Fair"],
    "do_not_call": ["true", "false"],
}
RECORD = st.fixed_dictionaries(
    {
        "contact": st.integers(1, 3),
        "trust": st.integers(0, 1),
        "occurred_at": st.sampled_from(["2024-01-01T00:00:00Z", "2024-06-01T00:00:00Z"]),
        **{name: st.sampled_from([None, *values]) for name, values in VALUES.items()},
    }
)
READING = st.lists(RECORD, min_size=1, max_size=8)
LAWS = settings(max_examples=40)


def facts(result, content):
    """A golden result without labels: records are known by their content."""
    parts = {}
    for name in ("provenance", "alternates", "emails", "phones"):
        part = getattr(result, name)
        part = part.assign(record=part["record"].map(content))
        parts[name] = part.to_dict("records")
    return result.fields.astype(object).where(result.fields.notna(), None).to_dict("index"), parts


def numbered(records):
    """Give the second, third… of equal records a content of its own, as the store does."""
    counts: dict[str, int] = {}
    made = []
    for record in records:
        text = repr(sorted(record.items(), key=str))
        counts[text] = counts.get(text, -1) + 1
        made.append(record | {"content_hash": f"{text}#{counts[text]}"})
    return made


@LAWS
@given(READING, st.randoms(use_true_random=False))
def test_the_order_of_the_records_never_matters(records, random):
    ordered = numbered(records)
    shuffled = random.sample(ordered, len(ordered))
    one, other = frame(*ordered), frame(*shuffled)
    assert facts(golden(one), one["content_hash"]) == facts(golden(other), other["content_hash"])


@LAWS
@given(READING)
def test_the_same_record_once_more_changes_no_value(records):
    once, twice = frame(*numbered(records)), frame(*numbered(records + records))
    pd.testing.assert_frame_equal(golden(once).fields, golden(twice).fields)


@LAWS
@given(READING)
def test_contacts_do_not_influence_each_other(records):
    together = golden(frame(*numbered(records))).fields
    for contact, row in together.iterrows():
        own = [record for record in numbered(records) if record["contact"] == contact]
        alone = golden(frame(*own)).fields
        assert row.dropna().to_dict() == alone.loc[contact].dropna().to_dict()


@LAWS
@given(READING, st.sets(st.integers(0, 7)))
def test_blanks_and_doubts_never_win(records, doubted):
    made = frame(*numbered(records))
    result = golden(made, flags(made, company=list(doubted), email=list(doubted)))
    for contact, own in made.groupby("contact"):
        for field in ("company", "email", "lead_source", "do_not_call"):
            values = own[field].dropna()
            golden_value = result.fields.loc[contact, field]
            if field != "email":
                assert pd.isna(golden_value) == values.empty
            if field in {"company", "email"}:
                sure = values[~values.index.isin(doubted)]
                assert sure.empty or golden_value in set(sure)


@LAWS
@given(READING)
def test_every_survivor_and_every_alternate_is_somebodys_value(records):
    made = frame(*numbered(records))
    result = golden(made)
    sources = result.provenance.set_index(["contact", "field"])["record"].to_dict()
    for contact, row in result.fields.iterrows():
        for field, value in row.dropna().items():
            record = sources.get((contact, field), sources.get((contact, "*")))
            own = made.loc[record]
            names = ["email", "email_2"] if field == "email" else [field]
            assert own["contact"] == contact
            assert value in set(own[names].dropna())
    for line in result.alternates.itertuples():
        assert made.loc[line.record, line.field] == line.value
        assert result.fields.loc[line.contact, line.field] != line.value


def test_what_most_records_say_wins_where_frequency_comes_first():
    records = pd.DataFrame(
        {
            "contact": 1,
            "trust": [9, 0, 0, 0],
            "occurred_at": ["2024-04-01", "2024-03-01", "2024-02-01", "2024-01-01"],
            "content_hash": list("abcd"),
            "city": ["Bonn", "salem", "Salem", None],
        },
        index=range(4),
    )
    policy = SurvivorshipPolicy(orders={"address": ("frequency", "recency")})
    assert golden(records, policy=policy).fields["city"].tolist() == ["salem"]
    assert golden(records).fields["city"].tolist() == ["Bonn"]


@pytest.mark.parametrize(
    "group",
    [
        Group("shoes", ("shoe_size",), ()),
        Group("more", ("city", "industry"), ()),
        Group("mail", ("email",), ()),
    ],
)
def test_a_group_of_what_cannot_be_grouped_is_refused(group):
    with pytest.raises(PolicyError, match=f"survivorship.groups.{group.name}"):
        SurvivorshipPolicy(groups=(*GROUPS, group))


ALL = {
    **VALUES,
    "middle_name": ["B", "b", "Bea"],
    "full_name": ["Ann Lee", "ann lee"],
    "email_3": ["a@x.org", "d@x.org"],
    "mobile": ["+3", "+1"],
    "phone_2": ["+2", "+4"],
    "email_opt_out": ["true", "false"],
    "notes": ["rang", ""],
    "attributes.shoe": ["41", "42"],
    "attributes.hat": ["M"],
}
ANY_RECORD = st.fixed_dictionaries(
    {
        "contact": st.integers(1, 3),
        "trust": st.integers(0, 1),
        "occurred_at": st.sampled_from([None, "2024-01-01T00:00:00Z", "2024-06-01T00:00:00Z"]),
        "content_hash": st.sampled_from(["a", "b", "c"]),
        "doubts": st.frozensets(st.sampled_from(sorted(name for name in ALL if "." not in name))),
    },
    optional={name: st.sampled_from([None, *values]) for name, values in ALL.items()},
)
ORDER = st.permutations(["trust", "recency", "completeness", "frequency", "earliest"]).flatmap(
    lambda order: st.integers(0, 5).map(lambda size: tuple(order[:size]))
)
POLICIES = st.builds(
    lambda order, orders: SurvivorshipPolicy(order=order, orders=orders),
    ORDER,
    st.dictionaries(
        st.sampled_from(["name", "address", "phone", "company", "lead_source", "attributes.shoe"]),
        ORDER,
    ),
)


def by_columns(records, policy):
    """The golden records, computed column by column, as `survive_few` tells of them."""
    made = frame(*({k: v for k, v in each.items() if k != "doubts"} for each in records))
    doubts = {name for each in records for name in each["doubts"]}
    marks = {n: [label for label, r in enumerate(records) if n in r["doubts"]] for n in doubts}
    result = golden(made, flags(made, **marks) if marks else None, policy)
    told = {}
    for contact, row in result.fields.iterrows():
        own = {
            name: getattr(result, name)[getattr(result, name)["contact"] == contact]
            for name in ("provenance", "alternates", "emails", "phones")
        }
        lost: dict[str, list[tuple[str, int]]] = {}
        for line in own["alternates"].itertuples():
            lost.setdefault(line.field, []).append((line.value, line.record))
        told[contact] = (
            list(row.dropna().items()),
            list(zip(own["provenance"]["field"], own["provenance"]["record"], strict=True)),
            list(lost.items()),
            *(
                list(zip(own[name]["value"], own[name]["record"], strict=True))
                for name in ("emails", "phones")
            ),
        )
    return told


def by_rows(records, policy):
    """The same of `survive_few`."""
    about = {"contact", "trust", "occurred_at", "content_hash", "doubts"}
    members = [
        Member(
            label,
            each["contact"],
            each["trust"],
            each["occurred_at"],
            each["content_hash"],
            {k: v for k, v in each.items() if k not in about and v is not None},
            each["doubts"],
        )
        for label, each in enumerate(records)
    ]
    return {
        contact: (
            list(one.texts.items()),
            list(one.provenance.items()),
            list(one.alternates.items()),
            list(one.emails),
            list(one.phones),
        )
        for contact, one in survive_few(members, policy).items()
    }


@settings(max_examples=50)
@given(st.lists(ANY_RECORD, min_size=1, max_size=7), POLICIES)
def test_few_records_survive_row_by_row_as_they_do_column_by_column(records, policy):
    assert by_rows(records, policy) == by_columns(records, policy)


def test_what_other_contacts_fill_makes_no_difference():
    own = [NEW | {"middle_name": "B"}, OLD | {"middle_name": "C", "family_name": "Lee"}]
    other = {"contact": 2, "given_name": "Cy", "family_name": "Day"}
    for result in (golden(frame(*own)), golden(frame(*own, other))):
        assert result.fields.loc[1].dropna().to_dict() == {"middle_name": "B"}
