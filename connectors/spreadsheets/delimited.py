"""Delimited text: CSV and its relatives, in any dialect and encoding."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from typing import Final

import numpy as np

from connectors.errors import EmptyFileError, ReadOptionError
from connectors.source import SourceFile
from connectors.spreadsheets.columnar import Below, read_columns
from connectors.spreadsheets.dialect import SAMPLE_CHARACTERS, Dialect, find_dialect
from connectors.spreadsheets.encoding import STRAY, Encoding, find_encoding, mend_line, open_text
from connectors.spreadsheets.grid import Grid, GridFinding, hold_records, join_grids
from connectors.spreadsheets.partition import tabulate_all
from connectors.spreadsheets.records import read_records
from connectors.spreadsheets.tabulation import HEAD, Origin, locate_header
from connectors.table import WHOLE_TABLE, Finding, ReadOptions, Table

# From how many bytes on it is worth while to parse by columns.
LARGE: Final = 2**20
# What delimits cells in few files, and stands in the texts of many.
OTHER_DELIMITERS: Final = " :^~#/§&*\x01\x02"


def read_delimited(file: SourceFile, options: ReadOptions) -> tuple[Table, ...]:
    """Read a delimited text: one table, unless another one clearly begins beneath it.

    Raises a `SourceFileError` where there is none.
    """
    encoding = find_encoding(file, options.encoding)
    dialect = _dialect(file, encoding, options.delimiter)
    grid = None
    if file.content.stat().st_size > LARGE:
        grid = read_fast(file, encoding, dialect, options.header_row)
    if grid is None:
        grid = read_carefully(file, encoding, dialect)
    if not len(grid):
        raise EmptyFileError(file.path, "is empty; export it again.")
    origin = Origin(
        file,
        encoding=encoding.name,
        delimiter=dialect.shown,
        findings=tuple(_doubts(grid, encoding, dialect)),
    )
    return tabulate_all(grid, origin, options.header_row)[0]


def _doubts(grid: Grid, encoding: Encoding, dialect: Dialect) -> Iterator[Finding]:
    """What was assumed of a text as a whole."""
    if encoding.assumed:
        yield Finding(WHOLE_TABLE, None, "file.encoding_assumed", None, encoding.name)
    if dialect.shown is None and _seems_split(grid):
        yield Finding(WHOLE_TABLE, None, "file.one_column")


def _seems_split(grid: Grid) -> bool:
    """Whether most lines of one column have a sign that may be meant to split them."""
    cells = [row[0] for row in grid.take(range(min(HEAD, len(grid)))) if row and row[0]]
    return any(
        sum(sign in cell.strip() for cell in cells) > len(cells) / 2 for sign in OTHER_DELIMITERS
    )


def read_carefully(
    file: SourceFile, encoding: Encoding, dialect: Dialect, count: int | None = None
) -> Grid:
    """Read the records of a text one by one, whatever state they are in; all or the first ones."""
    mended: list[int] = []
    with open_text(file.content, encoding) as text:
        lines = _mend(text, mended) if encoding.mixed else text
        grid = hold_records(islice(read_records(lines, dialect), count))
    rows = np.unique(np.searchsorted(grid.lines, mended, side="right") - 1)
    found = (GridFinding(int(row), None, "row.mixed_encoding") for row in rows if row >= 0)
    return replace(grid, findings=(*grid.findings, *found))


def read_fast(
    file: SourceFile, encoding: Encoding, dialect: Dialect, header_row: int | None = None
) -> Grid | None:
    """Read a text as `read_carefully` does, but by columns; None where it is not proven clean."""
    head = read_carefully(file, encoding, dialect, HEAD)
    at = locate_header(head, file, header_row)
    if at is None or at + 1 >= len(head):
        return None
    # The first line below the header, be there something in it or not.
    start = int(min([*head.lines[at + 1 :], *head.nothing[head.nothing > head.lines[at]]]))
    above = head.slice(0, at + 1)
    above = replace(above, nothing=above.nothing[above.nothing < start])
    below = Below(start - 1, int(above.widths[-1]))
    body = read_columns(file.content, encoding, dialect, below)
    return None if body is None else join_grids(above, body)


def _dialect(file: SourceFile, encoding: Encoding, delimiter: str | None) -> Dialect:
    if delimiter is not None and (len(delimiter) != 1 or delimiter in '"\r\n'):
        raise ReadOptionError(file.path, 'the delimiter has to be one character, such as ";".')
    with open_text(file.content, encoding) as text:
        return find_dialect(text.read(SAMPLE_CHARACTERS), delimiter)


def _mend(text: Iterator[str], mended: list[int]) -> Iterator[str]:
    """Mend lines, and put the 1-based numbers of those that needed it on a list."""
    for number, line in enumerate(text, start=1):
        if STRAY.search(line):
            mended.append(number)
            yield mend_line(line)
        else:
            yield line
