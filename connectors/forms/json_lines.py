"""JSON lines, and arrays of objects: one submission a row."""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final, TextIO

import numpy as np

from connectors.errors import EmptyFileError, HostileFileError, UnknownFormatError
from connectors.forms.flattening import Json, Path, flatten, name_paths
from connectors.source import SourceFile
from connectors.spreadsheets.encoding import find_encoding, open_text
from connectors.spreadsheets.grid import Grid, GridFinding, hold_columns
from connectors.spreadsheets.tabulation import Columns, Origin, make_table
from connectors.table import WHOLE_TABLE, Finding, ReadOptions, Table

UNREADABLE: Final[Path] = ("(unreadable line)",)
DOCUMENT_LIMIT: Final = 64 * 2**20
COLUMNS_LIMIT: Final = 2_000
SPACE: Final = re.compile(r"\s*")


@dataclass(frozen=True)
class Submission:
    """One object: its texts by path, and the 1-based line on which it begins."""

    texts: dict[Path, str | None]
    line: int


def read_json(file: SourceFile, options: ReadOptions) -> Table:
    """Read JSON lines, an array of objects or one object as a table, one object a row.

    A line that is no object keeps its text in the column “(unreadable line)”, with a finding. An
    array that is no valid JSON is refused as a whole.
    """
    encoding = find_encoding(file, options.encoding)
    nothing: list[int] = []
    with open_text(file.content, encoding) as text:
        found = list(_read_submissions(file, text, nothing))
    if not found:
        raise EmptyFileError(file.path, "holds no objects; export it again.")
    names = name_paths(_paths(file, found))
    assumed: tuple[Finding, ...] = ()
    if encoding.assumed:
        assumed = (Finding(WHOLE_TABLE, None, "file.encoding_assumed", None, encoding.name),)
    origin = Origin(file, encoding=encoding.name, findings=assumed)
    columns = Columns(dict(enumerate(names.values())), 0, len(names), placed=False)
    return make_table(_hold(found, list(names), nothing), columns, origin)


def _read_submissions(file: SourceFile, text: TextIO, nothing: list[int]) -> Iterator[Submission]:
    first = next((line for line in text if line.strip()), "")
    text.seek(0)
    if first.lstrip().startswith("["):
        yield from _read_array(file, _read_document(file, text))
        return
    if first.lstrip().startswith("{") and _load_object(first) is None:
        whole = _load_object(_read_document(file, text))
        if whole is not None:
            yield Submission(flatten(whole), 1)
            return
        text.seek(0)
    for number, line in enumerate(text, start=1):
        if not line.strip():
            nothing.append(number)
            continue
        record = _load_object(line)
        yield _submission(record, line.strip(), number)


def _read_document(file: SourceFile, text: TextIO) -> str:
    document = text.read(DOCUMENT_LIMIT + 1)
    if len(document) > DOCUMENT_LIMIT:
        raise HostileFileError(
            file.path,
            f"is one JSON document of more than {DOCUMENT_LIMIT >> 20} MB; export it as JSON "
            "lines (.jsonl), one object a line.",
        )
    return document


def _submission(record: dict[str, Json] | None, text: str, line: int) -> Submission:
    return Submission({UNREADABLE: text} if record is None else flatten(record), line)


def _read_array(file: SourceFile, text: str) -> Iterator[Submission]:
    """Read the objects of an array one after the other, each with the line it begins on."""
    line, counted = 1, 0
    try:
        for item, start, end in _scan_array(text):
            line, counted = line + text.count("\n", counted, start), start
            yield _submission(item if isinstance(item, dict) else None, text[start:end], line)
    except (ValueError, RecursionError):
        raise UnknownFormatError(
            file.path, f"is no valid JSON after line {line}; it may be cut off, export it again."
        ) from None


def _scan_array(text: str) -> Iterator[tuple[Json, int, int]]:
    """Give the items of an array, and where each begins and ends. Raises ValueError."""
    at = _skip_space(text, text.index("[") + 1)
    closed = text.startswith("]", at)
    while not closed:
        item, end = _DECODER.raw_decode(text, at)
        yield item, at, end
        at = _skip_space(text, end)
        closed = text.startswith("]", at)
        if not closed and not text.startswith(",", at):
            raise ValueError
        at = at if closed else _skip_space(text, at + 1)
    if text[at + 1 :].strip():
        raise ValueError


def _skip_space(text: str, at: int) -> int:
    space = SPACE.match(text, at)
    return space.end() if space else at


def _load_object(text: str) -> dict[str, Json] | None:
    """The object a text is, or None where it is none. Numbers stay as they were written."""
    try:
        loaded = _DECODER.decode(text)
    except (ValueError, RecursionError):
        return None
    return loaded if isinstance(loaded, dict) else None


def _join_twins(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    """An object of its pairs; a key that stands twice keeps both values, as a list."""
    record: dict[str, Json] = {}
    for key, value in pairs:
        record[key] = [record[key], value] if key in record else value
    return record


_DECODER: Final[Any] = json.JSONDecoder(
    parse_int=str, parse_float=str, parse_constant=str, object_pairs_hook=_join_twins
)


def _paths(file: SourceFile, found: Sequence[Submission]) -> list[Path]:
    """All paths of all objects, as they first appear."""
    paths: dict[Path, None] = {}
    for submission in found:
        paths.update(dict.fromkeys(submission.texts))
        if len(paths) > COLUMNS_LIMIT:
            raise HostileFileError(
                file.path,
                f"has more than {COLUMNS_LIMIT:,} different keys; export one form at a time.",
            )
    return list(paths)


def _hold(found: Sequence[Submission], paths: list[Path], nothing: list[int]) -> Grid:
    columns, mended = hold_columns([[each.texts.get(path) for each in found] for path in paths])
    bad: list[GridFinding] = [
        GridFinding(at, None, "file.bad_json")
        for at, each in enumerate(found)
        if UNREADABLE in each.texts
    ]
    return Grid(
        columns=columns,
        lines=np.array([each.line for each in found], dtype="int64"),
        widths=np.full(len(found), len(paths), dtype="int64"),
        nothing=np.array(nothing, dtype="int64"),
        findings=(*bad, *mended),
    )
