"""Delimited text: CSV and its relatives, in any dialect and encoding."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from io import StringIO
from itertools import islice
from typing import Final, Self, TextIO

from connectors.errors import EmptyFileError, HostileFileError, ReadOptionError
from connectors.source import SourceFile
from connectors.spreadsheets.affixes import Affixes, find_affixes
from connectors.spreadsheets.dialect import SAMPLE_CHARACTERS, Dialect, find_dialect
from connectors.spreadsheets.encoding import STRAY, Encoding, find_encoding, mend_line, open_text
from connectors.spreadsheets.ending import seems_cut
from connectors.spreadsheets.grid import Grid, hold_records, join_grids
from connectors.spreadsheets.partition import note_next, tabulate_all
from connectors.spreadsheets.records import Record, read_records
from connectors.spreadsheets.tabulation import (
    HEAD,
    Origin,
    count_rows,
    locate_header,
    tabulate_below,
    usual_width,
)
from connectors.spreadsheets.windows import (
    LINE_LIMIT,
    Place,
    Text,
    has_windows,
    note_mended,
    read_windows,
)
from connectors.table import WHOLE_TABLE, Finding, ReadOptions, Table

# From how many bytes on it is worth while to read window by window.
LARGE: Final = 2**20
# What delimits cells in few files, and stands in the texts of many.
OTHER_DELIMITERS: Final = (
    " \u00a0\u3000:=^~#/\\§&*\x01\x02,;\t|\uff0c\uff1b\u3001\u060c\u061b\u00a6"
)
MARK: Final = b"\xef\xbb\xbf"
RECORDS_A_CHUNK: Final = 50_000


def read_delimited(file: SourceFile, options: ReadOptions) -> tuple[Table, ...]:
    """Read a delimited text: one table, unless another one clearly begins beneath it.

    Raises a `SourceFileError` where there is none.
    """
    text = _open(file, options)
    grid = join_grids(list(_read_grids(text, options.header_row)))
    if not len(grid):
        raise EmptyFileError(file.path, "is empty; export it again.")
    return tabulate_all(grid, _origin(text, grid), options.header_row)[0]


def read_delimited_chunks(file: SourceFile, options: ReadOptions) -> Iterator[Table]:
    """Read a delimited text as one table, chunk by chunk, in memory bounded by the chunk.

    Rows and lines count on from chunk to chunk. All chunks have the named columns of the header;
    surplus ones only where there are any. A second table beneath is noted. Raises a
    `SourceFileError` where there is no table.
    """
    text = _open(file, options)
    head = read_carefully(text, HEAD)
    if not len(head):
        raise EmptyFileError(file.path, "is empty; export it again.")
    at = locate_header(head, file, options.header_row)
    origin = _origin(text, head)
    above = head.slice(0, at + 1) if at is not None else None
    for grid in _read_below(text, head, at):
        header = None if above is None else above.take([len(above) - 1])[0]
        findings = (*origin.findings, *note_next(grid, header))
        yield tabulate_below(grid, above, replace(origin, findings=findings))
        taken = count_rows(grid, None)
        origin = replace(origin, first_row=origin.first_row + taken, findings=(), is_more=True)


def _open(file: SourceFile, options: ReadOptions) -> Text:
    encoding = find_encoding(file, options.encoding)
    return Text(file, encoding, *_find_form(file, encoding, options.delimiter))


def _origin(text: Text, grid: Grid) -> Origin:
    return Origin(
        text.file,
        encoding=text.encoding.name,
        delimiter=text.dialect.shown,
        padded=text.dialect.padded,
        findings=tuple(_doubts(grid, text)),
    )


def _doubts(grid: Grid, text: Text) -> Iterator[Finding]:
    """What was assumed of a text as a whole."""
    if text.encoding.assumed:
        yield Finding(WHOLE_TABLE, None, "file.encoding_assumed", None, text.encoding.name)
    if text.affixes.shown:
        yield Finding(WHOLE_TABLE, None, "file.line_marks", text.affixes.shown)
    if seems_cut(text):
        yield Finding(WHOLE_TABLE, None, "file.cut_off")
    if text.dialect.shown is None and _seems_split(grid):
        yield Finding(WHOLE_TABLE, None, "file.one_column")


def _seems_split(grid: Grid) -> bool:
    """Whether most lines of one column have a sign that may be meant to split them."""
    cells = [row[0] for row in grid.take(range(min(HEAD, len(grid)))) if row and row[0]]
    return any(
        sum(sign in cell.strip() for cell in cells) > len(cells) / 2 for sign in OTHER_DELIMITERS
    )


def read_carefully(text: Text, count: int | None = None) -> Grid:
    """Read the records of a text one by one, whatever state they are in; all or the first ones."""
    with _Careful.opened(text) as careful:
        return careful.take(count)


def _read_grids(text: Text, header_row: int | None) -> Iterator[Grid]:
    """Read a text from its first line on, in one grid or several."""
    if text.file.content.stat().st_size <= LARGE:
        yield read_carefully(text)
        return
    head = read_carefully(text, HEAD)
    at = locate_header(head, text.file, header_row)
    place = _place_below(text, head, at)
    if place is None:
        yield read_carefully(text)
        return
    if at is not None:
        above = head.slice(0, at + 1)
        yield replace(above, nothing=above.nothing[above.nothing < place.line])
    yield from read_windows(text, place)


def _read_below(text: Text, head: Grid, at: int | None) -> Iterator[Grid]:
    """Read what is below the header at a position of the head, a grid a chunk."""
    place = _place_below(text, head, at)
    if place is not None:
        yield from read_windows(text, place)
        return
    line = 0 if at is None else int(head.lines[at])
    with _Careful.opened(text) as careful:
        while True:
            grid = careful.take(RECORDS_A_CHUNK)
            if not len(grid) and not len(grid.nothing):
                return
            start = int((grid.lines <= line).sum())
            yield grid.slice(start) if start else grid


def _place_below(text: Text, head: Grid, at: int | None) -> Place | None:
    """Find where the rows below a header begin; None where the text has no windows."""
    if text.affixes:
        return None
    with text.file.content.open("rb") as opened:
        mark = len(MARK) if opened.read(len(MARK)) == MARK else 0
    with open_text(text.file.content, text.encoding) as sample:
        if not has_windows(text, sample.read(SAMPLE_CHARACTERS)):
            return None
    if at is None:
        return Place(mark, 1, usual_width(head))
    if at + 1 >= len(head):
        return None
    # The first line below the header, be there something in it or not.
    blank = head.nothing[head.nothing > head.lines[at]]
    line = int(min([*head.lines[at + 1 :], *blank]))
    offset = _offset(text, line - 1)
    return None if offset is None else Place(offset, line, int(head.widths[at]))


def _offset(text: Text, lines: int) -> int | None:
    """Where the line after so many lines begins; None if they do not all end in a line feed."""
    with text.file.content.open("rb") as opened:
        for _ in range(lines):
            line = opened.readline(LINE_LIMIT)
            if not line.endswith(b"\n") or b"\r" in line[:-2]:
                return None
        return opened.tell()


@dataclass
class _Careful:
    """A text read record by record, some at a time."""

    text: Text
    opened_text: TextIO
    mended: list[int]
    records: Iterator[Record]

    @classmethod
    def opened(cls, text: Text) -> Self:
        """Open a text at its beginning."""
        opened = open_text(text.file.content, text.encoding)
        mended: list[int] = []
        lines = _cap(opened, text.file)
        lines = _mend(lines, mended) if text.encoding.mixed else lines
        lines = text.affixes.strip(lines) if text.affixes else lines
        return cls(text, opened, mended, read_records(lines, text.dialect))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.opened_text.close()

    def take(self, count: int | None) -> Grid:
        """Take the next records, all or so many."""
        return note_mended(hold_records(islice(self.records, count)), self.mended)


def _cap(text: TextIO, file: SourceFile) -> Iterator[str]:
    """The lines of a text, none of them endless."""
    while line := text.readline(LINE_LIMIT):
        if len(line) == LINE_LIMIT:
            raise HostileFileError(
                file.path,
                f"has a line of more than {LINE_LIMIT >> 20} MB, as no table has; export it again.",
            )
        yield line


def _find_form(
    file: SourceFile, encoding: Encoding, delimiter: str | None
) -> tuple[Dialect, Affixes]:
    """Find how cells are set apart, and what stands around every line."""
    if delimiter is not None and (len(delimiter) != 1 or delimiter in '"\r\n'):
        raise ReadOptionError(file.path, 'the delimiter has to be one character, such as ";".')
    with open_text(file.content, encoding) as text:
        sample = text.read(SAMPLE_CHARACTERS)
    dialect = find_dialect(sample, delimiter)
    affixes = find_affixes(sample, dialect.delimiter)
    if affixes:
        lines = affixes.strip(StringIO(sample, newline=""))
        dialect = find_dialect("".join(lines), delimiter)
    return dialect, affixes


def _mend(text: Iterator[str], mended: list[int]) -> Iterator[str]:
    """Mend lines, and put the 1-based numbers of those that needed it on a list."""
    for number, line in enumerate(text, start=1):
        if STRAY.search(line):
            mended.append(number)
            yield mend_line(line)
        else:
            yield line
