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


REFUSED = ["[1, 2", "[" * 100_000]


@pytest.mark.parametrize("text", REFUSED)
def test_broken_json_is_refused_by_name(tmp_path: Path, text: str) -> None:
    with pytest.raises(SourceFileError, match=r"forms\.jsonl"):
        read_text(tmp_path, text)


def test_scalars_on_lines_are_no_submissions(tmp_path: Path) -> None:
    table = read_text(tmp_path, '"just text"\n{"email": "a@x.example"}\n')
    assert (0, "file.bad_json") in set(
        zip(table.findings["row"], table.findings["code"], strict=True)
    )
