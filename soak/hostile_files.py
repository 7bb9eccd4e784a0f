"""Files damaged at random or made to harm a reader: each is read, or refused by name, soon.

Seeds are workbooks, texts and archives made here and, where LEADGATE_CORPORA names a folder of
public files, the spreadsheets there. Each is damaged in one of the ways below and read; whatever is
neither a table nor a `SourceFileError` that names the file, takes more than ten seconds of
processor time or more than 512 MB, is reported, and the file kept.
"""

import argparse
import gzip
import io
import os
import random
import re
import resource
import shutil
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Final

import openpyxl

from connectors import SourceFileError, read

SECONDS: Final = 10
MEGABYTES: Final = 512
LARGEST_SEED: Final = 300_000
NUMBERS: Final = (
    b"0", b"-1", b"1048576", b"1048577", b"16385", b"2147483647", b"4294967295", b"99999999999999",
    b"1e308", b"NaN", b"",
)  # fmt: skip
PLACES: Final = (b"A1", b"XFD1048576", b"A0", b"AAAA1", b"ZZZ99999999", b"1A", b"")
DOCTYPE: Final = b'<!DOCTYPE a [<!ENTITY x0 "ha"><!ENTITY x1 "&x0;&x0;"><!ENTITY x2 SYSTEM "file:///etc/passwd">]>'
SHEETS: Final = b"urn:oasis:names:tc:opendocument:xmlns:"

OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
SECTOR: Final = 512
SIZES: Final = (0, 1, 0x7FFF, 0xFFFF, 0x7FFFFFFF, 0xFFFFFFFF, 0xFFFFFFFE, 0x100000, 0xFFFFFFFFFFFF)
CIRCLES: Final = 0.3
OLD: Final = (".xls", ".xlsb")

Damage = Callable[[bytes, random.Random], bytes]


def main() -> None:
    """Read damaged files until there were enough; fail where one was not read or refused."""
    parser = argparse.ArgumentParser(prog="python -m soak.hostile_files", description=__doc__)
    parser.add_argument("--files", type=int, default=3_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--old", action="store_true", help="only .xls, .xlsb and .ods")
    parser.add_argument("--keep", type=Path, default=Path("build/hostile"))
    wanted = parser.parse_args()
    seeds = [*make_seeds(), *public_seeds()]
    if wanted.old:
        seeds = [each for each in seeds if each[0].lower().endswith((*OLD, ".ods"))]
    outcomes: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        for at in range(wanted.seed, wanted.seed + wanted.files):
            chance = random.Random(at)  # noqa: S311 - the same files every time
            name, content = chance.choice(seeds)
            damage = chance.choice(OLD_DAMAGES if name.lower().endswith(OLD) else DAMAGES)
            path = Path(folder) / f"{at}-{name}"
            path.write_bytes(damage(content, chance))
            outcome = try_file(path)
            outcomes[outcome.split(":")[0]] += 1
            if outcome.startswith("fault"):
                wanted.keep.mkdir(parents=True, exist_ok=True)
                shutil.copy(path, wanted.keep)
                print(f"{path.name} ({damage.__name__}): {outcome}")
            path.unlink()
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    counted = ", ".join(f"{count} {outcome}" for outcome, count in outcomes.most_common())
    print(f"hostile files: {counted}; peak of a child {peak} MB")
    if outcomes["fault"] or peak > MEGABYTES:
        raise SystemExit(1)


def try_file(path: Path) -> str:
    """Read a file; say whether it was read, refused, or what went wrong."""
    before = _processor_seconds()
    started = time.perf_counter()
    try:
        outcome = f"read: {len(read(path))} tables"
    except SourceFileError as refused:
        outcome = "refused" if path.name in str(refused) else "fault: a refusal without a name"
    except Exception as error:  # noqa: BLE001 - that is what is looked for
        return f"fault: {type(error).__name__}"
    spent = min(_processor_seconds() - before, time.perf_counter() - started)
    return outcome if spent <= SECONDS else f"fault: {spent:.0f} seconds"


def _processor_seconds() -> float:
    """What this process and its children have spent, however busy the machine is."""
    spent = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(each.ru_utime + each.ru_stime for each in spent)


def make_seeds() -> list[tuple[str, bytes]]:
    """Make small files of every form that can be made here."""
    book = openpyxl.Workbook()
    for row in range(60):
        book.worksheets[0].append([f"lead {row}", row, row / 7, f"a{row}@x.example", row % 2 == 0])
    book.worksheets[0].merge_cells("A3:A5")
    saved = io.BytesIO()
    book.save(saved)
    text = b"name,email,note\n" + b'"Meyer, Anna",a@x.example,"two\nlines"\n' * 40
    cell = b'<table:table-cell office:value-type="string"><text:p>Anna</text:p></table:table-cell>'
    content = (
        b'<office:document-content xmlns:office="' + SHEETS + b'office:1.0" xmlns:table="' + SHEETS
        + b'table:1.0" xmlns:text="' + SHEETS + b'text:1.0"><office:body><office:spreadsheet>'
        b'<table:table table:name="A"><table:table-row table:number-rows-repeated="3">' + cell * 3
        + b"</table:table-row></table:table></office:spreadsheet></office:body>"
        b"</office:document-content>"
    )  # fmt: skip
    manifest = (
        b'<manifest:manifest xmlns:manifest="' + SHEETS + b'manifest:1.0"></manifest:manifest>'
    )
    kind = b"application/vnd.oasis.opendocument.spreadsheet"
    calc = {"mimetype": kind, "content.xml": content, "META-INF/manifest.xml": manifest}
    return [
        ("leads.xlsx", saved.getvalue()),
        ("leads.ods", zip_parts(calc)),
        ("leads.csv", text),
        ("leads.utf16.csv", text.decode().encode("utf-16")),
        ("leads.csv.gz", gzip.compress(text)),
        ("leads.zip", zip_parts({"a.csv": text, "b.xlsx": saved.getvalue()})),
    ]


def public_seeds() -> list[tuple[str, bytes]]:
    """Read the public spreadsheets that are small enough."""
    folder = os.environ.get("LEADGATE_CORPORA")
    files = sorted(Path(folder, "spreadsheets").rglob("*")) if folder else []
    kept = [each for each in files if each.is_file() and each.stat().st_size < LARGEST_SEED]
    return [(each.name, each.read_bytes()) for each in kept]


def zip_parts(parts: dict[str, bytes]) -> bytes:
    """Zip parts by their names."""
    saved = io.BytesIO()
    with zipfile.ZipFile(saved, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return saved.getvalue()


def cut(content: bytes, chance: random.Random) -> bytes:
    """Cut a file off anywhere."""
    return content[: chance.randrange(len(content) + 1)]


def flip(content: bytes, chance: random.Random) -> bytes:
    """Flip a few bits."""
    changed = bytearray(content)
    for _ in range(chance.randint(1, 8)):
        if changed:
            changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def splice(content: bytes, chance: random.Random) -> bytes:
    """Repeat a piece, or put in nonsense."""
    start = chance.randrange(len(content) + 1)
    piece = content[start : start + chance.randint(1, 5_000)]
    nonsense = chance.choice((piece * 30, b"\0" * 3_000, b'"', b"\xff" * 9, chance.randbytes(50)))
    return content[:start] + nonsense + content[start:]


def lie(content: bytes, chance: random.Random) -> bytes:
    """Change what the parts of a zip file say: numbers, places, types, elements."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = {each: archive.read(each) for each in archive.namelist()}
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError):
        return splice(content, chance)
    texts = [name for name, part in parts.items() if part.lstrip().startswith(b"<")]
    for name in chance.sample(texts, min(len(texts), 2)):
        parts[name] = chance.choice(LIES)(parts[name], chance)
    if chance.random() < 0.2:
        parts[chance.choice(("../../evil.csv", "xl\0.xml", "a" * 60_000))] = b"x"
    return zip_parts(parts)


def _numbers(part: bytes, chance: random.Random) -> bytes:
    return re.sub(
        rb'(?<=["> ])\d+(?=["<])',
        lambda found: chance.choice(NUMBERS) if chance.random() < 0.1 else found[0],
        part,
    )


def _places(part: bytes, chance: random.Random) -> bytes:
    return re.sub(
        rb"\b[A-Z]{1,3}\d{1,7}\b",
        lambda found: chance.choice(PLACES) if chance.random() < 0.05 else found[0],
        part,
    )


def _entities(part: bytes, chance: random.Random) -> bytes:
    end = part.find(b"?>") + 2 if part.startswith(b"<?xml") else 0
    inside = chance.choice((b"&x1;", b"&x2;", b"&undefined;"))
    return part[:end] + DOCTYPE + part[end:].replace(b"<v>", b"<v>" + inside)


def _nested(part: bytes, chance: random.Random) -> bytes:
    start = part.find(b">", chance.randrange(len(part)) if part else 0) + 1
    depth = chance.choice((100, 100_000))
    return part[:start] + b"<a>" * depth + part[start:]


def lie_in_records(content: bytes, chance: random.Random) -> bytes:
    """Change numbers in a file of the old kind, or in the binary parts of an .xlsb.

    Sizes, counts and the table of sectors stand in whole numbers of two and four bytes; what is
    put in makes them huge, negative, or lets a chain of sectors run in a circle.
    """
    if content.startswith(OLE):
        return _circles(content, chance) if chance.random() < CIRCLES else _sizes(content, chance)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = {each: archive.read(each) for each in archive.namelist()}
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError):
        return splice(content, chance)
    binary = [name for name in parts if name.endswith(".bin")] or [*parts]
    for name in chance.sample(binary, min(len(binary), 2)):
        parts[name] = _sizes(parts[name], chance)
    return zip_parts(parts)


def _sizes(part: bytes, chance: random.Random) -> bytes:
    """Put other whole numbers where small ones stand, in the header more often than elsewhere."""
    changed = bytearray(part)
    for _ in range(chance.randint(1, 12)):
        width = chance.choice((1, 2, 4))
        end = min(len(part), chance.choice((SECTOR, 8 * SECTOR, len(part)))) - width
        if end > 0:
            at = chance.randrange(end) // width * width
            changed[at : at + width] = chance.choice(SIZES).to_bytes(8, "little")[:width]
    return bytes(changed)


def _circles(part: bytes, chance: random.Random) -> bytes:
    """Let entries of a table of sectors name an earlier one, or themselves."""
    changed = bytearray(part)
    first = int.from_bytes(part[76:80], "little") + 1  # of the table: its first sector
    start = first * SECTOR
    for _ in range(chance.randint(1, 40)):
        entry = chance.randrange(SECTOR // 4)
        at = start + 4 * entry
        if at + 4 <= len(part):
            target = chance.choice((entry, max(0, entry - 1), 0, chance.randrange(SECTOR // 4)))
            changed[at : at + 4] = target.to_bytes(4, "little")
    return bytes(changed)


LIES: Final[tuple[Damage, ...]] = (_numbers, _places, _entities, _nested, cut, splice, flip)
DAMAGES: Final[tuple[Damage, ...]] = (cut, flip, splice, lie, lie, lie)
OLD_DAMAGES: Final[tuple[Damage, ...]] = (cut, flip, lie_in_records, lie_in_records)


if __name__ == "__main__":
    main()
