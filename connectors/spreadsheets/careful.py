"""The careful reader: every line of a delimited text becomes a row, however broken it is."""

import csv
import io
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from typing import Final

from connectors.spreadsheets.dialect import Dialect
from connectors.spreadsheets.grid import Grid
from connectors.table import Finding

NUL: Final = "\x00"
REPLACEMENT: Final = "\ufffd"
# Python's reader refuses longer cells; ours are bounded by the file.
LONGEST_CELL: Final = 1 << 30


def parse_carefully(text: str, dialect: Dialect) -> Grid:
    """Parse a text into rows of cells, with the line each starts on; "" is missing."""
    csv.field_size_limit(LONGEST_CELL)
    physical = list(io.StringIO(text.replace(NUL, REPLACEMENT), newline=""))
    rows, starts = _records(physical, dialect)
    findings: list[Finding] = []
    if rows:
        rows, starts = _mend_runaway_quotes(physical, (rows, starts), dialect, findings)
    cells: list[list[str | None]] = []
    lines: list[int] = []
    moved: dict[int, int] = {}
    for at, (row, start) in enumerate(zip(rows, starts, strict=True)):
        if row and not (len(row) == 1 and not row[0].strip()):
            moved[at] = len(cells)
            cells.append([cell or None for cell in row])
            lines.append(start)
    findings = [each._replace(row=moved[each.row]) for each in findings]
    findings += _nul_findings(text, lines)
    return Grid(cells, lines, len(rows) - len(cells), findings)


def _records(physical: Sequence[str], dialect: Dialect) -> tuple[list[list[str]], list[int]]:
    reader = csv.reader(physical, **dialect.reader_options())  # type: ignore[arg-type] # a plain dict
    rows, starts, start = [], [], 1
    for row in reader:
        rows.append(row)
        starts.append(start)
        start = reader.line_num + 1
    return rows, starts


def _mend_runaway_quotes(
    physical: Sequence[str],
    records: tuple[list[list[str]], list[int]],
    dialect: Dialect,
    findings: list[Finding],
) -> tuple[list[list[str]], list[int]]:
    """Take apart records that swallowed others because a quote was never closed.

    Such a record spans several lines, is not as wide as the others or ends with the text, and its
    lines, each read alone without quotes, are.
    """
    rows, starts = records
    usual = Counter(len(row) for row in rows if row).most_common(1)
    width = usual[0][0] if usual else 0
    ends = [*[start - 1 for start in starts[1:]], len(physical)]
    if all(start == end for start, end in zip(starts, ends, strict=True)):
        return records
    mended: tuple[list[list[str]], list[int]] = ([], [])
    for row, start, end in zip(rows, starts, ends, strict=True):
        own = physical[start - 1 : end]
        if not _ran_away(row, own, width, dialect, last=end == len(physical)):
            mended[0].append(row)
            mended[1].append(start)
            continue
        findings.append(Finding(len(mended[0]), None, "file.unclosed_quote"))
        for offset, line in enumerate(own):
            mended[0].append(_plain(line, dialect))
            mended[1].append(start + offset)
    return mended


def _ran_away(
    row: list[str], own: Sequence[str], width: int, dialect: Dialect, *, last: bool
) -> bool:
    if len(own) == 1:
        return last and own[0].count(dialect.quote) % 2 == 1 and dialect.escape is None
    odd = "".join(own).count(dialect.quote) % 2 == 1
    if last and odd:
        return True
    return len(row) != width and all(
        len(_plain(line, dialect)) == width for line in own if line.strip()
    )


def _plain(line: str, dialect: Dialect) -> list[str]:
    """One line, read without quotes."""
    return next(csv.reader([line], delimiter=dialect.delimiter, quoting=csv.QUOTE_NONE), [])


def _nul_findings(text: str, lines: Sequence[int]) -> list[Finding]:
    """The rows that held a NUL, which no database keeps; it was replaced by U+FFFD."""
    found: list[Finding] = []
    if NUL not in text:
        return found
    for number, line in enumerate(io.StringIO(text, newline=""), start=1):
        if NUL in line:
            at = bisect_right(lines, number) - 1
            if at >= 0:
                found.append(Finding(at, None, "cell.nul"))
    return list(dict.fromkeys(found))
