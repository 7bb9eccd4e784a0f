"""Large files for the readers, written without any library: a workbook, delimited texts."""

import random
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
HEADER: Final = (
    "Id", "First name", "Last name", "Email", "Phone", "Company", "Street", "Postal code", "City",
    "Country", "Created", "Amount", "Opt in", "Notes",
)  # fmt: skip
FIRST: Final = ("Ann", "Bob", "Carla", "Dmitri", "Eve", "François", "Gina")
CITIES: Final = ("Bern", "Paris", "London", "New York", "Köln")
BLOCK: Final = 10_000


def write_workbook(path: Path, rows: int) -> None:
    """Write a workbook of leads: 14 columns, shared strings, numbers, dates, flags."""
    strings: dict[str, int] = {}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in _parts():
            archive.writestr(name, f'<?xml version="1.0" encoding="UTF-8"?>{content}')
        with archive.open("xl/worksheets/sheet1.xml", "w") as part:
            part.write(f'<worksheet xmlns="{MAIN}"><sheetData>'.encode())
            for line, cells in enumerate(_rows(rows), start=1):
                part.write(_row(line, cells, strings).encode())
            part.write(b"</sheetData></worksheet>")
        with archive.open("xl/sharedStrings.xml", "w") as part:
            part.write(f'<sst xmlns="{MAIN}" uniqueCount="{len(strings)}">'.encode())
            part.write("".join(f"<si><t>{text}</t></si>" for text in strings).encode())
            part.write(b"</sst>")


def write_csv(path: Path, rows: int, end: str = "") -> None:
    """Write a delimited text of leads, and after them an end of any kind."""
    with path.open("w", encoding="utf-8", newline="") as out:
        out.write("id,name,email,phone,city,note\r\n")
        for first in range(0, rows, BLOCK):
            out.write(
                "".join(
                    f'{at},"Meyer, Anna {at % 9973}",anna{at}@example.com,+4144{at:07},Bern,\r\n'
                    for at in range(first, min(first + BLOCK, rows))
                )
            )
        out.write(end)


def _rows(rows: int) -> Iterator[tuple[object, ...]]:
    chance = random.Random(7)  # noqa: S311 - the same file every time
    yield HEADER
    for at in range(rows):
        first, last = chance.choice(FIRST), f"{chance.choice(FIRST)}{chance.randrange(5000)}"
        yield (
            at, first, last, f"{first}.{last}@example{at % 97}.com".lower(),
            f"+41 44 {chance.randrange(10**6, 10**7)}", f"Company {chance.randrange(20_000)} AG",
            f"Main street {chance.randrange(300)}", chance.randrange(1_000, 9_999),
            chance.choice(CITIES), "CH", 45_000.5 + chance.randrange(600),
            round(chance.random() * 1_000, 2), chance.random() < 0.5, f"Note {at} about this lead",
        )  # fmt: skip


def _row(line: int, cells: tuple[object, ...], strings: dict[str, int]) -> str:
    written = []
    for at, cell in enumerate(cells):
        place = f'r="{chr(65 + at)}{line}"'
        if isinstance(cell, str):
            number = strings.setdefault(cell, len(strings))
            written.append(f'<c {place} t="s"><v>{number}</v></c>')
        elif isinstance(cell, bool):
            written.append(f'<c {place} t="b"><v>{int(cell)}</v></c>')
        else:
            style = ' s="1"' if HEADER[at] == "Created" else ""
            written.append(f"<c {place}{style}><v>{cell}</v></c>")
    return f'<row r="{line}">{"".join(written)}</row>'


def _parts() -> Iterator[tuple[str, str]]:
    kinds = {"worksheet": "worksheets/sheet1", "styles": "styles", "sharedStrings": "sharedStrings"}
    types = "".join(
        f'<Override PartName="/xl/{part}.xml" ContentType="application/vnd.openxmlformats-'
        f'officedocument.spreadsheetml.{kind}+xml"/>'
        for kind, part in {"sheet.main": "workbook", **kinds}.items()
    )
    yield (
        "[Content_Types].xml",
        (
            f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" ContentType='
            f'"application/vnd.openxmlformats-package.relationships+xml"/>{types}</Types>'
        ),
    )
    yield "_rels/.rels", _relations({"officeDocument": "xl/workbook"})
    yield "xl/_rels/workbook.xml.rels", _relations(kinds)
    yield (
        "xl/workbook.xml",
        (
            f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
            '<sheet name="Leads" sheetId="1" r:id="r0"/></sheets></workbook>'
        ),
    )
    one = "".join(f'<{name}s count="1"><{name}/></{name}s>' for name in ("font", "fill", "border"))
    yield (
        "xl/styles.xml",
        (
            f'<styleSheet xmlns="{MAIN}">{one}<cellStyleXfs count="1"><xf/></cellStyleXfs>'
            '<cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="22"/></cellXfs></styleSheet>'
        ),
    )


def _relations(kinds: dict[str, str]) -> str:
    each = "".join(
        f'<Relationship Id="r{at}" Type="{OFFICE}/{kind}" Target="{part}.xml"/>'
        for at, (kind, part) in enumerate(kinds.items())
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{each}</Relationships>'
