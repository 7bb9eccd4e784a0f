"""Where the marks of the plots go, in per cent of their drawing; the templates draw them as SVG.

Positions in per cent let a plot be as wide as its page, a phone's or a sheet of paper, while the
text beside it keeps its size.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil

from reports.model import FATES, Reason

# A mark thinner than this cannot be seen.
_THINNEST = 0.6
_MOST_BINS = 40


@dataclass(frozen=True)
class Mark:
    """A horizontal bar: its left edge and width in per cent, and what it stands for."""

    key: str
    count: int
    share: float
    x: float
    width: float


@dataclass(frozen=True)
class Step:
    """One step of a waterfall: the bar between the sums before and after it."""

    words: str
    weight: float
    x: float
    width: float


@dataclass(frozen=True)
class Waterfall:
    """The steps, the bar of the total, and where zero lies."""

    steps: tuple[Step, ...]
    total: Step
    zero: float


@dataclass(frozen=True)
class Part:
    """A part of a column: its top edge and height in per cent, and what it stands for."""

    key: str
    count: int
    y: float
    height: float


@dataclass(frozen=True)
class Bin:
    """One column of a histogram, from `low` bits to below `high`; its parts stand on each other."""

    low: int
    high: int
    x: float
    width: float
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class Histogram:
    """Columns over bits, from `low` to `high`; `tallest` is the count of the highest column."""

    bins: tuple[Bin, ...]
    low: int
    high: int
    tallest: int


def stack_fates(counts: Mapping[str, int]) -> tuple[Mark, ...]:
    """The fates of all rows as one bar of 100 %; a fate no row met has no width."""
    total = sum(counts[fate] for fate in FATES)
    shares = [100 * counts[fate] / total if total else 0.0 for fate in FATES]
    # Thin marks are widened to be seen, at the expense of the others.
    widths = [max(share, _THINNEST) if share else 0.0 for share in shares]
    scale = 100 / (sum(widths) or 1)
    marks, x = [], 0.0
    for fate, share, width in zip(FATES, shares, widths, strict=True):
        marks.append(Mark(fate, counts[fate], share, x, width * scale))
        x += width * scale
    return tuple(marks)


def bar_width(count: float, most: float) -> float:
    """The width of a bar among others of which the longest stands for `most`."""
    return max(100 * count / most, _THINNEST) if count and most else 0.0


def draw_waterfall(reasons: Sequence[Reason], weight: float) -> Waterfall:
    """From zero to the weight of a pair, one reason after the other.

    Where reasons too small to be told leave a gap, one more step closes it.
    """
    steps = [(reason.words, reason.weight) for reason in reasons if reason.weight is not None]
    gap = weight - sum(change for _, change in steps)
    if abs(gap) >= 0.05:
        steps.append(("smaller differences together", gap))
    sums = [0.0]
    for _, change in steps:
        sums.append(sums[-1] + change)
    low, high = min(sums), max(sums)
    span = (high - low) or 1.0

    def place(start: float, end: float) -> tuple[float, float]:
        return 100 * (min(start, end) - low) / span, max(100 * abs(end - start) / span, _THINNEST)

    drawn = [
        Step(words, change, *place(sums[number], sums[number + 1]))
        for number, (words, change) in enumerate(steps)
    ]
    return Waterfall(tuple(drawn), Step("together", weight, *place(0, weight)), -100 * low / span)


def draw_histogram(weights: Mapping[str, Mapping[int, int]]) -> Histogram | None:
    """How many pairs have which weight in whole bits, by decision; None without any pair."""
    every = [bits for counts in weights.values() for bits in counts]
    if not every:
        return None
    low, high = min(every), max(every) + 1
    step = ceil((high - low) / _MOST_BINS)
    edges = range(low, high, step)
    counts = {
        key: [sum(pairs.get(bits, 0) for bits in range(edge, edge + step)) for edge in edges]
        for key, pairs in weights.items()
    }
    tallest = max(sum(column) for column in zip(*counts.values(), strict=True))
    width = 100 / len(edges)
    bins = tuple(
        Bin(edge, edge + step, number * width, width, _stack(counts, number, tallest))
        for number, edge in enumerate(edges)
    )
    return Histogram(bins, low, edges[-1] + step, tallest)


def _stack(counts: Mapping[str, Sequence[int]], number: int, tallest: int) -> tuple[Part, ...]:
    """The parts of one column, upwards from its foot."""
    parts, top = [], 100.0
    for key, columns in counts.items():
        height = 100 * columns[number] / tallest
        top -= height
        parts.append(Part(key, columns[number], top, height))
    return tuple(parts)
