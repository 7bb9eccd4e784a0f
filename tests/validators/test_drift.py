"""Profiles hold no one's data, and a batch is held against those before it."""

import json

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from validators.drift import find_drift
from validators.issues import TABLE_ROW, empty_issues, make_issues, message
from validators.profile import Profile, profile_rows

FIELDS = {"Email": "email", "Country": "country", "Stage": "lead_status", "Notes": "notes"}


def batch(rows=300, **columns):
    """A batch that is like all others, but for the columns given."""
    usual = {
        "Email": [f"person{n}@mail{n % 7}.example" for n in range(rows)],
        "Country": ["US" if n % 3 else "DE" for n in range(rows)],
        "Stage": [("new", "open", "won")[n % 3] for n in range(rows)],
        "Notes": [f"note {n}" if n % 4 else None for n in range(rows)],
    }
    return pd.DataFrame({**usual, **columns}).dropna(axis=1, how="all").astype("str")


def profile(frame, issues=None):
    return profile_rows(frame, FIELDS, empty_issues() if issues is None else issues)


def test_a_column_is_profiled_by_its_numbers():
    column = profile(pd.DataFrame({"Notes": ["a", "bbb", None, "a"]}, dtype="str")).columns["Notes"]
    assert (column.filled, column.looked_at, column.distinct) == (3, 3, 2)
    assert (column.shortest, column.longest, column.mean_length) == (1, 3, 1.67)


def test_only_values_that_name_nobody_and_are_shared_are_kept():
    frame = batch(Stage=["new"] * 299 + ["Ann Smith wants to talk"])
    found = profile(frame)
    assert found.columns["Country"].shares == {"US": 0.6667, "DE": 0.3333}
    assert found.columns["Stage"].shares == {"new": 0.9967}
    kept = json.dumps(found.as_dict())
    assert "person" not in kept
    assert "note " not in kept
    assert "Ann" not in kept


def test_a_profile_survives_being_written_down():
    found = profile(batch(), make_issues([(0, "email", "email.invalid", "x", None)]))
    assert Profile.from_dict(json.loads(json.dumps(found.as_dict()))) == found


def test_of_very_many_rows_every_nth_is_looked_at():
    rows = 250_000
    frame = pd.DataFrame({"Email": [f"p{n}" for n in range(rows)]}, dtype="str")
    column = profile(frame).columns["Email"]
    assert (column.filled, column.looked_at, column.distinct) == (rows, 83_334, 83_334)


DRIFTS = [
    ("drift.null_rate", {"Email": [None if n % 2 else f"p{n}@x.example" for n in range(300)]}),
    ("drift.length", {"Notes": ["a note that is quite a lot longer than before"] * 300}),
    ("drift.distinct", {"Email": ["always@the.example"] * 300}),
    ("drift.values", {"Country": ["FR"] * 300}),
    ("drift.columns", {"Extra": ["x"] * 300}),
    ("drift.columns", {"Stage": [None] * 300}),
]


@pytest.mark.parametrize(("code", "columns"), DRIFTS)
def test_a_sudden_change_is_an_issue_of_the_table(code, columns):
    found = find_drift(profile(batch(**columns)), [profile(batch())])
    assert code in set(found["code"])
    assert set(found["row"]) == {TABLE_ROW}
    assert set(found["severity"]) == {"warning"}


def test_an_issue_that_rises_is_told_by_its_code():
    bad = make_issues([(row, "email", "email.invalid", "x", None) for row in range(60)])
    found = find_drift(profile(batch(), bad), [profile(batch())])
    [line] = found.itertuples()
    said = message(line.code, None, line.before, line.after)
    assert said.endswith("earlier batches: email.invalid in 0% of the rows before, 20% now.")


def test_fewer_issues_than_before_are_no_drift():
    bad = make_issues([(row, "email", "email.invalid", "x", None) for row in range(60)])
    assert find_drift(profile(batch()), [profile(batch(), bad)]).empty


def test_a_volume_far_from_the_usual_is_an_issue():
    usual = [profile(batch(rows)) for rows in (900, 1000, 1100)]
    assert list(find_drift(profile(batch(100)), usual)["code"]) == ["drift.rows"]
    assert find_drift(profile(batch(100)), usual[:2]).empty


@pytest.mark.parametrize("earlier", [[], [profile(batch())]])
def test_nothing_is_said_without_a_past_or_with_few_rows(earlier):
    few = batch(20, Country=["FR"] * 20)
    assert find_drift(profile(few), earlier).empty
    assert find_drift(profile(batch()), []).empty


@settings(max_examples=30)
@given(st.integers(0, 10_000), st.integers(150, 400))
def test_two_samples_of_one_source_do_not_drift(seed, rows):
    world = batch(2_000)
    one, other = (world.sample(rows, random_state=seed + turn) for turn in (0, 1))
    assert find_drift(profile(one), [profile(other)]).empty
