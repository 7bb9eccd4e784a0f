"""Polluted CSV files after the Pollock benchmark (Vitagliano et al., VLDB 2023), made anew.

The benchmark pollutes one file of 84 lines and 9 columns in 2,289 ways. Here the file is our own
and the pollutions are made from their description, one file a pollution of each row and column,
with the weights that the authors published (how often each pollution was seen in the wild).
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Final

HEADER: Final = (
    "DATE", "TIME", "Qty", "CODE", "Price", "Type", "Description", "URL", "Comments",
)  # fmt: skip
TYPES: Final = (
    "Men's Rain Jacket", "Table Lamp, Brass", 'Round Table 48"', "Kids' Hat", "Tent, Two Persons",
    "Leather Sofa", 'Mountain Bike, 24"', "Wool Socks", "Women's Trail Shoes", "Camp Stove",
)  # fmt: skip
TEXTS: Final = (
    "Made for long days outside, warm and dry, whatever the weather brings.",
    "A light that lasts, with a shade of linen, a foot of brass and a cord of 2 metres.",
    "Solid oak, oiled by hand; it won't warp, peel or crack.",
    "Soft, washable and fun, from the bus stop to the trail and back.",
    'Up in five minutes, packs to 12" by 5", and keeps the rain out.',
)  # fmt: skip
ROWS: Final = 83

Cell = tuple[str, bool]
Row = tuple[Cell, ...]


@dataclass(frozen=True)
class Layout:
    """How a file is written: what stands between cells, around them and at the end of lines."""

    delimiter: str = ","
    quote: str = '"'
    escape: str = '"'
    line_end: str = "\r\n"

    def write_cell(self, cell: Cell) -> str:
        """Write a cell, with quotes where it has them."""
        text, quoted = cell
        inner = text.replace(self.quote, self.escape + self.quote)
        return f"{self.quote}{inner}{self.quote}" if quoted else text

    def write(self, rows: list[Row]) -> str:
        """Write rows, each to its end of line."""
        return "".join(self.write_row(row) + self.line_end for row in rows)

    def write_row(self, row: Row) -> str:
        """Write a row, without its end."""
        return self.delimiter.join(map(self.write_cell, row))


@dataclass(frozen=True)
class Polluted:
    """A polluted file: its name, its text, the lines of cells it means, its weight."""

    name: str
    content: str
    meant: list[list[str]]
    weight: float


@dataclass(frozen=True)
class _Maker:
    rows: list[Row]
    plain: Layout = field(default_factory=Layout)

    def file(self, name: str, content: str, meant: list[Row], weight: float) -> Polluted:
        return Polluted(name, content, [[text for text, _ in row] for row in meant], weight)

    def laid_out(self, name: str, layout: Layout, weight: float) -> Polluted:
        return self.file(name, layout.write(self.rows), self.rows, weight)


def make_source() -> list[Row]:
    """Make the file that is polluted: its header, then its rows."""
    rows = [tuple((name, name in ("Description", "URL")) for name in HEADER)]
    for at in range(ROWS):
        kind = TYPES[at % len(TYPES)]
        code = f"{'ABCDEFG'[at % 7]}X-{1000 + 97 * at}"
        rows.append(
            (
                (f"{at % 28 + 1:02}/{at % 12 + 1:02}/2018", False),
                (f"{at % 24:02}:{at * 15 % 60:02}", False),
                (str(at % 5), False),
                (code, False),
                (f"${at * 1.17 + 0.91:.2f}", False),
                (kind, "," in kind or '"' in kind),
                (TEXTS[at % len(TEXTS)], True),
                (f"https://www.example.com/product/{code}.html", True),
                ("", False),
            )
        )
    return rows


def make_files() -> Iterator[Polluted]:
    """Make all 2,289 files."""
    maker = _Maker(make_source())
    yield maker.laid_out("source", maker.plain, 1)
    yield from _whole_files(maker)
    yield from _layouts(maker)
    for at in range(len(maker.rows)):
        yield from _rows(maker, at)


def _whole_files(maker: _Maker) -> Iterator[Polluted]:
    rows, write = maker.rows, maker.plain.write
    text = write(rows)
    header, *data = rows
    blank: Row = (("", False),) * len(header)
    title: Row = (("PREAMBLE", False), *blank[1:])
    yield maker.file("no_payload", "", [], 15)
    yield maker.file("no_trailing_newline", text.removesuffix("\r\n"), rows, 184)
    yield maker.file("double_trailing_newline", text + "\r\n", rows, 5)
    yield maker.file("no_header", write([*data, data[-1]]), [*data, data[-1]], 470)
    for lines in (2, 3):
        joined = tuple((" ".join([name] * lines), quoted) for name, quoted in header)
        content = write([header] * lines + data)
        yield maker.file(f"header_multirow_{lines}", content, [joined, *data], 47)
    yield maker.file("preamble", write([title, blank, *rows]), rows, 282)
    for name, second in (
        ("less", [row[:-1] for row in rows[:-1]]),
        ("same", rows[:-1]),
        ("more", [(*row, ("col1" if row is header else "", False)) for row in rows[:-1]]),
    ):
        yield maker.file(f"multitable_{name}", write(rows) + write(second), rows, 188 / 3)
    yield maker.file("header_only", write([header]), [header], 3)
    yield maker.file("one_data_row", write(rows[:2]), rows[:2], 4)


def _layouts(maker: _Maker) -> Iterator[Polluted]:
    plain = maker.plain
    for name, delimiter, weight in (
        ("0x9", "\t", 4), ("0x3B", ";", 834), ("0x20", " ", 4), ("0x2C_0x20", ", ", 101),
    ):  # fmt: skip
        yield maker.laid_out(f"delimiter_{name}", replace(plain, delimiter=delimiter), weight)
    # The text stays as it is: its apostrophes are those of “won't”, its quotes are doubled.
    single = [[f"'{text}'" if quoted else text for text, quoted in row] for row in maker.rows]
    content = "".join(",".join(row) + "\r\n" for row in single)
    yield maker.file("quotation_char_0x27", content, maker.rows, 11)
    yield maker.laid_out("escape_char_0x5C", replace(plain, escape="\\"), 1)
    yield maker.laid_out("escape_char_0x00", replace(plain, escape=""), 7)
    for name, end, weight in (("0xA", "\n", 1691), ("0xD", "\r", 7)):
        yield maker.laid_out(f"record_delimiter_{name}", replace(plain, line_end=end), weight)


def _rows(maker: _Maker, at: int) -> Iterator[Polluted]:
    rows, plain = maker.rows, maker.plain
    cells = [plain.write_cell(cell) for cell in rows[at]]

    def file(name: str, line: str, weight: float, meant: list[Row] = rows) -> Polluted:
        lines = [plain.write_row(row) for row in rows]
        lines[at] = line
        return maker.file(f"row_{name}", "".join(f"{each}\r\n" for each in lines), meant, weight)

    for column in range(len(cells)):
        more = ",".join([*cells[:column], "", *cells[column:]])
        yield file(f"more_sep_row{at}_col{column}", more, 0.36775)
        if column:
            joined = ["".join(cells[column - 1 : column + 1])]
            less = ",".join([*cells[: column - 1], *joined, *cells[column + 1 :]])
            yield file(f"less_sep_row{at}_col{column}", less, 0.36775)
        text, quoted = rows[at][column]
        meant = (*rows[at][:column], (f'"{text}', quoted), *rows[at][column + 1 :])
        extra = f'""{cells[column][1:]}' if quoted else f'"{text}'
        line = ",".join([*cells[:column], extra, *cells[column + 1 :]])
        changed = [*rows[:at], meant, *rows[at + 1 :]]
        yield file(f"extra_quote{at}_col{column}", line, 0.00926, changed)
    yield file(f"field_delimiter_{at}_0x20", " ".join(cells), 0.14286)
