"""Whether a batch looks like those that came before it from the same source.

A difference is told where it is both large and more than chance: rates by the two-proportion
z-test, the mix of values by the population stability index (PSI).
"""

import math
from collections.abc import Iterator, Sequence
from typing import Final

import pandas as pd

from validators.issues import TABLE_ROW, make_issues
from validators.profile import ENOUGH, ColumnProfile, Profile

# A rate has to change by so many percentage points, and by so many standard errors.
POINTS: Final = 0.10
SIGMAS: Final = 4.0
# A code that was hardly ever found may rise by less.
RARE: Final = 0.01
RARE_POINTS: Final = 0.05
# Mean lengths: by half, and by so many characters.
LENGTH_RATIO: Final = 0.5
LENGTH: Final = 3.0
# Shares of distinct values: nearly every row has its own, and hardly any.
VARIED: Final = 0.5
UNIFORM: Final = 0.05
COLLAPSE: Final = 3.0
# PSI: above 0.25 a population is held to have shifted; a single file has to shift twice as far.
PSI: Final = 0.5
PSI_ROWS: Final = 100
FLOOR: Final = 0.001
# Rows: so many times more or fewer than usual, where at least so many batches say what is usual.
VOLUME: Final = 5.0
USUAL: Final = 3

Finding = tuple[int, str | None, str, str | None, str | None]


def find_drift(now: Profile, earlier: Sequence[Profile]) -> pd.DataFrame:
    """Return the issues, all about the table, of a batch beside earlier ones, the latest first.

    `before` and `after` say what was usual and what is now: rates, lengths, headers; no values.
    """
    if not earlier or now.rows < ENOUGH:
        return make_issues(())
    found = [*_columns(now, earlier[0]), *_volume(now, earlier), *_issue_rates(now, earlier)]
    for header, column in now.columns.items():
        known = [(each.columns[header], each.rows) for each in earlier if header in each.columns]
        if known:
            found += _column(header, column, now.rows, known)
    return make_issues(found)


def _columns(now: Profile, last: Profile) -> Iterator[Finding]:
    gone = [header for header in last.columns if header not in now.columns]
    new = [header for header in now.columns if header not in last.columns]
    if gone or new:
        yield TABLE_ROW, None, "drift.columns", ", ".join(gone) or "none", ", ".join(new) or "none"


def _volume(now: Profile, earlier: Sequence[Profile]) -> Iterator[Finding]:
    usual = sorted(each.rows for each in earlier)[len(earlier) // 2]
    if len(earlier) >= USUAL and not usual / VOLUME <= now.rows <= usual * VOLUME:
        yield TABLE_ROW, None, "drift.rows", f"{usual:,}", f"{now.rows:,}"


def _issue_rates(now: Profile, earlier: Sequence[Profile]) -> Iterator[Finding]:
    rows = sum(each.rows for each in earlier)
    for code, found in now.issues.items():
        was = sum(each.issues.get(code, 0) for each in earlier)
        points = RARE_POINTS if was <= RARE * rows else POINTS
        if found / now.rows > was / rows and _differ((found, now.rows), (was, rows), points):
            rates = f"{code} in {was / rows:.0%}", f"{found / now.rows:.0%}"
            yield TABLE_ROW, None, "drift.issue_rate", *rates


def _column(
    header: str, now: ColumnProfile, rows: int, earlier: Sequence[tuple[ColumnProfile, int]]
) -> Iterator[Finding]:
    empty, was_rows = rows - now.filled, sum(of for _, of in earlier)
    was_filled = sum(column.filled for column, _ in earlier)
    was_empty = was_rows - was_filled
    if _differ((empty, rows), (was_empty, was_rows), POINTS):
        rates = f"{was_empty / was_rows:.0%}", f"{empty / rows:.0%}"
        yield TABLE_ROW, header, "drift.null_rate", *rates
    seen = [column for column, _ in earlier if column.looked_at]
    if now.looked_at < ENOUGH or was_filled < ENOUGH or not seen:
        return
    was_length = sum(column.mean_length * column.filled for column, _ in earlier) / was_filled
    change = abs(now.mean_length - was_length)
    if change >= max(LENGTH, LENGTH_RATIO * was_length):
        lengths = f"{was_length:.1f}", f"{now.mean_length:.1f}"
        yield TABLE_ROW, header, "drift.length", *lengths
    was_distinct = max(column.distinct / column.looked_at for column in seen)
    distinct = now.distinct / now.looked_at
    if (was_distinct >= VARIED and distinct <= was_distinct / COLLAPSE) or (
        was_distinct <= UNIFORM and distinct >= VARIED
    ):
        yield TABLE_ROW, header, "drift.distinct", f"{was_distinct:.0%}", f"{distinct:.0%}"
    shift = _psi(now, [column for column, _ in earlier])
    if shift >= PSI:
        yield TABLE_ROW, header, "drift.values", None, f"{shift:.2f}"


def _differ(now: tuple[int, int], was: tuple[int, int], points: float) -> bool:
    """Two-proportion z-test on (hits, of), with a least difference."""
    (hits, of), (was_hits, was_of) = now, was
    difference = abs(hits / of - was_hits / was_of)
    pooled = (hits + was_hits) / (of + was_of)
    error = math.sqrt(pooled * (1 - pooled) * (1 / of + 1 / was_of))
    return difference >= points and difference >= SIGMAS * error


def _psi(now: ColumnProfile, earlier: Sequence[ColumnProfile]) -> float:
    """Population stability index over the values that are kept, all others together."""
    kept = [column for column in earlier if column.shares and column.filled >= PSI_ROWS]
    if not kept or not now.shares or now.filled < PSI_ROWS:
        return 0.0
    filled = sum(column.filled for column in kept)
    values = {value for column in (now, *kept) for value in column.shares}
    was = {
        value: sum(column.shares.get(value, 0.0) * column.filled for column in kept) / filled
        for value in values
    }
    pairs = [(now.shares.get(value, 0.0), was[value]) for value in values]
    pairs.append((1 - sum(p for p, _ in pairs), 1 - sum(q for _, q in pairs)))
    floored = [(max(p, FLOOR), max(q, FLOOR)) for p, q in pairs]
    return sum((p - q) * math.log(p / q) for p, q in floored)
