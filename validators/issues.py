"""Issues: coded findings on cells, rows and tables, one line of a frame each.

`row` is -1 where the whole table is meant; `field` is a field or a column header, or null.
The frames hold values of people: they go to the store and to reports, never to logs.
"""

from collections.abc import Iterable
from functools import cache
from typing import Final

import pandas as pd

from validators.catalog import batches, cells, contact, figures, files, own, people, places, rows
from validators.catalog.kinds import IssueKind, Severity
from validators.fields import FIELDS

__all__ = [
    "CATALOG",
    "ISSUE_COLUMNS",
    "TABLE_ROW",
    "IssueKind",
    "Severity",
    "concat_issues",
    "doubtful_codes",
    "empty_issues",
    "make_issues",
    "message",
]

ISSUE_COLUMNS: Final = ("row", "field", "code", "severity", "before", "after")
TABLE_ROW: Final = -1
SHOWN: Final = 80
ABOUT_SHEETS: Final = frozenset({"file.empty_sheet", "file.hidden_sheet"})

CATALOG: Final[dict[str, IssueKind]] = {
    kind.code: kind
    for family in (
        files.UNREADABLE,
        files.KINDS,
        rows.KINDS,
        own.KINDS,
        cells.KINDS,
        contact.KINDS,
        people.KINDS,
        places.KINDS,
        batches.KINDS,
        figures.KINDS,
    )
    for kind in family
}


def empty_issues() -> pd.DataFrame:
    """Return a frame of no issues."""
    return _no_issues().copy()


@cache
def _no_issues() -> pd.DataFrame:
    return pd.DataFrame(
        {name: pd.Series(dtype="int64" if name == "row" else "str") for name in ISSUE_COLUMNS}
    )


def make_issues(
    found: Iterable[tuple[int, str | None, str, str | None, str | None]],
) -> pd.DataFrame:
    """Make a frame of issues from (row, field, code, before, after); severity from the catalog."""
    lines = [
        (row, field, code, CATALOG[code].severity, before, after)
        for row, field, code, before, after in found
    ]
    if not lines:
        return empty_issues()
    columns = dict(zip(ISSUE_COLUMNS, zip(*lines, strict=True), strict=True))
    return pd.DataFrame(
        {
            name: pd.Series(values, dtype="int64" if name == "row" else "str")
            for name, values in columns.items()
        }
    )


def concat_issues(frames: Iterable[pd.DataFrame]) -> pd.DataFrame:
    """Put frames of issues one below the other, index 0…n-1; the order of `row` is kept."""
    filled = [frame for frame in frames if len(frame)]
    if not filled:
        return empty_issues()
    return pd.concat(filled, ignore_index=True)[list(ISSUE_COLUMNS)]


def doubtful_codes() -> frozenset[str]:
    """Return the codes that keep a value from ever beating one without them."""
    return frozenset(code for code, kind in CATALOG.items() if kind.doubtful)


def message(
    code: str,
    field: str | None,
    before: str | None,
    after: str | None,
    column: str | None = None,
) -> str:
    """Say one issue as a sentence for people, with the value, and what it became.

    `column`: what the field is called in the file; it is said too where that is another word.
    """
    kind = CATALOG[code]
    said = _detail(kind, before if _present(before) else None, after if _present(after) else None)
    return f"{_subject(kind, field, column)} {kind.title}{': ' if said else ''}{said}."


def _subject(kind: IssueKind, field: str | None, column: str | None) -> str:
    if not _present(field):
        return kind.subject
    known = FIELDS.get(str(field))
    what = "Sheet" if kind.code in ABOUT_SHEETS else "Column"
    if not known or what == "Sheet":
        return f"{what} “{_shown(field)}”"
    return name_field(known.name, column)


def name_field(field: str, column: str | None) -> str:
    """Name a field for people, and its column too where the file calls it otherwise."""
    name = FIELDS[field].label
    if not _present(column) or _letters(str(column)) == _letters(name):
        return name
    return f"{name} (column “{_shown(column)}”)"


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


def _detail(kind: IssueKind, before: str | None, after: str | None) -> str:
    if kind.detail:
        return kind.detail.format(before=_shown(before), after=_shown(after))
    if before is None or after == before or (after is None and kind.severity != "repaired"):
        value = after if before is None else before
        return f"“{_shown(value)}”" if value is not None else ""
    became = f"“{_shown(after)}”" if after is not None else "nothing"
    return f"“{_shown(before)}” became {became}"


def _present(value: object) -> bool:
    """Tell texts from the nulls of a frame, which are NaN when read cell by cell."""
    return isinstance(value, str)


def _shown(text: object) -> str:
    """Shorten a value and make what cannot be seen visible."""
    cut = str(text)
    cut = cut if len(cut) <= SHOWN else cut[: SHOWN - 1] + "…"
    return "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in cut)
