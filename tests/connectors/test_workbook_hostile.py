import io
import os
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from connectors import read
from connectors.errors import (
    EmptyFileError,
    HostileFileError,
    SourceFileError,
    UnknownFormatError,
    UnreadableFileError,
)
from connectors.source import SourceFile
from connectors.spreadsheets import workbook
from connectors.spreadsheets.workbook import Limits
from connectors.spreadsheets.workbook_result import Sheet

Parts = list[tuple[str, bytes]]
SMALL = Limits.of(10_000)
LARGE = replace(Limits.of(10**9), memory=4 * 1024**3)
SHEET = "xl/worksheets/sheet1.xml"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(64)
OLE = bytes.fromhex("D0CF11E0A1B11AE1") + bytes(1_000)


def read_workbook(path: Path, limits: Limits | None = None) -> tuple[Sheet, ...]:
    return workbook.read_workbook(SourceFile(path, path), None, limits)


def make_parts() -> Parts:
    """Give the parts of a good workbook of 50 rows."""
    book = openpyxl.Workbook()
    for row in range(50):
        book.worksheets[0].append([f"lead {row}", row])
    content = io.BytesIO()
    book.save(content)
    with zipfile.ZipFile(content) as archive:
        return [(name, archive.read(name)) for name in archive.namelist()]


def save(folder: Path, parts: Parts) -> Path:
    path = folder / "leads.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts:
            archive.writestr(name, content)
    return path


def replaced(name: str, change: Callable[[bytes], bytes]) -> Parts:
    parts = make_parts()
    assert name in dict(parts)
    return [(part, change(old) if part == name else old) for part, old in parts]


def with_cells(cells: str) -> Parts:
    """Give a workbook whose sheet holds these rows, written by hand."""
    head = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    text = f"{head}<sheetData>{cells}</sheetData></worksheet>"
    return replaced(SHEET, lambda _: text.encode())


def with_shared_strings(xml: bytes) -> Parts:
    """Give a workbook whose first cell is the first shared string."""
    relation = (
        '<Relationship Id="s" Target="sharedStrings.xml" Type="http://schemas.'
        'openxmlformats.org/officeDocument/2006/relationships/sharedStrings"/></Relationships>'
    )
    parts = dict(with_cells('<row r="1"><c r="A1" t="s"><v>0</v></c></row>'))
    relations = "xl/_rels/workbook.xml.rels"
    assert b"</Relationships>" in parts[relations]
    parts[relations] = parts[relations].replace(b"</Relationships>", relation.encode())
    return [*parts.items(), ("xl/sharedStrings.xml", xml)]


STRINGS = b"""<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"
uniqueCount="1"><si><t>Ann</t></si></sst>"""


def test_the_good_workbook_under_the_hostile_ones_is_read(tmp_path: Path) -> None:
    (sheet,) = read_workbook(save(tmp_path, make_parts()))
    assert len(sheet.grid) == 50
    (sheet,) = read_workbook(save(tmp_path, with_shared_strings(STRINGS)))
    assert sheet.grid.take([0]) == [("Ann",)]


@pytest.mark.parametrize(
    ("content", "error", "reason"),
    [
        (b"", EmptyFileError, "is empty"),
        (PNG, UnknownFormatError, "not a workbook"),
        (b"Name,Email\nAnn,ann@example.com\n", UnknownFormatError, "not a workbook"),
        (OLE, UnreadableFileError, "cannot be read as a workbook"),
        (b"PK\x03\x04 and nothing like a zip", UnreadableFileError, "damaged"),
        (b"PK\x05\x06" + bytes(18), UnreadableFileError, "cannot be read as a workbook"),
    ],
)
def test_what_is_only_named_a_workbook_is_refused(
    tmp_path: Path, content: bytes, error: type[SourceFileError], reason: str
) -> None:
    path = tmp_path / "leads.xlsx"
    path.write_bytes(content)
    with pytest.raises(error, match=rf"leads\.xlsx: .*{reason}"):
        read_workbook(path)


def filler(length: int) -> bytes:
    """Give a comment, with what looks like an element in it."""
    return b"<!--" + b"<a>" * (length // 3) + b"-->"


@pytest.mark.parametrize(
    ("parts", "reason"),
    [
        ([*make_parts(), ("xl/media/1", bytes(2_000_000))], "100 times its size"),
        ([*make_parts(), *((f"x/{n}", b"") for n in range(1_000))], "more than 1,000 parts"),
        (replaced(SHEET, lambda old: b"<!DOCTYPE a>" + old), "document type"),
        (replaced(SHEET, lambda old: b"<?xml version='1.0'?><!doctype a>" + old), "document type"),
        (replaced(SHEET, lambda _: '<!DOCTYPE a [<!ENTITY b "c">]>'.encode("utf-16")), "document"),
        (replaced(SHEET, lambda old: filler(9_000) + b"<!DOCTYPE a>" + old), "document type"),
        (replaced(SHEET, lambda old: filler(99_000) + b"<!DOCTYPE a>" + old), "document type"),
    ],
    ids=[
        "ratio",
        "entries",
        "doctype",
        "late doctype",
        "doctype in UTF-16",
        "doctype below a comment",
        "doctype below an endless comment",
    ],
)
def test_a_bomb_is_refused_unopened(tmp_path: Path, parts: Parts, reason: str) -> None:
    with pytest.raises(HostileFileError, match=reason):
        read_workbook(save(tmp_path, parts))


def patch_directory(path: Path, offset: int, value: bytes) -> None:
    """Overwrite a field in the central directory's first entry."""
    content = bytearray(path.read_bytes())
    start = content.index(b"PK\x01\x02") + offset
    content[start : start + len(value)] = value
    path.write_bytes(content)


@pytest.mark.parametrize(
    ("offset", "value", "error", "reason"),
    [
        (24, (200_000_001).to_bytes(4, "little"), HostileFileError, "more than 100 times"),
        (8, b"\x01\x00", HostileFileError, "encrypted parts"),
        (10, b"\x63\x00", UnreadableFileError, "damaged"),
        (16, b"\x00\x00\x00\x00", UnreadableFileError, "damaged"),
    ],
    ids=["declared size", "encrypted", "unknown compression", "checksum"],
)
def test_what_the_directory_says_is_believed(
    tmp_path: Path, offset: int, value: bytes, error: type[SourceFileError], reason: str
) -> None:
    path = save(tmp_path, make_parts())
    patch_directory(path, offset, value)
    with pytest.raises(error, match=reason):
        read_workbook(path)


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("name", [SHEET, SHEET.upper()])
def test_the_same_part_twice_is_refused(tmp_path: Path, name: str) -> None:
    path = save(tmp_path, [*make_parts(), (name, b"<worksheet/>")])
    with pytest.raises(HostileFileError, match="same part twice"):
        read_workbook(path)


def test_a_file_cut_anywhere_is_refused(tmp_path: Path) -> None:
    path = save(tmp_path, make_parts())
    whole = path.read_bytes()
    for length in range(2, len(whole), 97):
        path.write_bytes(whole[:length])
        with pytest.raises(UnreadableFileError, match="damaged or ends too early"):
            read_workbook(path)


@pytest.mark.parametrize(
    "cell", ["XFD1048576", "XFD5000", "A99999999999999", "A4294967295", "ZZZZZZZZ1"]
)
def test_a_cell_far_off_the_others_is_refused(tmp_path: Path, cell: str) -> None:
    rows = f'<row><c r="A1"><v>1</v></c></row><row><c r="{cell}"><v>1</v></c></row>'
    with pytest.raises(HostileFileError, match=r"memory .* a cell far off"):
        read_workbook(save(tmp_path, with_cells(rows)))


@pytest.mark.parametrize("cell", ["XFE1", "AAAAAAA1", "A" * 5_000 + "1", "A1048577"])
def test_a_cell_that_no_sheet_has_is_refused_though_it_is_alone(tmp_path: Path, cell: str) -> None:
    rows = f'<row><c r="{cell}"><v>1</v></c></row>'
    with pytest.raises(HostileFileError, match=r"memory .* a cell far off"):
        read_workbook(save(tmp_path, with_cells(rows)))


def test_of_very_many_sheets_only_chosen_ones_are_read(tmp_path: Path) -> None:
    parts = dict(make_parts())
    sheet = b'<sheet name="%d" sheetId="%d" r:id="rId1"/>'
    many = b"".join(sheet % (at, at) for at in range(2, 600))
    book = parts["xl/workbook.xml"].replace(b"</sheets>", many + b"</sheets>")
    path = save(tmp_path, list((parts | {"xl/workbook.xml": book}).items()))
    with pytest.raises(HostileFileError, match="more than 500 sheets; say which to read"):
        read_workbook(path)
    (only,) = workbook.read_workbook(SourceFile(path, path), ("7",))
    assert only.name == "7"


def test_a_cell_in_the_last_row_is_read(tmp_path: Path) -> None:
    rows = '<row><c r="A1"><v>1</v></c></row><row><c r="A1048576"><v>2</v></c></row>'
    (sheet,) = read_workbook(save(tmp_path, with_cells(rows)))
    assert sheet.grid.lines.tolist() == [1, 1_048_576]
    assert sheet.grid.take([0, 1]) == [("1",), ("2",)]


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="1"><c r="A1"><v>1</v></c>',
        '<row r="1"><c r="A1" t="s"><v>99999</v></c></row>',
        '<row r="1"><c r="A0"><v>1</v></c></row>',
        '<row r="1"><c r="A1" s="1"><v>1e308</v></c></row>',
        "<row>\x00\x01</row>",
    ],
)
def test_a_broken_sheet_is_read_or_refused_but_never_more(tmp_path: Path, rows: str) -> None:
    try:
        (sheet,) = read_workbook(save(tmp_path, with_cells(rows)))
    except SourceFileError as error:
        assert "leads.xlsx" in str(error)  # noqa: PT017 - either outcome is right
    else:
        assert len(sheet.grid) <= 1


def test_a_shared_string_count_that_lies_ends_the_child_and_not_us(tmp_path: Path) -> None:
    lying = STRINGS.replace(b'"1"', b'"99999999999999"')
    assert lying != STRINGS
    with pytest.raises(SourceFileError, match="memory"):
        read_workbook(save(tmp_path, with_shared_strings(lying)))


@pytest.mark.parametrize(
    ("limits", "reason"),
    [
        (SMALL, "more memory than a workbook may"),
        (replace(LARGE, memory=60 * 1024**2), "more memory than a workbook may"),
        (replace(LARGE, output=100), "too much text"),
        (replace(LARGE, cpu_seconds=1), "too long"),
        (replace(LARGE, seconds=0.001), "too long"),
    ],
    ids=["cells", "memory", "output", "cpu", "time"],
)
def test_a_limit_that_is_reached_is_said(tmp_path: Path, limits: Limits, reason: str) -> None:
    # 42 million cells, all but two of them empty.
    rows = '<row><c r="A1"><v>1</v></c></row><row><c r="AN1048576"><v>2</v></c></row>'
    path = save(tmp_path, with_cells(rows))
    with pytest.raises(SourceFileError, match=reason):
        read_workbook(path, limits)


def test_no_process_is_left_behind(tmp_path: Path) -> None:
    path = save(tmp_path, make_parts())
    with pytest.raises(SourceFileError):
        read_workbook(path, replace(SMALL, seconds=0.001))
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


ODS = "urn:oasis:names:tc:opendocument:xmlns:"
CALC = "application/vnd.oasis.opendocument.spreadsheet"


def make_calc(rows: str, manifest: str = "") -> Parts:
    """Give an OpenDocument workbook of one sheet."""
    spaces = " ".join(f'xmlns:{name}="{ODS}{name}:1.0"' for name in ("office", "table", "text"))
    content = (
        f"<office:document-content {spaces}><office:body><office:spreadsheet>"
        f'<table:table table:name="Leads">{rows}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    entries = (
        f'<manifest:manifest xmlns:manifest="{ODS}manifest:1.0">{manifest}</manifest:manifest>'
    )
    return [
        ("mimetype", CALC.encode()),
        ("content.xml", content.encode()),
        ("META-INF/manifest.xml", entries.encode()),
    ]


def calc_row(text: str, *, repeated: int = 1, columns: int = 1) -> str:
    return (
        f'<table:table-row table:number-rows-repeated="{repeated}"><table:table-cell '
        f'office:value-type="string" table:number-columns-repeated="{columns}">'
        f"<text:p>{text}</text:p></table:table-cell></table:table-row>"
    )


def test_a_calc_workbook_is_read_and_its_end_of_empty_rows_left_off(tmp_path: Path) -> None:
    cells = "<table:table-cell/></table:table-row>"
    empty = f'<table:table-row table:number-rows-repeated="1048570">{cells}'
    rows = calc_row("Name", columns=2) + calc_row("Anna", repeated=2, columns=2) + empty
    path = save(tmp_path, make_calc(rows))
    (table,) = read(path)
    assert table.rows.to_numpy().tolist() == [["Anna", "Anna"]] * 2


def test_a_calc_workbook_that_repeats_cells_without_end_is_refused(tmp_path: Path) -> None:
    rows = calc_row("Anna", repeated=1_048_576, columns=16_384)
    with pytest.raises(SourceFileError, match=r"leads\.xlsx: (takes|cannot be read)"):
        read(save(tmp_path, make_calc(rows)))


def test_a_calc_workbook_with_a_password_is_refused(tmp_path: Path) -> None:
    entry = (
        '<manifest:file-entry manifest:full-path="content.xml"><manifest:encryption-data/>'
        "</manifest:file-entry>"
    )
    with pytest.raises(UnknownFormatError, match="protected by a password"):
        read(save(tmp_path, make_calc("", entry)))


def test_a_part_that_unpacks_to_more_than_it_says_is_refused(tmp_path: Path) -> None:
    path = save(tmp_path, with_cells('<row r="1"><c r="A1"><v>1</v></c></row>' * 200_000))
    content = bytearray(path.read_bytes())
    for sign, size_at, name_at in ((b"PK\x01\x02", 24, 46), (b"PK\x03\x04", 22, 30)):
        start = -1
        while (start := content.find(sign, start + 1)) >= 0:
            if content[start + name_at :].startswith(SHEET.encode()):
                content[start + size_at : start + size_at + 4] = (99).to_bytes(4, "little")
    path.write_bytes(content)
    try:
        (table,) = read(path)
    except SourceFileError as refused:
        assert path.name in str(refused)  # noqa: PT017 - either outcome is right
    else:
        assert len(table.rows) <= 200_000


@pytest.mark.parametrize(("folder", "readable"), [("sheetjs", 50), ("frictionless", 18)])
def test_public_workbooks_are_read_or_refused_by_name(folder: str, readable: int) -> None:
    read = 0
    for path in sorted((corpora() / folder).glob("*.xls[xm]")):
        try:
            read += bool(read_workbook(path))
        except SourceFileError as error:
            assert path.name in str(error)  # noqa: PT017 - either outcome is right
    assert read >= readable


def test_public_xml_attacks_are_refused_within_a_workbook(tmp_path: Path) -> None:
    attacks = [path.read_bytes() for path in sorted((corpora() / "defusedxml").glob("*.xml"))]
    declared = [xml for xml in attacks if b"<!DOCTYPE" in xml]
    assert len(declared) >= 8
    for xml in declared:
        path = save(tmp_path, with_shared_strings(xml))
        with pytest.raises(HostileFileError, match="document type"):
            read_workbook(path)


def corpora() -> Path:
    folder = os.environ.get("LEADGATE_CORPORA")
    if not folder:
        pytest.skip("LEADGATE_CORPORA is not set: no public workbooks to read")
    return Path(folder) / "spreadsheets"


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "iso-8859-1"])
def test_xml_in_another_encoding_than_utf_8_is_read(tmp_path: Path, encoding: str) -> None:
    def recode(part: bytes) -> bytes:
        text = part.decode().partition("?>")[2] or part.decode()
        return f'<?xml version="1.0" encoding="{encoding}"?>{text}'.encode(encoding)

    parts = [(name, recode(part)) for name, part in make_parts()]
    (sheet,) = read_workbook(save(tmp_path, parts))
    assert len(sheet.grid) == 50
    assert sheet.grid.take([7]) == [("lead 7", "7")]


def test_an_encoding_nobody_knows_is_refused(tmp_path: Path) -> None:
    declared = b'<?xml version="1.0" encoding="klingon"?><worksheet/>'
    with pytest.raises(UnreadableFileError):
        read_workbook(save(tmp_path, replaced(SHEET, lambda _: declared)))
