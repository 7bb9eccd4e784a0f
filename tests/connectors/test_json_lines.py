"""JSON lines become columns of text, one submission a row."""

from pathlib import Path

import pytest

from connectors.errors import SourceFileError
from connectors.reading import read
from connectors.table import Table


def read_text(folder: Path, text: str) -> Table:
    file = folder / "forms.jsonl"
    file.write_text(text, encoding="utf-8")
    (table,) = read(file)
    return table


def test_nested_keys_become_columns_named_by_their_last_key(tmp_path: Path) -> None:
    table = read_text(tmp_path, '{"id": "s1", "data": {"contact": {"email": "a@x.example"}}}\n')
    assert table.rows.iloc[0].to_dict() == {"id": "s1", "email": "a@x.example"}


def test_keys_that_are_not_unique_are_named_by_their_whole_path(tmp_path: Path) -> None:
    table = read_text(tmp_path, '{"form": {"name": "Demo"}, "person": {"name": "Anna"}}\n')
    assert list(table.rows.columns) == ["form.name", "person.name"]


VALUES = [
    ('{"phone": 12125550123}', "12125550123"),
    ('{"phone": 1.50}', "1.50"),
    ('{"phone": 1e400}', "1e400"),
    ('{"phone": true}', "true"),
    ('{"phone": ["a", "b"]}', "a ::: b"),
    ('{"phone": "007"}', "007"),
]


@pytest.mark.parametrize(("line", "text"), VALUES)
def test_values_become_the_text_that_was_written(tmp_path: Path, line: str, text: str) -> None:
    assert read_text(tmp_path, line).rows["phone"].tolist() == [text]


def test_listed_answers_become_columns_named_by_their_question(tmp_path: Path) -> None:
    mail = '{"label": "Your e-mail", "value": "a@x.example"}'
    line = f'{{"answers": [{mail}, {{"label": "City", "value": "Graz"}}]}}'
    table = read_text(tmp_path, line)
    assert table.rows.iloc[0].to_dict() == {"Your e-mail": "a@x.example", "City": "Graz"}


def test_a_bad_line_is_kept_and_flagged(tmp_path: Path) -> None:
    table = read_text(tmp_path, '{"email": "a@x.example"}\n{"email": "b@\n\n{"email": null}\n')
    assert table.rows["(unreadable line)"].dropna().tolist() == ['{"email": "b@']
    assert table.findings[["row", "code"]].to_numpy().tolist() == [[1, "file.bad_json"]]
    assert table.lines.tolist() == [1, 2]
    assert table.blank == 2


def test_a_list_of_objects_is_read_like_lines(tmp_path: Path) -> None:
    table = read_text(tmp_path, '[{"email": "a@x.example"},\n {"email": "b@x.example"}]')
    assert table.rows["email"].tolist() == ["a@x.example", "b@x.example"]


def test_objects_of_an_array_are_found_on_their_lines(tmp_path: Path) -> None:
    table = read_text(tmp_path, '\n[\n{"a": "x",\n"b": "y"},\n\n{"a": "z"}, 7]\n')
    assert table.lines.tolist() == [3, 6, 6]
    assert table.rows["(unreadable line)"].dropna().tolist() == ["7"]
    assert table.findings[["row", "code"]].to_numpy().tolist() == [[2, "file.bad_json"]]


def test_one_object_over_several_lines_is_one_row(tmp_path: Path) -> None:
    table = read_text(tmp_path, '{\n  "email": "a@x.example",\n  "city": "Graz"\n}\n')
    assert table.rows.iloc[0].to_dict() == {"email": "a@x.example", "city": "Graz"}


FLAT = [
    ("a key twice", '{"a": "1", "a": "2"}', {"a": "1 ::: 2"}),
    (
        "values in lists",
        '{"f": [{"name": "email", "values": ["a@x", "b@x"]}]}',
        {"email": "a@x ::: b@x"},
    ),
    ("a title", '{"q": [{"title": "City", "answer": "Graz"}]}', {"City": "Graz"}),
    (
        "a question twice",
        '{"q": [{"key": "Tag", "value": "a"}, {"key": "Tag", "value": "b"}]}',
        {"Tag": "a ::: b"},
    ),
    (
        "a question as an answer's key",
        '{"q": [{"label": "A", "key": "k1", "value": "x"}]}',
        {"A": "x"},
    ),
    (
        "objects without labels",
        '{"mails": [{"mail": "a@x"}, {"mail": "b@x"}]}',
        {"mail": "a@x ::: b@x"},
    ),
    (
        "booleans and null",
        '{"a": true, "b": false, "c": null, "d": ""}',
        {"a": "true", "b": "false"},
    ),
    ("an empty list and an empty object", '{"a": [], "b": {}, "c": "x"}', {"c": "x"}),
    (
        "digits as written",
        '{"a": 0.10, "b": 1234567890123456789012, "c": 1E5}',
        {"a": "0.10", "b": "1234567890123456789012", "c": "1E5"},
    ),
]


@pytest.mark.parametrize(("case", "line", "cells"), FLAT)
def test_an_object_is_flattened(
    tmp_path: Path, case: str, line: str, cells: dict[str, str]
) -> None:
    assert read_text(tmp_path, line).rows.iloc[0].dropna().to_dict() == cells, case


BROKEN = [
    ("a NUL", '{"a": "x\\u0000y"}', "x\ufffdy", "cell.nul"),
    ("half a character", '{"a": "x\\ud83dy"}', "x\ufffdy", "cell.surrogate"),
]


@pytest.mark.parametrize(("case", "line", "cell", "code"), BROKEN)
def test_what_no_database_keeps_is_replaced_and_flagged(
    tmp_path: Path, case: str, line: str, cell: str, code: str
) -> None:
    table = read_text(tmp_path, line)
    assert table.rows["a"].tolist() == [cell], case
    assert table.findings[["row", "field", "code"]].to_numpy().tolist() == [[0, "a", code]]


def test_a_whole_character_in_two_halves_is_kept(tmp_path: Path) -> None:
    assert read_text(tmp_path, '{"a": "\\ud83d\\ude00"}').rows["a"].tolist() == ["\U0001f600"]


def test_a_line_nested_too_deep_is_kept_and_flagged(tmp_path: Path) -> None:
    deep = '{"a": ' * 50_000 + "1" + "}" * 50_000
    table = read_text(tmp_path, '{"a": "x"}\n' + deep + "\n")
    assert table.findings[["row", "code"]].to_numpy().tolist() == [[1, "file.bad_json"]]


def test_keys_without_end_are_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceFileError, match="2,000 different keys"):
        read_text(tmp_path, "".join(f'{{"key{n}": "x"}}\n' for n in range(2_001)))


REFUSED = ["[1, 2", "[" * 100_000, '[{"a": 1},]', '[{"a": 1}] x']


@pytest.mark.parametrize("text", REFUSED)
def test_broken_json_is_refused_by_name(tmp_path: Path, text: str) -> None:
    with pytest.raises(SourceFileError, match=r"forms\.jsonl"):
        read_text(tmp_path, text)


def test_scalars_on_lines_are_no_submissions(tmp_path: Path) -> None:
    table = read_text(tmp_path, '"just text"\n{"email": "a@x.example"}\n')
    assert (0, "file.bad_json") in set(
        zip(table.findings["row"], table.findings["code"], strict=True)
    )
