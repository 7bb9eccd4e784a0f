"""Possible matches as a table to be judged elsewhere, and the verdicts of such a table."""

from collections.abc import Iterable, Iterator, Sequence

import pandas as pd

from crm.judging import Line
from crm.review import ReviewItem
from leadgate.errors import InvalidValueError
from reports.spreadsheet_safety import unguard_text
from validators.fields import FIELDS

__all__ = ["lay_out_review", "read_verdicts"]

FIRST = ("match", "verdict", "reason", "weight", "evidence", "record", "contact", "source", "line")


def lay_out_review(items: Sequence[ReviewItem]) -> pd.DataFrame:
    """Two rows a pair, text throughout; the column `verdict` is left to be filled in."""
    rows = [row for item in items for row in _rows(item)]
    used = {name for row in rows for name in row}
    columns = [*FIRST, *(name for name in FIELDS if name in used)]
    return pd.DataFrame(rows, columns=columns).astype("str")


def read_verdicts(tables: Iterable[pd.DataFrame]) -> list[Line]:
    """Read the verdicts; a pair's may stand beside either of its rows.

    Raises `InvalidValueError` where there are no columns `match` and `verdict`.
    """
    read = list(tables)
    rows = pd.concat(read) if read else pd.DataFrame()
    if not {"match", "verdict"} <= set(rows.columns):
        raise InvalidValueError("It has no columns match and verdict.")
    rows = rows[rows["verdict"].notna() & rows["match"].notna()]
    reasons = rows["reason"] if "reason" in rows else pd.Series(None, index=rows.index, dtype="str")
    lines: dict[tuple[str, str], Line] = {}
    for match, verdict, reason in zip(rows["match"], rows["verdict"], reasons, strict=True):
        key = (unguard_text(match.strip()), unguard_text(verdict.strip()).lower())
        said = unguard_text(reason) if isinstance(reason, str) else None
        lines.setdefault(key, Line(*key, said))
    return list(lines.values())


def _rows(item: ReviewItem) -> Iterator[dict[str, str | None]]:
    """The two records of a pair, one below the other; the verdict belongs beside the first."""
    reasons = ", ".join(each["words"] for each in item.evidence)
    for side in (item.left, item.right):
        yield {
            "match": item.id,
            "verdict": None,
            "reason": None,
            "weight": f"{item.weight:.1f}",
            "evidence": reasons,
            "record": side.record,
            "contact": side.contact,
            "source": side.source,
            "line": None if side.line is None else str(side.line),
            **side.standard,
        }
