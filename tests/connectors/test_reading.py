"""A file is read as what it holds, or refused with its name, the reason and a way out."""

import bz2
import gzip
import io
import lzma
import os
import pickle
import tarfile
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pyarrow as pa
import pytest

from connectors import SourceFileError, Table, archive, packing, read, read_chunks
from connectors.errors import (
    EmptyFileError,
    HostileFileError,
    MissingFileError,
    NotAFileError,
    UnknownFormatError,
    UnreadableFileError,
)
from connectors.spreadsheets import delimited

ReadContent = Callable[..., Table]

CSV = b"name,city\nAnna,Graz\n"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def workbook() -> bytes:
    book = openpyxl.Workbook()
    book.worksheets[0].append(["name", "city"])
    book.worksheets[0].append(["Anna", "Graz"])
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def zip_of(members: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as file:
        for name, content in members.items():
            file.writestr(name, content)
    return packed.getvalue()


def tar_of(members: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as file:
        for name, content in members.items():
            about = tarfile.TarInfo(name)
            about.size = len(content)
            file.addfile(about, io.BytesIO(content))
    return packed.getvalue()


def zstd_of(content: bytes) -> bytes:
    return pa.Codec("zstd").compress(content, asbytes=True)


ACCEPTED = [
    ("a CSV", "leads.csv", CSV),
    ("a CSV without a suffix", "leads", CSV),
    ("a CSV in capitals", "LEADS.CSV", CSV),
    ("a CSV packed", "leads.csv.gz", gzip.compress(CSV)),
    ("a CSV packed, not named so", "leads.csv", gzip.compress(CSV)),
    ("a CSV packed by bzip2", "leads.csv.bz2", bz2.compress(CSV)),
    ("a CSV packed by xz", "leads.csv.xz", lzma.compress(CSV) + lzma.compress(b"")),
    ("a CSV packed by Zstandard", "leads.csv.zst", zstd_of(CSV)),
    ("a workbook named .csv", "leads.csv", workbook()),
    ("JSON lines", "leads.jsonl", b'{"name": "Anna", "city": "Graz"}\n'),
    ("JSON lines packed", "leads.ndjson.gz", gzip.compress(b'{"name": "Anna", "city": "Graz"}')),
    ("a JSON array", "leads.json", b'[{"name": "Anna", "city": "Graz"}]'),
    ("JSON without a suffix", "leads", b'{"name": "Anna", "city": "Graz"}\n'),
    ("JSON named .txt", "leads.txt", b'\xef\xbb\xbf\n[ {"name": "Anna", "city": "Graz"}]'),
    ("a text named .xls", "leads.xls", b"name\tcity\nAnna\tGraz\n"),
    ("a CSV beginning with a brace", "leads.csv", b"{id},name,city\n,Anna,Graz\n"),
    ("UTF-16 beginning with a bracket", "leads.csv", "name,city\nAnna,Graz".encode("utf-16")),
]


@pytest.mark.parametrize(("case", "name", "content"), ACCEPTED, ids=[case for case, *_ in ACCEPTED])
def test_a_file_is_read_as_what_it_holds(
    read_content: ReadContent, case: str, name: str, content: bytes
) -> None:
    table = read_content(content, name)
    assert table.rows.iloc[0].dropna().to_dict() == {"name": "Anna", "city": "Graz"}, case
    assert table.file == name


REFUSED = [
    ("nothing", "leads.csv", b"", EmptyFileError, "is empty"),
    ("only space", "leads.csv", b" \n\r\n\t", EmptyFileError, "is empty"),
    ("a mark alone", "leads.csv", b"\xef\xbb\xbf\n", EmptyFileError, "is empty"),
    ("no objects", "leads.json", b"[ ]", EmptyFileError, "no objects"),
    ("a PDF", "leads.csv", b"%PDF-1.7 ...", UnknownFormatError, "a PDF document"),
    (
        "a picture",
        "leads.xlsx",
        b"\x89PNG\r\n\x1a\n" + bytes(50),
        UnknownFormatError,
        "PNG picture",
    ),
    ("a pickle", "leads.csv", pickle.dumps([{"a": 1}]), UnknownFormatError, "a Python pickle"),
    ("a web page", "leads.csv", b"<!DOCTYPE html><table>", UnknownFormatError, "a web page"),
    ("a web page as a workbook", "leads.xls", b"<html>", UnknownFormatError, "a web page"),
    ("bytes of any kind", "leads.csv", bytes(range(32)) * 40, UnknownFormatError, "a binary file"),
    ("zeros", "leads.csv", bytes(4096), UnknownFormatError, "a binary file"),
    ("a document", "leads.xls", OLE + bytes(80), UnknownFormatError, "an unknown document"),
    (
        "a letter",
        "leads.xls",
        OLE + bytes(99) + "WordDocument\0".encode("utf-16-le"),
        UnknownFormatError,
        "a Word document",
    ),
    (
        "an old workbook with a password",
        "leads.xls",
        OLE + bytes(504) + bytes.fromhex("0908100000060500") + bytes(12) + b"\x2f\x00Workbook",
        UnknownFormatError,
        "protected by a password",
    ),
    ("a letter of today", "l.xlsx", zip_of({"word/document.xml": b""}), UnknownFormatError, "Word"),
    ("Numbers", "l.numbers", zip_of({"Index/Document.iwa": b""}), UnknownFormatError, "Numbers"),
    (
        "a workbook as XML",
        "l.xls",
        b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">',
        UnknownFormatError,
        "saved as XML",
    ),
    ("Excel 4", "leads.xls", b"\x09\x04\x06\x00" + bytes(9), UnknownFormatError, "Excel 4"),
    (
        "an encrypted workbook",
        "leads.xlsx",
        OLE + bytes(99_999) + "EncryptedPackage\0".encode("utf-16-le"),
        UnknownFormatError,
        "protected by a password",
    ),
    ("a text named .xlsx", "leads.xlsx", CSV, UnknownFormatError, "not the .xlsx file"),
    ("an archive of a picture", "l.zip", zip_of({"a.png": b"x"}), UnknownFormatError, "without a"),
    ("an archive of nothing", "l.zip", zip_of({}), UnknownFormatError, "without a table"),
    (
        "an archive in an archive",
        "l.zip",
        zip_of({"inner.csv": zip_of({"leads.csv": CSV})}),
        HostileFileError,
        "“l.zip/inner.csv” is packed twice",
    ),
    (
        "a bad file in an archive",
        "l.zip",
        zip_of({"leads.csv": CSV, "b.csv": bytes(4096)}),
        UnknownFormatError,
        "“l.zip/b.csv” is a binary file",
    ),
    ("an archive cut off", "l.zip", zip_of({"leads.csv": CSV})[:-9], UnreadableFileError, "cut"),
    ("a workbook cut off", "l.xlsx", workbook()[:2000], UnreadableFileError, "anew in Excel"),
    ("a tar cut off", "l.tar", tar_of({"leads.csv": CSV})[:514], UnreadableFileError, "cut off"),
    ("an xz cut off", "l.csv.xz", lzma.compress(CSV)[:-9], UnreadableFileError, "cut off"),
    ("a bzip2 cut off", "l.csv.bz2", bz2.compress(CSV)[:-9], UnreadableFileError, "cut off"),
    ("a Zstandard cut off", "l.csv.zst", zstd_of(CSV)[:-3], UnreadableFileError, "cut off"),
    ("packed twice", "l.csv.gz", gzip.compress(gzip.compress(CSV)), HostileFileError, "twice"),
    ("cut off", "l.csv.gz", gzip.compress(CSV * 99)[:-9], UnreadableFileError, "cut off"),
    ("damaged", "l.csv.gz", gzip.compress(CSV)[:12] + b"x" * 9, UnreadableFileError, "damaged"),
    ("broken JSON", "leads.json", b'[{"a": 1},\n{"a"', UnknownFormatError, "after line 1"),
    ("deep JSON", "leads.json", b"[" * 100_000, UnknownFormatError, "no valid JSON"),
]


@pytest.mark.parametrize(
    ("case", "name", "content", "error", "says"), REFUSED, ids=[case for case, *_ in REFUSED]
)
def test_what_cannot_be_read_is_refused_by_name_reason_and_way_out(
    read_content: ReadContent,
    *,
    case: str,
    name: str,
    content: bytes,
    error: type[SourceFileError],
    says: str,
) -> None:
    with pytest.raises(error, match=says) as refused:
        read_content(content, name)
    assert refused.value.file.endswith(name), case
    assert str(refused.value).startswith(refused.value.file)


def test_a_file_that_unpacks_to_too_much_is_refused(
    read_content: ReadContent, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(packing, "UNPACKED_LIMIT", 2**20)
    for name, packed in (
        ("leads.csv.gz", gzip.compress(bytes(2**21))),
        ("leads.csv.xz", lzma.compress(bytes(2**21))),
        ("leads.zip", zip_of({"a.csv": CSV * 2**15, "b.csv": CSV * 2**15})),
    ):
        with pytest.raises(HostileFileError, match="unpacks to more than 1 MB"):
            read_content(packed, name)


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress])
def test_a_file_that_unpacks_to_hundreds_of_times_its_size_is_refused(
    read_content: ReadContent, pack: Callable[[bytes], bytes]
) -> None:
    with pytest.raises(HostileFileError, match="200 times its size"):
        read_content(pack(bytes(packing.RATIO_COUNTS_FROM + 2**20)), "leads.csv.gz")


@pytest.mark.parametrize(
    ("name", "pack"), [("week.zip", zip_of), ("week.tar", tar_of), ("week.tgz", tar_of)]
)
def test_an_archive_is_read_file_by_file_and_what_is_passed_over_is_said(
    tmp_path: Path, name: str, pack: Callable[[dict[str, bytes]], bytes]
) -> None:
    members = {
        "mon/leads.csv": CSV,
        "tue/leads.xlsx": workbook(),
        "about.txt": b"read me",
        "__MACOSX/mon/._leads.csv": b"x",
    }
    content = pack(members)
    (tmp_path / name).write_bytes(gzip.compress(content) if name == "week.tgz" else content)
    first, second = read(tmp_path / name)
    assert (first.file, second.file) == (f"{name}/mon/leads.csv", f"{name}/tue/leads.xlsx")
    assert (first.rows.index.tolist(), second.rows.index.tolist()) == ([0], [1])
    assert first.findings[["row", "code", "before"]].to_numpy().tolist() == [
        [-1, "file.passed_over", "about.txt"]
    ]
    assert second.findings.empty


NASTY = (
    "../../leads.csv", "/etc/leads.csv", "C:\\leads.csv", "..\\..\\leads.csv", "a/../../leads.csv",
    "//host/share/leads.csv", "CON.csv", "aux.csv", "leads.csv ", " leads.csv", "leads .csv",
    "le\nads.csv", "le\rads.csv", "le\tads.csv", "le\x1bads.csv", "le\u202egnp.csv", "-rf.csv",
    "$(id).csv", "`id`.csv", ";id;.csv", "|id.csv", "&id.csv", "%2e%2e%2fleads.csv", "~/leads.csv",
    "~root/leads.csv", "leads.csv::$DATA.csv", "'leads'.csv", '"leads".csv', "<b>leads</b>.csv",
    "=cmd|' /C calc'!A0.csv", "{{7*7}}.csv", "\u200bleads.csv", "\uff4c\uff45\uff41ds.csv",
    "..csv", "...csv",
    "a" * 250 + ".csv", "/".join("ab" * 60) + "/leads.csv", "*.csv", "?.csv", "leads.CSV",
)  # fmt: skip


@pytest.mark.parametrize("kind", ["leads.zip", "leads.tar", "leads.tar.gz"])
def test_the_texts_of_an_archive_come_chunk_by_chunk_with_their_rows_numbered_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    monkeypatch.setattr(delimited, "RECORDS_A_CHUNK", 100)
    members = {"a.csv": b"name,city\r" + b"Anna,Graz\r" * 500, "b.csv": CSV}
    packed = zip_of(members) if kind.endswith("zip") else tar_of(members)
    path = tmp_path / kind
    path.write_bytes(gzip.compress(packed) if kind.endswith("gz") else packed)
    chunks = list(read_chunks(path))
    assert [chunk.file for chunk in chunks if len(chunk.rows)].count(f"{kind}/a.csv") > 1
    assert [row for chunk in chunks for row in chunk.rows.index] == list(range(501))
    assert [table.rows.index[-1] for table in read(path)] == [499, 500]


def test_the_nastiest_name_in_an_archive_writes_no_file_and_shows_no_control_character(
    tmp_path: Path,
) -> None:
    assert len(NASTY) == 40
    folder = tmp_path / "a" / "b"
    folder.mkdir(parents=True)
    for at, name in enumerate(NASTY):
        for pack in (zip_of, tar_of):
            path = folder / f"{at}.pack"
            path.write_bytes(pack({name: CSV}))
            try:
                (table,) = read(path)
            except UnknownFormatError as refused:
                assert "without a table" in str(refused), name  # noqa: PT017 - either is right
                continue
            assert table.file.isprintable(), name
            assert len(table.rows) == 1
    assert {each.name for each in tmp_path.rglob("*") if each.is_file()} == {
        f"{at}.pack" for at in range(len(NASTY))
    }


def test_a_link_in_a_tar_is_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "leads.tar"
    with tarfile.open(path, "w") as file:
        link = tarfile.TarInfo("secret.csv")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        file.addfile(link)
        about = tarfile.TarInfo("leads.csv")
        about.size = len(CSV)
        file.addfile(about, io.BytesIO(CSV))
    (table,) = read(path)
    assert table.findings["before"].tolist() == ["secret.csv"]


def test_an_archive_protected_by_a_password_is_refused(tmp_path: Path) -> None:
    content = bytearray(zip_of({"leads.csv": CSV}))
    for sign, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(sign) + offset] |= 1
    (tmp_path / "leads.zip").write_bytes(content)
    with pytest.raises(UnknownFormatError, match="protected by a password"):
        read(tmp_path / "leads.zip")


def test_an_archive_of_too_many_files_is_refused(tmp_path: Path) -> None:
    for pack in (zip_of, tar_of):
        (tmp_path / "leads.pack").write_bytes(pack({f"{at}.csv": b"" for at in range(2_500)}))
        with pytest.raises(HostileFileError, match="more than 1,000"):
            read(tmp_path / "leads.pack")


def test_an_archive_of_too_many_workbooks_is_refused(tmp_path: Path) -> None:
    (tmp_path / "leads.zip").write_bytes(zip_of({f"{at}.xlsx": b"PK" for at in range(101)}))
    with pytest.raises(HostileFileError, match="more than 100 workbooks"):
        read(tmp_path / "leads.zip")


def test_workbooks_that_take_long_together_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = io.BytesIO()
    openpyxl.Workbook().save(book)
    monkeypatch.setattr(archive, "WORKBOOK_SECONDS", -1.0)
    (tmp_path / "leads.zip").write_bytes(zip_of({"a.xlsx": book.getvalue()}))
    with pytest.raises(HostileFileError, match="take too long to read"):
        read(tmp_path / "leads.zip")


def test_the_kind_a_zip_file_states_is_not_read_to_its_end(tmp_path: Path) -> None:
    kind = b"application/vnd.oasis.opendocument.spreadsheet".ljust(100_000_000, b" ")
    with zipfile.ZipFile(tmp_path / "leads.ods", "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("mimetype", kind)
    tracemalloc.start()
    with pytest.raises(SourceFileError):
        read(tmp_path / "leads.ods")
    assert tracemalloc.get_traced_memory()[1] < 50_000_000
    tracemalloc.stop()


def test_a_missing_file_a_folder_and_a_pipe_are_refused(tmp_path: Path) -> None:
    with pytest.raises(MissingFileError, match="no such file"):
        read(tmp_path / "nowhere.csv")
    with pytest.raises(NotAFileError, match=r"is a folder; name the files in it, for example .*\*"):
        read(tmp_path)
    os.mkfifo(tmp_path / "pipe.csv")
    with pytest.raises(NotAFileError, match="a device or a pipe"):
        read(tmp_path / "pipe.csv")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "leads.csv"
    file.write_bytes(CSV)
    file.chmod(0)
    with pytest.raises(UnreadableFileError, match="you may not read it"):
        read(file)


def test_a_message_names_no_value_of_the_file(read_content: ReadContent) -> None:
    with pytest.raises(SourceFileError) as refused:
        read_content(b'[{"email": "canary@x.example"},\n{"phone": canary}]', "leads.json")
    assert "canary" not in str(refused.value)
