"""Record by record, with nothing taken on trust: how delimited text is read where it is damaged."""

import csv
import re
from collections import deque
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from connectors.spreadsheets.dialect import Dialect

# A quote that is not closed within so many lines is taken for a stray one.
LINES_LIMIT: Final = 1_000
LEAST_LINES: Final = 10
# As many columns as Excel has; what goes beyond stays together in the last cell.
CELLS_LIMIT: Final = 16_384


class Record(NamedTuple):
    """One record: its cells (none in a line with nothing), its 1-based line, what is wrong."""

    cells: list[str]
    line: int
    code: str | None = None


def read_records(text: Iterable[str], dialect: Dialect) -> Iterator[Record]:
    """Read the records of a text given as lines with their line breaks.

    Where quotes do not add up, the line on which the record begins is read alone: its quotes
    count only where they close before a delimiter. The lines after it stay what they are.
    """
    lines = _Lines(text)
    reader = csv.reader(lines, strict=True, **dialect.options())
    torn = _torn_cell(dialect)
    number = 1
    while True:
        lines.begin()
        try:
            cells = next(reader)
            code = "row.stray_quote" if lines.has_match(dialect.quote, torn) else None
            record = Record(cells, number, code)
        except StopIteration:
            return
        except csv.Error:
            cells, code = split_line(lines.keep_first(), dialect)
            record = Record(cells, number, code)
        if len(record.cells) > CELLS_LIMIT:
            beyond = dialect.delimiter.join(record.cells[CELLS_LIMIT - 1 :])
            record.cells[CELLS_LIMIT - 1 :] = [beyond]
        yield record
        number += len(lines.record)


class _Lines:
    """The lines of a text; those of the current record can be given back.

    Each quote that was not closed lowers the number of lines the next one may run on, so that
    the time spent in vain stays proportional to the text.
    """

    def __init__(self, text: Iterable[str]) -> None:
        self.record: list[str] = []
        self._text = iter(text)
        self._again: deque[str] = deque()
        self._limit = LINES_LIMIT

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        if len(self.record) >= self._limit:
            raise StopIteration
        line = self._again.popleft() if self._again else next(self._text)
        self.record.append(line)
        return line

    def has_match(self, sign: str, pattern: "re.Pattern[str]") -> bool:
        """Whether the record is one line that matches; only a line with the sign is looked at."""
        return (
            len(self.record) == 1
            and sign in self.record[0]
            and bool(pattern.search(self.record[0]))
        )

    def begin(self) -> None:
        self.record.clear()

    def keep_first(self) -> str:
        """Give back all lines of the record but its first."""
        self._again.extendleft(reversed(self.record[1:]))
        if len(self.record) > 1:
            self._limit = max(LEAST_LINES, self._limit - 1)
        del self.record[1:]
        return self.record[0]


def _torn_cell(dialect: Dialect) -> "re.Pattern[str]":
    """What tears a cell: a quote in its middle, then a delimiter, then a quote that ends a cell."""
    delimiter, quote = re.escape(dialect.delimiter), re.escape(dialect.quote)
    return re.compile(
        rf"[^{delimiter}{quote}\\\s]{quote}[^{delimiter}{quote}\s][^{quote}]*{delimiter}"
        rf"[^{quote}]*[^{delimiter}{quote}]{quote}+\s*({delimiter}|$)"
    )


def split_line(line: str, dialect: Dialect) -> tuple[list[str], str | None]:
    """Split one line whose quotes do not add up, and say what is wrong with it.

    A quote closes a cell only before a delimiter or the end of the line; one that never closes
    is a character like any other.
    """
    line = line.rstrip("\r\n")
    unclosed = "file.unclosed_quote" if line.count(dialect.quote) % 2 else "row.stray_quote"
    cells, at, code = [], 0, None
    while at <= len(line):
        start = _skip_spaces(line, at) if dialect.spaced else at
        quoted = line.startswith(dialect.quote, start)
        end = _closing(line, start, dialect) if quoted else None
        if end is None:
            stop = line.find(dialect.delimiter, at)
            stop = len(line) if stop < 0 else stop
            cells.append(line[at:stop])
            code = unclosed if quoted else code
        else:
            stop = _skip_spaces(line, end + 1)
            cell, stray = _unquote(line[start + 1 : end], dialect)
            cells.append(cell)
            code = code or ("row.stray_quote" if stray else None)
        at = stop + 1
    return cells, code


def _skip_spaces(line: str, at: int) -> int:
    while line.startswith(" ", at):
        at += 1
    return at


def _ends_cell(line: str, at: int, dialect: Dialect) -> bool:
    """Whether a cell ends here, spaces aside."""
    after = _skip_spaces(line, at)
    return after == len(line) or line.startswith(dialect.delimiter, after)


def _unquote(cell: str, dialect: Dialect) -> tuple[str, bool]:
    """What a quoted cell says, and whether a quote in it was not marked as its own."""
    marked = (dialect.escape or dialect.quote) + dialect.quote
    return cell.replace(marked, dialect.quote), dialect.quote in cell.replace(marked, "")


def _closing(line: str, start: int, dialect: Dialect) -> int | None:
    """Where the quote that opens at `start` closes: before a delimiter or the end of the line.

    Nowhere, if another cell opens with a quote before that.
    """
    at = line.find(dialect.quote, start + 1)
    while at >= 0:
        before, after = line[at - 1], line[at + 1 : at + 2]
        if dialect.escape is None and after == dialect.quote:
            at += 1
        elif before != dialect.escape and _ends_cell(line, at + 1, dialect):
            return at
        elif before == dialect.delimiter:
            return None
        at = line.find(dialect.quote, at + 1)
    return None
