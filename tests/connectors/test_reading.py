"""A file is read as what it holds, or refused with its name, the reason and a way out."""

import gzip
import io
import os
import pickle
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from connectors import SourceFileError, Table, read, source
from connectors.errors import (
    EmptyFileError,
    HostileFileError,
    MissingFileError,
    NotAFileError,
    UnknownFormatError,
    UnreadableFileError,
)

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


def archive() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as file:
        file.writestr("leads.csv", CSV)
    return packed.getvalue()


ACCEPTED = [
    ("a CSV", "leads.csv", CSV),
    ("a CSV without a suffix", "leads", CSV),
    ("a CSV in capitals", "LEADS.CSV", CSV),
    ("a CSV packed", "leads.csv.gz", gzip.compress(CSV)),
    ("a CSV packed, not named so", "leads.csv", gzip.compress(CSV)),
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


@pytest.mark.parametrize(("case", "name", "content"), ACCEPTED)
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
    ("an old workbook", "leads.xls", OLE + bytes(80), UnknownFormatError, "old workbook"),
    (
        "an encrypted workbook",
        "leads.xlsx",
        OLE + bytes(99) + "EncryptedPackage".encode("utf-16-le"),
        UnknownFormatError,
        "protected by a password",
    ),
    ("a text named .xlsx", "leads.xlsx", CSV, UnknownFormatError, "not the .xlsx file"),
    ("a zip of a CSV", "leads.csv.zip", archive(), UnknownFormatError, "unpack it"),
    ("packed twice", "l.csv.gz", gzip.compress(gzip.compress(CSV)), HostileFileError, "twice"),
    ("cut off", "l.csv.gz", gzip.compress(CSV * 99)[:-9], UnreadableFileError, "cut off"),
    ("damaged", "l.csv.gz", gzip.compress(CSV)[:12] + b"x" * 9, UnreadableFileError, "damaged"),
    ("broken JSON", "leads.json", b'[{"a": 1},\n{"a"', UnknownFormatError, "after line 1"),
    ("deep JSON", "leads.json", b"[" * 100_000, UnknownFormatError, "no valid JSON"),
]


@pytest.mark.parametrize(("case", "name", "content", "error", "says"), REFUSED)
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
    monkeypatch.setattr(source, "UNPACKED_LIMIT", 2**20)
    with pytest.raises(HostileFileError, match="unpacks to more than 1 MB"):
        read_content(gzip.compress(bytes(2**21)), "leads.csv.gz")


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
