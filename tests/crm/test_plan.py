import json

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crm.batch import BatchInput, Incoming, Mark, Matching, Seen
from crm.chunks import cut
from crm.content_hash import content_hashes
from crm.plan import FATES, plan
from dedupe.explanation import explain_pair
from dedupe.keys import blocking_keys
from dedupe.model import shipped_model
from dedupe.resolution import Resolution
from validators.issues import CATALOG, doubtful_codes, make_issues

PAIR = ["left", "right", "weight", "decision"]


def records(count, **columns):
    names = {"given_name": [f"Name{n}" for n in range(count)]}
    return pd.DataFrame(names | columns, index=range(count)).astype("str")


def stored(*contacts):
    """Make candidates: record -1 of the first contact, -2 of the second…."""
    count = len(contacts)
    return pd.DataFrame(
        {
            "contact": contacts,
            "source_record": range(1, count + 1),
            "trust": 0,
            "occurred_at": "2024-01-01T00:00:00Z",
            "content_hash": [f"stored{n}" for n in range(count)],
            "doubtful": pd.Series([None] * count, dtype="str"),
            "family_name": [f"Stored{n}" for n in range(count)],
        },
        index=[-n for n in range(1, count + 1)],
    ).astype({"contact": "int64"})


def resolution(clusters, pairs=(), contacts=()):
    """Clusters and contacts by row; pairs as (left, right, weight, decision)."""
    frame = pd.DataFrame(list(pairs), columns=PAIR).astype({"weight": "float32"})
    frame[["left", "right"]] = frame[["left", "right"]].astype("int64")
    frame = frame.assign(level_email=2, weight_email=frame["weight"])
    rows = pd.Series(clusters, dtype="int64")
    known = pd.Series(dict(contacts), dtype="Int64").reindex(rows.index)
    return Resolution(rows, frame, pd.DataFrame(), "test", known, shipped_model())


def seen_rows(**rows):
    """Rows seen before: row -> (batch, fate, resumed)."""
    frame = pd.DataFrame.from_dict(rows, orient="index", columns=["batch", "fate", "resumed"])
    frame = frame.astype({"batch": "int64", "fate": "str", "resumed": "bool"})
    frame.index = frame.index.astype("int64")
    return Seen(frame, None, "2024-06-01T00:00:00Z", Mark(0, 0))


NOTHING_SEEN = seen_rows()


class Made:
    """A plan, and what the one chunk of so few rows holds."""

    def __init__(self, made):
        self.fates, self.counts = made.fates, made.counts
        (chunk,) = cut(made) if made.chunks else (None,)
        for name in ("records", "quarantine", "issues", "review", "golden", "keys"):
            setattr(self, name, getattr(chunk, name, None))


def make(raw, resolved, candidates=None, *, seen=NOTHING_SEEN, bad=(), hold=False, issues=()):
    loading = raw.index.difference(seen.rows.index).difference(list(bad))
    incoming = Incoming(
        raw=raw,
        places=pd.DataFrame({"file": "f.csv", "sheet": None, "line": raw.index + 2}, raw.index),
        hashes=content_hashes(raw),
        records=raw,
        issues=make_issues(issues),
        quarantined=pd.Index(bad, dtype="int64"),
        keys=blocking_keys(raw.loc[loading]),
    )
    batch = BatchInput("web", "h", on_possible_match="hold" if hold else "review")
    known = stored() if candidates is None else candidates
    return Made(plan(batch, incoming, Matching(resolved, known), seen))


def test_the_first_row_of_a_new_person_creates_and_the_others_merge():
    pairs = [(0, 2, 9.0, "match")]
    made = make(records(3), resolution({0: 0, 1: 1, 2: 0}, pairs))
    assert made.fates.tolist() == ["created", "created", "merged"]
    assert made.records["contact"].tolist() == [-1, -2, -1]
    assert made.records["matched"].tolist()[2] == 0


def test_a_row_of_a_known_person_merges_into_the_contact():
    pairs = [(-1, 1, 9.0, "match")]
    made = make(records(2), resolution({0: 0, 1: 1}, pairs, {1: 7}), stored(7))
    assert made.fates.tolist() == ["created", "merged"]
    assert made.records.loc[1, ["contact", "matched"]].tolist() == [7, -1]
    assert made.golden.contacts.golden.loc[7, ["given_name", "family_name"]].tolist() == [
        "Name1",
        "Stored0",
    ]


CODE = min(CATALOG)
POSSIBLE = [(0, 1, 3.0, "possible")]
KNOWN_POSSIBLE = [(-1, 0, 3.0, "possible")]
BOTH = [(-2, 0, 9.0, "match"), (-1, 0, 3.0, "possible")]


@pytest.mark.parametrize(
    ("case", "hold", "fates", "review"),
    [
        ((POSSIBLE, {}), False, ["created", "created"], [(0, 1)]),
        ((POSSIBLE, {}), True, ["held", "held"], [(0, 1)]),
        ((KNOWN_POSSIBLE, {}), False, ["created", "created"], [(-1, 0)]),
        ((KNOWN_POSSIBLE, {}), True, ["held", "created"], [(-1, 0)]),
        ((BOTH, {0: 8}), False, ["merged", "created"], [(-1, 0)]),
        ((BOTH, {0: 8}), True, ["merged", "created"], [(-1, 0)]),
    ],
)
def test_what_becomes_of_a_possible_match(case, hold, fates, review):
    pairs, contacts = case
    resolved = resolution({0: 0, 1: 1}, pairs, contacts)
    made = make(records(2), resolved, stored(7, 8), hold=hold)
    assert made.fates.tolist() == fates
    assert list(zip(made.review["left"], made.review["right"], strict=True)) == review
    assert made.counts["review"] == len(review)


def test_a_held_person_is_no_contact_and_has_no_keys():
    raw = records(3, email=[f"name{n}@x.org" for n in range(3)])
    made = make(raw, resolution({0: 0, 1: 1, 2: 2}, POSSIBLE), hold=True)
    assert made.golden.contacts.golden["email"].tolist() == ["name2@x.org"]
    assert made.golden.contacts.golden.index.tolist() == made.keys["contact"].unique().tolist()


def test_two_persons_are_queued_once_with_their_heaviest_pair():
    pairs = [(0, 1, 9.0, "match"), (0, 2, 2.0, "possible"), (1, 2, 4.0, "possible")]
    made = make(records(3), resolution({0: 0, 1: 0, 2: 2}, pairs))
    assert made.review[["left", "right", "weight"]].to_numpy().tolist() == [[1, 2, 4.0]]


def test_the_evidence_says_what_was_compared():
    resolved = resolution({0: 0, 1: 0}, [(0, 1, 9.0, "match")])
    made = make(records(2), resolved)
    (line,) = explain_pair(resolved.pairs.iloc[0].to_dict()).lines
    assert json.loads(made.records.loc[1, "evidence"]) == [
        {"comparison": "email", "level": line.level, "weight": 9.0, "words": line.words}
    ]
    assert made.records.loc[1, "weight"] == 9.0


def test_a_row_that_equals_another_and_was_not_weighed_is_tied_to_it():
    raw = records(3, given_name=["Ann", "Bo", "ANN"])
    made = make(raw, resolution({0: 0, 1: 0, 2: 0}, [(0, 1, 9.0, "match")]))
    assert made.records["matched"].tolist()[1:] == [0, 0]
    assert json.loads(made.records.loc[2, "evidence"])[0]["level"] == "identical"


def test_a_row_that_others_brought_along_says_so():
    made = make(records(2), resolution({0: 0, 1: 0}))
    assert made.records.loc[1, "matched"] == 0
    assert json.loads(made.records.loc[1, "evidence"])[0]["level"] == "indirect"


def test_seen_rows_keep_their_fate_where_a_batch_is_resumed():
    seen = seen_rows(
        **{"0": (1, "created", True), "1": (1, "quarantined", True), "2": (9, "merged", False)}
    )
    made = make(records(4), resolution({3: 3}), seen=seen)
    assert made.fates.tolist() == ["created", "quarantined", "already_seen", "created"]
    assert made.records.index.tolist() == [3]


def test_a_doubtful_value_is_remembered_and_loses():
    raw = records(2, company=["Acme", "asdf"], occurred_at=["2024-01-01", "2024-02-01"])
    issues = [(1, "company", min(doubtful_codes()), "asdf", None)]
    made = make(raw, resolution({0: 0, 1: 0}), issues=issues)
    assert made.records.loc[1, "doubtful"] == '["company"]'
    assert made.golden.contacts.golden["company"].tolist() == ["Acme"]


def test_planning_changes_none_of_its_inputs():
    raw, candidates = records(2), stored(7)
    resolved = resolution({0: 0, 1: 1}, [(-1, 1, 9.0, "match")], {1: 7})
    before = raw.copy(), candidates.copy(), resolved.pairs.copy(), resolved.clusters.copy()
    make(raw, resolved, candidates)
    after = raw, candidates, resolved.pairs, resolved.clusters
    assert all(one.equals(other) for one, other in zip(before, after, strict=True))


def test_a_row_nobody_resolved_is_a_mistake_of_the_caller():
    with pytest.raises(ValueError, match="must be resolved"):
        make(records(2), resolution({0: 0}))


def test_findings_travel_with_their_row_and_those_of_the_table_once():
    issues = [
        (-1, None, CODE, None, None),
        (0, "email", CODE, "a", "b"),
        (1, None, CODE, None, None),
    ]
    made = make(records(2), resolution({0: 0}), bad=[1], issues=issues)
    assert made.issues["row"].tolist() == [-1, 0, 1]
    seen = seen_rows(**{"0": (1, "created", True)})
    again = make(
        records(2),
        resolution({}),
        seen=Seen(seen.rows, 1, seen.imported_at, seen.mark),
        bad=[1],
        issues=issues,
    )
    assert again.issues["row"].tolist() == [1]


@settings(max_examples=25)
@given(st.data())
def test_every_row_has_one_fate_and_the_counts_add_up(data):
    count = data.draw(st.integers(0, 12))
    rows = st.integers(0, max(count - 1, 0))
    bad = sorted(data.draw(st.sets(rows, max_size=count)))
    seen = {
        str(row): (
            1,
            data.draw(st.sampled_from(["created", "merged", "held"])),
            data.draw(st.booleans()),
        )
        for row in data.draw(st.sets(rows, max_size=count))
        if row < count
    }
    bad = [row for row in bad if row < count]
    loading = [row for row in range(count) if str(row) not in seen and row not in bad]
    clusters = {
        row: data.draw(st.sampled_from(loading[: loading.index(row) + 1])) for row in loading
    }
    clusters = {row: clusters[label] for row, label in clusters.items()}
    pairs = [
        (a, b, 5.0, "match" if clusters[a] == clusters[b] else "possible")
        for a in loading
        for b in loading
        if a < b and data.draw(st.booleans())
    ]
    made = make(
        records(count),
        resolution(clusters, pairs),
        seen=seen_rows(**seen),
        bad=bad,
        hold=data.draw(st.booleans()),
    )
    assert made.counts["rows_in"] == sum(made.counts[fate] for fate in FATES) == count
    assert made.fates.index.tolist() == list(range(count))
    if made.records is None:
        assert len(seen) == count
        return
    written = {*made.records.index, *made.quarantine.index}
    assert written == set(range(count)) - {int(row) for row in seen}
    live = made.records[made.records["fate"] != "held"]
    assert set(live["contact"]) == set(made.golden.contacts.golden.index)
    check_ties(live)


def check_ties(live):
    """Following `matched` from any row of a new person ends at the row that created it."""
    for row in live.index:
        here, passed = row, set()
        while live.loc[here, "fate"] != "created":
            assert here not in passed
            passed.add(here)
            here = int(live.loc[here, "matched"])
            assert live.loc[here, "contact"] == live.loc[row, "contact"]
