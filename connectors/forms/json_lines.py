"""JSON lines: one submission a line, flattened to columns of text."""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

import numpy as np

from connectors.errors import EmptyFileError, UnknownFormatError
from connectors.spreadsheets.encoding import decode
from connectors.spreadsheets.grid import Above, Header, Origin, make_table
from connectors.table import Finding, ReadOptions, Table

UNREADABLE: Final = "(unreadable line)"
LIST_SEPARATOR: Final = " ::: "
DEEPEST: Final = 20
# What a provider calls the question, and what it calls the answer.
LABELS: Final = ("label", "title", "question", "name", "key", "field")
ANSWERS: Final = ("value", "answer", "values", "text")


def read_json_lines(path: Path, content: bytes, options: ReadOptions) -> Table:
    """Read one JSON object a line, or a list of objects; nested keys become columns."""
    decoded = decode(content, options.encoding, path)
    if not decoded.text.strip():
        raise EmptyFileError(path, "there is nothing in it.")
    records, lines, blank = _parse(decoded.text, path)
    flat = [dict(_flatten(record)) for record in records]
    names = _name_paths(flat)
    columns: dict[str, list[str | None]] = {name: [None] * len(flat) for name in names.values()}
    for at, record in enumerate(flat):
        for key, text in record.items():
            columns[names[key]][at] = text
    findings: list[Finding] = [
        Finding(at, UNREADABLE, "file.bad_json")
        for at, record in enumerate(flat)
        if (UNREADABLE,) in record
    ]
    header = Header(None, None, tuple(columns), ())
    origin = Origin(path, None, decoded.encoding)
    return make_table(
        columns, np.asarray(lines, "int64"), header, origin, Above(blank, (), findings)
    )


def _parse(text: str, path: Path) -> tuple[list[object], list[int], int]:
    """The objects, the line each is on, and how many lines are blank."""
    if text.lstrip().startswith("["):
        try:
            records = _loads(text)
        except (ValueError, RecursionError):
            raise UnknownFormatError(
                path, "it begins like a JSON list but is not valid JSON."
            ) from None
        if isinstance(records, list):
            return records, list(range(1, len(records) + 1)), 0
    found, lines, blank = [], [], 0
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            blank += 1
            continue
        lines.append(number)
        try:
            found.append(_loads(line))
        except (ValueError, RecursionError):
            found.append({UNREADABLE: line.strip()})
    return found, lines, blank - text.endswith("\n")


def _loads(text: str) -> object:
    # Numbers stay as they were written: a phone number is no float.
    return json.loads(text, parse_int=str, parse_float=str, parse_constant=str)


def _flatten(
    value: object, path: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], str | None]]:
    """Leaves of a JSON value with the keys that lead to them."""
    if len(path) > DEEPEST:
        yield path, json.dumps(value, ensure_ascii=False)
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _flatten(inner, (*path, str(key)))
    elif isinstance(value, list):
        yield from _flatten_list(value, path)
    else:
        yield path or (UNREADABLE,), _text(value)


def _flatten_list(
    items: Sequence[object], path: tuple[str, ...]
) -> Iterator[tuple[tuple[str, ...], str | None]]:
    answers = [_answer(item) for item in items]
    if answers and all(answer is not None for answer in answers):
        for answer in answers:
            if answer is not None:
                yield from _flatten(answer[1], (*path, answer[0]))
    elif any(isinstance(item, Mapping | list) for item in items):
        for number, item in enumerate(items, start=1):
            yield from _flatten(item, (*path, str(number)))
    else:
        yield path, LIST_SEPARATOR.join(_text(item) or "" for item in items) or None


def _answer(item: object) -> tuple[str, object] | None:
    """A question with its answer, as form providers list them."""
    if not isinstance(item, Mapping):
        return None
    label = next((item[key] for key in LABELS if isinstance(item.get(key), str)), None)
    answer = next((item[key] for key in ANSWERS if key in item), None)
    return None if label is None or answer is None else (label, answer)


def _text(value: object) -> str | None:
    if value is None or value == "":
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def _name_paths(
    records: Sequence[Mapping[tuple[str, ...], str | None]],
) -> dict[tuple[str, ...], str]:
    """Name each path by its last key where that is unique, else by all of them."""
    paths = list(dict.fromkeys(path for record in records for path in record))
    leaves = [path[-1] for path in paths]
    return {path: path[-1] if leaves.count(path[-1]) == 1 else ".".join(path) for path in paths}
