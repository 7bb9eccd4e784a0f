"""Quality of a clustering: known cases by hand, any case against a count of every pair."""

from itertools import combinations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.metrics import Quality, measure_quality

LABELS = st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), max_size=25)


@pytest.mark.parametrize(
    ("truth", "found", "expected"),
    [
        ("aabb", "xxyy", (1, 1, 1, 1)),
        ("aabb", "xyzw", (1, 0, 1, 1 / 2)),
        ("abcd", "xxxx", (0, 1, 1 / 4, 1)),
        ("aabb", "xxxx", (2 / 6, 1, 1 / 2, 1)),
        ("aaab", "xxyy", (1 / 2, 1 / 3, 3 / 4, 2 / 3)),
        ("abc", "xyz", (1, 1, 1, 1)),
        ("", "", (1, 1, 1, 1)),
    ],
)
def test_small_cases_agree_with_a_count_by_hand(truth, found, expected):
    quality = measure_quality(list(truth), list(found))
    shares = (
        quality.precision,
        quality.recall,
        quality.bcubed_precision,
        quality.bcubed_recall,
    )
    assert shares == pytest.approx(expected)


def test_f1_is_the_harmonic_mean_and_nothing_right_is_nothing():
    quality = Quality(precision=0.5, recall=1, bcubed_precision=0, bcubed_recall=0)
    assert quality.f1 == pytest.approx(2 / 3)
    assert quality.bcubed_f1 == 0


def test_rows_of_unknown_truth_do_not_count():
    truth = pd.Series(["a", "a", None, "b"])
    assert measure_quality(truth, ["x", "x", "x", "y"]) == Quality(1, 1, 1, 1)


def test_a_row_without_a_cluster_stands_alone():
    found = pd.Series(["x", "x", None, None])
    assert measure_quality(["a", "a", "b", "c"], found) == Quality(1, 1, 1, 1)


def test_the_kind_of_label_does_not_matter():
    numbers, texts = [7, 7, 9], ["7", "7", "9"]
    assert measure_quality(numbers, texts) == Quality(1, 1, 1, 1)


@given(LABELS)
def test_shares_agree_with_a_count_of_every_pair(rows):
    truth, found = [entity for entity, _ in rows], [cluster for _, cluster in rows]
    quality = measure_quality(truth, found)
    pairs = list(combinations(range(len(rows)), 2))
    true = {(i, j) for i, j in pairs if truth[i] == truth[j]}
    claimed = {(i, j) for i, j in pairs if found[i] == found[j]}
    right = len(true & claimed)
    assert quality.precision == (right / len(claimed) if claimed else 1)
    assert quality.recall == (right / len(true) if true else 1)


@given(LABELS.filter(bool))
def test_b_cubed_agrees_with_its_definition(rows):
    truth, found = [entity for entity, _ in rows], [cluster for _, cluster in rows]
    quality = measure_quality(truth, found)
    precision = [_overlap(rows, row) / found.count(row[1]) for row in rows]
    recall = [_overlap(rows, row) / truth.count(row[0]) for row in rows]
    assert quality.bcubed_precision == pytest.approx(sum(precision) / len(rows))
    assert quality.bcubed_recall == pytest.approx(sum(recall) / len(rows))


@given(LABELS, st.permutations(range(6)))
def test_the_names_of_clusters_do_not_matter(rows, names):
    truth, found = [entity for entity, _ in rows], [cluster for _, cluster in rows]
    renamed = [names[cluster] for cluster in found]
    assert measure_quality(truth, renamed) == measure_quality(truth, found)


def _overlap(rows, row):
    """How many rows share both the entity and the cluster of this one."""
    return rows.count(row)
