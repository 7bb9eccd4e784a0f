"""The pairs of a batch, read in chunks."""

import pandas as pd
import pytest

from reports.matches import gather_pairs


@pytest.fixture
def many(matches) -> pd.DataFrame:
    """Nine pairs of different weight, one without; every third waits for review."""
    pairs = pd.concat([matches] * 9, ignore_index=True)
    pairs["weight"] = [12.5, 30.0, 3.0, 8.25, 9.0, 2.0, 44.0, None, 1.0]
    pairs["record"] = range(9)
    pairs["decision"] = ["merged", "merged", "review"] * 3
    return pairs


def test_the_weakest_merges_and_the_strongest_possible_matches_come_first(many):
    pairs = gather_pairs([many], 2)
    assert [match.weight for match in pairs.merged.shown] == [8.25, 9.0]
    assert [match.weight for match in pairs.review.shown] == [3.0, 2.0]
    assert (pairs.merged.total, pairs.review.total) == (6, 3)


def test_pairs_that_were_not_weighed_come_last(many):
    assert gather_pairs([many], 99).merged.shown[-1].weight is None


def test_weights_are_counted_in_whole_bits(many):
    assert gather_pairs([many], 1).weights == {
        "merged": {12: 1, 30: 1, 8: 1, 9: 1, 44: 1},
        "review": {3: 1, 2: 1, 1: 1},
    }


@pytest.mark.parametrize("size", [1, 2, 4, 9])
def test_it_does_not_matter_how_the_pairs_are_cut(many, size):
    whole = gather_pairs([many], 3)
    cut = gather_pairs([many[at : at + size] for at in range(0, 9, size)], 3)
    assert (cut.review, cut.merged, cut.weights) == (whole.review, whole.merged, whole.weights)
    pd.testing.assert_frame_equal(cut.table, whole.table)


def test_no_pairs_are_no_table():
    pairs = gather_pairs([], 3)
    assert pairs.merged.total == pairs.review.total == 0
    assert pairs.table.empty


def test_a_record_that_is_gone_leaves_its_side_empty(matches):
    gone = matches.assign(other_values=[None], other_record=None, other_contact=None)
    (match,) = gather_pairs([gone], 1).merged.shown
    assert match.other_name == "no name"
    assert match.other_record is None
