"""Plots say what the numbers say, and every mark lies inside its drawing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.model import FATES, Reason
from reports.plots import bar_width, draw_histogram, draw_waterfall, stack_fates

counts = st.fixed_dictionaries({fate: st.integers(0, 10**7) for fate in FATES})
bits = st.floats(-40, 60, allow_nan=False).map(lambda weight: round(weight, 3))


@given(counts)
def test_the_fates_fill_the_bar_side_by_side(counts):
    marks = stack_fates(counts)
    assert [mark.key for mark in marks] == list(FATES)
    assert [mark.count for mark in marks] == [counts[fate] for fate in FATES]
    edge = 0.0
    for mark in marks:
        assert mark.x == pytest.approx(edge)
        assert (mark.width > 0) == (mark.count > 0)
        edge += mark.width
    assert edge == pytest.approx(100 if sum(counts.values()) else 0)


def test_a_single_row_among_millions_can_be_seen():
    counts = dict.fromkeys(FATES, 0) | {"created": 9_999_999, "quarantined": 1}
    quarantined = next(mark for mark in stack_fates(counts) if mark.key == "quarantined")
    assert quarantined.width > 0.5
    assert quarantined.share < 0.001


@pytest.mark.parametrize(
    ("count", "most", "width"),
    [(5, 10, 50), (10, 10, 100), (1, 10_000, 0.6), (0, 10, 0), (0, 0, 0)],
)
def test_bars_are_in_proportion_and_never_too_thin_to_see(count, most, width):
    assert bar_width(count, most) == pytest.approx(width)


@given(st.lists(bits, max_size=8))
def test_the_steps_of_a_waterfall_add_up_to_its_total_inside_the_drawing(weights):
    reasons = [Reason("c", "w", weight) for weight in weights]
    fall = draw_waterfall(reasons, sum(weights))
    assert sum(step.weight for step in fall.steps) == pytest.approx(sum(weights), abs=0.05)
    for step in (*fall.steps, fall.total):
        assert step.x >= -0.001
        assert step.x + step.width <= 100.001 + 0.6
    assert -0.001 <= fall.zero <= 100.001


def test_reasons_too_small_to_be_told_are_told_together():
    fall = draw_waterfall([Reason("email", "same e-mail", 10.0)], 9.5)
    assert [step.words for step in fall.steps] == ["same e-mail", "smaller differences together"]
    assert fall.steps[-1].weight == pytest.approx(-0.5)


def test_a_reason_that_was_not_weighed_is_no_step():
    assert draw_waterfall([Reason("record", "identical", None)], 0.0).steps == ()


bars = st.dictionaries(st.integers(-40, 90), st.integers(1, 10**6))


@given(bars, bars)
def test_every_pair_is_in_one_column_of_the_histogram(merged, review):
    drawn = draw_histogram({"merged": merged, "review": review})
    if not merged and not review:
        assert drawn is None
        return
    assert drawn is not None
    assert len(drawn.bins) <= 40
    for key, weights in (("merged", merged), ("review", review)):
        parts = [part for column in drawn.bins for part in column.parts if part.key == key]
        assert sum(part.count for part in parts) == sum(weights.values())
        assert all(part.y >= -0.001 and part.y + part.height <= 100.001 for part in parts)
    heights = [sum(part.count for part in column.parts) for column in drawn.bins]
    assert max(heights) == drawn.tallest
