"""An encoding is proven, declared, or assumed and reported."""

from collections.abc import Callable

import pytest

from connectors import ReadOptions, Table
from connectors.errors import EncodingError

ReadContent = Callable[..., Table]

WESTERN = "Vorname;Nachname;Ort\nJürgen;Weiß;Köln\nAnna;Müller;Bad Vöslau\n"
JAPANESE = "名前;会社;市\n山田太郎;株式会社テスト;東京都\n鈴木花子;有限会社サンプル;大阪市\n"
RUSSIAN = "Имя;Фамилия;Город\nЖанна;Шишкина;Москва\nИлья;Щукин;Санкт-Петербург\n" * 3  # noqa: RUF001 - it is Russian

ENCODINGS = [
    (WESTERN, "utf-8", "utf-8", False),
    (WESTERN, "utf-8-sig", "utf-8", False),
    (WESTERN, "utf-16", "utf-16", False),
    (WESTERN, "utf-32", "utf-32", False),
    (WESTERN, "utf-16-le", "utf-16-le", True),
    (WESTERN, "utf-16-be", "utf-16-be", True),
    (WESTERN, "cp1252", "cp1252", True),
    (JAPANESE, "utf-8", "utf-8", False),
    (JAPANESE, "shift_jis", "cp932", True),
    (RUSSIAN, "cp1251", "cp1251", True),
]


@pytest.mark.parametrize(("text", "encoding", "found", "assumed"), ENCODINGS)
def test_an_encoding_is_proven_or_its_assumption_is_reported(
    read_content: ReadContent, text: str, encoding: str, found: str, *, assumed: bool
) -> None:
    table = read_content(text.encode(encoding))
    assert table.encoding == found
    assert table.rows.iloc[0].tolist() == text.split("\n")[1].split(";")
    reported = table.findings.loc[table.findings["code"] == "file.encoding_assumed", "after"]
    assert reported.tolist() == ([found] if assumed else [])


DECLARED = [
    ("cp1250", "Łódź;Dvořák", "Łódź;Dvořák"),
    ("mac_roman", "Jürgen;Köln", "Jürgen;Köln"),
    ("utf-16-le", "Anna;Graz", "Anna;Graz"),
    ("shift_jis", "山田;東京", "山田;東京"),
]


@pytest.mark.parametrize(("encoding", "row", "expected"), DECLARED)
def test_a_declared_encoding_is_taken_without_a_finding(
    read_content: ReadContent, encoding: str, row: str, expected: str
) -> None:
    table = read_content(f"a;b\n{row}\n".encode(encoding), options=ReadOptions(encoding=encoding))
    assert ";".join(table.rows.iloc[0]) == expected
    assert table.findings.empty


def test_valid_utf8_outranks_the_declared_encoding(read_content: ReadContent) -> None:
    table = read_content(WESTERN, options=ReadOptions(encoding="cp1252"))
    assert (table.encoding, table.rows["Nachname"].tolist()) == ("utf-8", ["Weiß", "Müller"])


REFUSED = [
    ("not UTF-8", WESTERN.encode("cp1252"), "utf-8"),
    ("not Shift-JIS", "a;b\n\x81\xff;x\n".encode("latin-1"), "shift_jis"),
    ("cut off", WESTERN.encode("utf-16")[:-1], None),
]


@pytest.mark.parametrize(("case", "content", "declared"), REFUSED)
def test_text_that_is_not_in_its_declared_or_marked_encoding_is_refused(
    read_content: ReadContent, case: str, content: bytes, declared: str | None
) -> None:
    with pytest.raises(EncodingError, match=r"the text is not valid") as refused:
        read_content(content, options=ReadOptions(encoding=declared))
    assert "leads.csv" in str(refused.value), case


def test_rows_of_another_encoding_are_mended_alone(read_content: ReadContent) -> None:
    lines = [line.encode() for line in WESTERN.splitlines()]
    lines.insert(2, "Café;Zoë;\x93quoted\x94".encode("latin-1"))
    table = read_content(b"\n".join(lines))
    assert table.rows["Vorname"].tolist() == ["Jürgen", "Café", "Anna"]
    assert table.rows["Ort"].tolist()[1] == "“quoted”"
    assert table.findings[["row", "code"]].to_numpy().tolist() == [[1, "row.mixed_encoding"]]
