"""What the reader of workbooks does not tell: digits shown with leading zeros, errors, hidden rows.

A postal code in a column formatted as 00000 is stored as the number 2134 and shown as 02134;
what a person sees is what was meant. Runs in the child, within its limits.
"""

import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from io import BytesIO
from itertools import islice
from typing import Final
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException  # type: ignore[import-untyped] # it has no types
from defusedxml.ElementTree import fromstring  # type: ignore[import-untyped] # it has no types

# A cell's attributes and its value, its formula passed over.
CELL: Final = re.compile(
    rb"<(?:\w+:)?c\s([^>]*)>(?:<(?:\w+:)?f\b[^>]*(?:/>|>[^<]*</(?:\w+:)?f>))?<(?:\w+:)?v>([^<]*)<"
)
ROW: Final = re.compile(rb"<(?:\w+:)?row\s([^>]*)>")
PLACE: Final = re.compile(rb'\br="([A-Z]{1,3})(\d{1,7})"')
NUMBER: Final = re.compile(rb'\br="(\d{1,7})"')
HIDDEN: Final = re.compile(rb'\bhidden="(1|true)"')
STYLE: Final = re.compile(rb'\bs="(\d+)"')
ERROR: Final = re.compile(rb'\bt="e"')
TEXT: Final = re.compile(rb'\bt="[^n]')
# A format of digits that are always shown, as of postal codes: 00000, 00000-0000.
MASK: Final = re.compile(r"0+([- ]0+)*")
# What makes an element worth a look: an error, a row that is hidden.
SIGNS: Final = (b' t="e"', b' hidden="')
# Attributes some programs write in single quotes.
SINGLE_QUOTED: Final = re.compile(rb"='([^'\"<>]*)'")
PIECE: Final = 2**22
MOST_MASKS: Final = 50
MOST_DIGITS: Final = 64
# All that says only that the parts are not where they should be.
UNCLEAR: Final = (
    KeyError,
    IndexError,
    ValueError,
    NotImplementedError,
    zlib.error,
    zipfile.BadZipFile,
    ParseError,
    DefusedXmlException,
)


@dataclass(frozen=True)
class Shown:
    """Numbers of a column that a sheet shows with leading zeros: their 0-based rows, the texts."""

    rows: list[int] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Marks:
    """What calamine does not tell of a sheet; rows and columns count from 0.

    `shown`: numbers with leading zeros, by column; `errors`: row, column and texts like #N/A;
    `concealed`: rows that are hidden.
    """

    shown: dict[int, Shown] = field(default_factory=dict)
    errors: list[tuple[int, int, str]] = field(default_factory=list)
    concealed: list[int] = field(default_factory=list)


@dataclass(frozen=True)
class Book:
    """In which part of a workbook each sheet is, by its name; the masks of the styles of cells."""

    parts: dict[str, str]
    masks: dict[int, list[str]]


def read_book(content: bytes) -> Book:
    """Read where the sheets of a workbook are; nowhere where it is unclear or no .xlsx."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            book = _related(archive, "", "officeDocument")[1][0]
            targets = _related(archive, book, "worksheet")[0]
            sheets = _all(fromstring(archive.read(book), forbid_dtd=True), "sheet")
            masks = _read_masks(archive, book)
    except UNCLEAR:
        return Book({}, {})
    wanted = [(sheet.get("name"), _attribute(sheet, "id")) for sheet in sheets]
    parts = {name: targets[target] for name, target in wanted if name and target in targets}
    return Book(parts, masks)


def _read_masks(archive: zipfile.ZipFile, book: str) -> dict[int, list[str]]:
    """Read which styles of cells show leading zeros, with their formats: 00000, 00000-0000."""
    try:
        styles = _related(archive, book, "styles")[1][0]
        root = fromstring(archive.read(styles), forbid_dtd=True)
    except UNCLEAR:
        return {}
    codes = {each.get("numFmtId"): each.get("formatCode", "") for each in _all(root, "numFmt")}
    styles_of_cells: Iterable[Element] = next(iter(_all(root, "cellXfs")), ())
    found = {
        at: find_masks(codes.get(style.get("numFmtId"), ""))
        for at, style in enumerate(styles_of_cells)
    }
    masked = ((at, masks) for at, masks in found.items() if masks)
    return dict(islice(masked, MOST_MASKS))


def find_masks(code: str) -> list[str]:
    """Find the masks of a number format; none unless all it shows is digits and hyphens."""
    sections = [re.sub(r"\[[^]]*\]|[\\\"]|_.|@", "", each) for each in code.split(";")]
    masks = [each for each in sections if each]
    return masks if all(MASK.fullmatch(each) and each != "0" for each in masks) else []


def show_digits(digits: str, masks: list[str]) -> str:
    """Write digits into the first mask that has room for them."""
    mask = next((each for each in masks if each.count("0") >= len(digits)), masks[-1])
    left = list(digits.zfill(mask.count("0")))
    shown = "".join(left.pop() if sign == "0" else sign for sign in reversed(mask))[::-1]
    return "".join(left) + shown


def find_marks(content: bytes, book: Book, sheet: str) -> Marks:
    """Find what is to be known of a sheet; nothing where its part is unknown."""
    marks = Marks()
    if sheet not in book.parts:
        return marks
    styles = [f' s="{style}"'.encode() for style in book.masks]
    for written in _pieces(content, book.parts[sheet]):
        piece = SINGLE_QUOTED.sub(rb'="\1"', written) if b"='" in written else written
        hits = sorted(at for sign in (*SIGNS, *styles) for at in _find_all(piece, sign))
        last = -1
        for at in hits:
            start = piece.rfind(b"<", 0, at)
            if start != last:
                _note(marks, piece, start, book.masks)
            last = start
    return marks


def _find_all(piece: bytes, sign: bytes) -> Iterator[int]:
    """Where a sign stands; far faster than a regular expression where it is rare."""
    at = piece.find(sign)
    while at >= 0:
        yield at
        at = piece.find(sign, at + 1)


def _note(marks: Marks, piece: bytes, start: int, masks: dict[int, list[str]]) -> None:
    """Note what the element that starts there says: a row that is hidden, a cell."""
    row = ROW.match(piece, start)
    if row:
        number = NUMBER.search(row[1])
        if number and HIDDEN.search(row[1]):
            marks.concealed.append(int(number[1]) - 1)
        return
    cell = CELL.match(piece, start)
    place = PLACE.search(cell[1]) if cell else None
    if cell is None or place is None:
        return
    attributes, value = cell.groups()
    at, column = _position(place)
    style = STYLE.search(attributes)
    if ERROR.search(attributes):
        marks.errors.append((at, column, value.decode("utf-8", "replace")))
    elif style and int(style[1]) in masks and value.isdigit() and not TEXT.search(attributes):
        shown = marks.shown.setdefault(column, Shown())
        if len(value) <= MOST_DIGITS and (not shown.rows or shown.rows[-1] < at):
            shown.rows.append(at)
            shown.texts.append(show_digits(value.decode(), masks[int(style[1])]))


def _pieces(content: bytes, part: str) -> Iterator[bytes]:
    """The text of a part in pieces, each ending where a row ends."""
    rest = b""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive, archive.open(part) as opened:
            while piece := opened.read(PIECE):
                whole = rest + piece
                end = max(whole.rfind(b"</row>"), whole.rfind(b":row>"))
                end = len(whole) if end < 0 else end
                yield whole[:end]
                rest = whole[end:]
    except UNCLEAR:
        return
    yield rest


def _position(place: "re.Match[bytes]") -> tuple[int, int]:
    """The 0-based row and column of a cell's name, such as AB12."""
    column = 0
    for letter in place[1]:
        column = column * 26 + letter - 64
    return int(place[2]) - 1, column - 1


def _related(archive: zipfile.ZipFile, part: str, kind: str) -> tuple[dict[str, str], list[str]]:
    """The parts of a kind that a part refers to, by their id there, and in order."""
    folder, name = posixpath.split(part)
    root = fromstring(archive.read(f"{folder}/_rels/{name}.rels".lstrip("/")), forbid_dtd=True)
    found = {
        each.get("Id", ""): posixpath.normpath(posixpath.join("/", folder, each.get("Target", "")))
        for each in root
        if each.get("Type", "").endswith(f"/{kind}")
    }
    names = {key: target.lstrip("/") for key, target in found.items()}
    return names, list(names.values())


def _all(root: Element, name: str) -> list[Element]:
    """The elements of a name, in whichever namespace."""
    return [each for each in root.iter() if each.tag.rpartition("}")[2] == name]


def _attribute(element: Element, name: str) -> str | None:
    """An attribute in a namespace, such as r:id."""
    return next((text for key, text in element.items() if key.endswith(f"}}{name}")), None)
