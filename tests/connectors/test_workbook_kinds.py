"""Workbooks of kinds that no library here writes: BIFF12 (.xlsb), macros (.xlsm), wrong names."""

import io
import struct
import zipfile
from pathlib import Path

import openpyxl
import pytest

from connectors import SourceFileError, read

ROWS = [
    ("Name", "Email", "Score"),
    ("Añña 李", "anna@x.example", 3.5),
    ("Ben", "ben@x.example", 12),
]
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def record(kind: int, content: bytes = b"") -> bytes:
    """One record: kind and size in seven bits a byte, then the content (MS-XLSB 2.1.4)."""
    head = bytes([kind]) if kind < 128 else bytes([kind & 127 | 128, kind >> 7])
    size, sizes = len(content), b""
    while True:
        sizes += bytes([size & 127 | (128 if size > 127 else 0)])
        size >>= 7
        if not size:
            return head + sizes + content


def text(words: str) -> bytes:
    return struct.pack("<I", len(words)) + words.encode("utf-16-le")


def cell(column: int, value: str | float) -> bytes:
    place = struct.pack("<II", column, 0)
    if isinstance(value, str):
        return record(6, place + text(value))
    return record(5, place + struct.pack("<d", value))


def make_sheet() -> bytes:
    rows = b""
    for at, row in enumerate(ROWS):
        spans = struct.pack("<III", 1, 0, len(row) - 1)
        rows += record(0, struct.pack("<IIHBBB", at, 0, 300, 0, 0, 0) + spans)
        rows += b"".join(cell(column, value) for column, value in enumerate(row))
    size = record(148, struct.pack("<IIII", 0, len(ROWS) - 1, 0, 2))
    return record(129) + size + record(145) + rows + record(146) + record(130)


def relation(part: str, kind: str) -> str:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="{RELATIONS}">'
        f'<Relationship Id="rId1" Type="{OFFICE}/{kind}" Target="{part}"/></Relationships>'
    )


def make_xlsb() -> bytes:
    sheet = record(156, struct.pack("<II", 0, 1) + text("rId1") + text("Leads"))
    book = record(131) + record(143) + sheet + record(144) + record(132)
    types = (
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="bin" '
        'ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/>'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/></Types>'
    )
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", types)
        archive.writestr("_rels/.rels", relation("xl/workbook.bin", "officeDocument"))
        archive.writestr("xl/workbook.bin", book)
        archive.writestr(
            "xl/_rels/workbook.bin.rels", relation("worksheets/sheet1.bin", "worksheet")
        )
        archive.writestr("xl/worksheets/sheet1.bin", make_sheet())
    return content.getvalue()


def test_a_binary_workbook_is_read(tmp_path: Path) -> None:
    path = tmp_path / "leads.xlsb"
    path.write_bytes(make_xlsb())
    (table,) = read(path)
    assert (table.sheet, table.header_line, table.lines.tolist()) == ("Leads", 1, [2, 3])
    assert table.rows.to_numpy().tolist() == [
        ["Añña 李", "anna@x.example", "3.5"],
        ["Ben", "ben@x.example", "12"],
    ]


def test_a_binary_workbook_cut_anywhere_is_read_or_refused_by_name(tmp_path: Path) -> None:
    path, whole = tmp_path / "leads.xlsb", make_sheet()
    for at in range(0, len(whole), 61):
        broken = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(make_xlsb())) as good, zipfile.ZipFile(broken, "w") as bad:
            for name in good.namelist():
                content = whole[:at] if name.endswith("sheet1.bin") else good.read(name)
                bad.writestr(name, content)
        path.write_bytes(broken.getvalue())
        try:
            tables = read(path)
        except SourceFileError as refused:
            assert str(path) in str(refused)  # noqa: PT017 - some of them are read
        else:
            assert all(len(table.rows) <= 2 for table in tables)


def test_the_macros_of_a_workbook_are_left_alone(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in ROWS:
        book.active.append(row)
    plain = tmp_path / "plain.xlsx"
    book.save(plain)
    path = tmp_path / "leads.xlsm"
    with zipfile.ZipFile(plain) as good, zipfile.ZipFile(path, "w") as macros:
        for name in good.namelist():
            content = good.read(name)
            if name == "[Content_Types].xml":
                content = content.replace(
                    b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
                    b"application/vnd.ms-excel.sheet.macroEnabled.main+xml",
                )
            macros.writestr(name, content)
        macros.writestr(
            "xl/vbaProject.bin", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"Auto_Open" * 99
        )
    (table,) = read(path)
    assert table.rows["Email"].tolist() == ["anna@x.example", "ben@x.example"]


PICTURES = {
    "PNG": b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + b"\x00" * 99,
    "JPEG": b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + b"\x01" * 99,
    "GIF": b"GIF89a" + b"\x01" * 99,
    "PDF": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n" + b"1 0 obj\n" * 20,
}


@pytest.mark.parametrize("kind", PICTURES)
def test_a_picture_by_the_name_of_a_workbook_is_refused_in_words(tmp_path: Path, kind: str) -> None:
    for ending in (".xlsx", ".xls", ".xlsb", ".ods", ".csv"):
        path = tmp_path / f"leads{ending}"
        path.write_bytes(PICTURES[kind])
        with pytest.raises(SourceFileError) as refused:
            read(path)
        assert refused.value.code == "file.unknown_format"
        assert str(path) in str(refused.value)
