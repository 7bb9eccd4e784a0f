"""What the reader of workbooks does not tell: digits shown with leading zeros, errors in cells.

A postal code in a column formatted as 00000 is stored as the number 2134 and shown as 02134;
what a person sees is what was meant. Runs in the child, within its limits.
"""

import posixpath
import re
import zipfile
from collections.abc import Iterable
from typing import BinaryIO, Final, NamedTuple
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException  # type: ignore[import-untyped] # it has no types
from defusedxml.ElementTree import fromstring  # type: ignore[import-untyped] # it has no types

# A cell's attributes and its value, its formula passed over.
CELL: Final = re.compile(
    rb"<(?:\w+:)?c\s([^>]*)>(?:<(?:\w+:)?f\b[^>]*(?:/>|>[^<]*</(?:\w+:)?f>))?<(?:\w+:)?v>([^<]*)<"
)
PLACE: Final = re.compile(rb'\br="([A-Z]{1,3})(\d+)"')
STYLE: Final = re.compile(rb'\bs="(\d+)"')
ERROR: Final = re.compile(rb'\bt="e"')
TEXT: Final = re.compile(rb'\bt="[^n]')
# A format of digits that are always shown, as of postal codes: 00000, 00000-0000.
MASK: Final = re.compile(r"0+([- ]0+)*")


class Marks(NamedTuple):
    """What calamine does not tell of a sheet, by 0-based (row, column).

    `shown`: numbers that the sheet shows with leading zeros; `errors`: texts like #N/A.
    """

    shown: dict[tuple[int, int], str]
    errors: list[tuple[int, int, str]]


def read_parts(file: BinaryIO) -> dict[str, str]:
    """Read in which part of the workbook each sheet is, by its name; none where it is unclear."""
    try:
        with zipfile.ZipFile(file) as archive:
            book = _related(archive, "", "officeDocument")[1][0]
            targets = _related(archive, book, "worksheet")[0]
            sheets = _all(fromstring(archive.read(book), forbid_dtd=True), "sheet")
    except (KeyError, IndexError, ValueError, ParseError, DefusedXmlException):
        return {}
    wanted = [(sheet.get("name"), _attribute(sheet, "id")) for sheet in sheets]
    return {name: targets[target] for name, target in wanted if name and target in targets}


def read_masks(file: BinaryIO) -> dict[int, list[str]]:
    """Read which styles of cells show leading zeros, with their formats: 00000, 00000-0000."""
    try:
        with zipfile.ZipFile(file) as archive:
            book = _related(archive, "", "officeDocument")[1][0]
            styles = _related(archive, book, "styles")[1][0]
            root = fromstring(archive.read(styles), forbid_dtd=True)
    except (KeyError, IndexError, ValueError, ParseError, DefusedXmlException):
        return {}
    codes = {each.get("numFmtId"): each.get("formatCode", "") for each in _all(root, "numFmt")}
    styles_of_cells: Iterable[Element] = next(iter(_all(root, "cellXfs")), ())
    found = {
        at: find_masks(codes.get(style.get("numFmtId"), ""))
        for at, style in enumerate(styles_of_cells)
    }
    return {at: masks for at, masks in found.items() if masks}


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


def find_marks(file: BinaryIO, part: str | None, masks: dict[int, list[str]]) -> Marks:
    """Find the numbers with leading zeros and the errors in the part of a sheet."""
    marks = Marks({}, [])
    if part is None:
        return marks
    with zipfile.ZipFile(file) as archive:
        content = archive.read(part)
    if not masks and b' t="e"' not in content:
        return marks
    for cell in CELL.finditer(content):
        attributes, value = cell.groups()
        place, style = PLACE.search(attributes), STYLE.search(attributes)
        if place is None:
            continue
        if ERROR.search(attributes):
            marks.errors.append((*_position(place), value.decode("utf-8", "replace")))
        elif style and int(style[1]) in masks and value.isdigit() and not TEXT.search(attributes):
            digits = value.decode()
            marks.shown[_position(place)] = show_digits(digits, masks[int(style[1])])
    return marks


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
