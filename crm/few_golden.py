"""Golden records of the few contacts of an act, as the table holds them: without frames between."""

import json
from collections.abc import Iterable, Iterator, Mapping
from json.encoder import encode_basestring
from typing import Final

import pandas as pd

from crm.contacts import COLUMNS
from dedupe.few_survivors import Member, Origin, Survivor, survive_few
from dedupe.survivorship import SurvivorshipPolicy
from validators.fields import FIELDS, attributes_of

__all__ = ["FEW", "compute_few"]

FEW: Final = 200  # records for which rows are faster than columns
# As DuckDB writes them, which writes the golden records of imports.
_ESCAPES: Final = {
    **{number: f"\\u{number:04X}" for number in range(32)},
    **{ord(character): encode_basestring(character)[1:-1] for character in '"\\\b\f\n\r\t'},
}
Line = tuple[int, str, int]  # a contact, a value of a union, the source record it is from


def compute_few(
    members: pd.DataFrame, policy: SurvivorshipPolicy
) -> tuple[pd.DataFrame, list[Line], list[Line]]:
    """Compute golden records of stored `members`; returns rows, e-mails, phones.

    The rows are those of `crm.golden_rows.GoldenRows`, before anything a person decided.
    """
    made = survive_few(list(_list_members(members)), policy)
    rows = pd.DataFrame(
        [_write_row(survivor) for survivor in made.values()],
        columns=[*COLUMNS, "fields", "provenance", "alternates"],
        index=pd.Index(list(made), name="contact", dtype="int64"),
        dtype=object,
    )
    emails = [line for number, one in made.items() for line in _lines(number, one.emails)]
    phones = [line for number, one in made.items() for line in _lines(number, one.phones)]
    return rows, emails, phones


def _list_members(members: pd.DataFrame) -> Iterator[Member]:
    about = ("contact", "trust", "occurred_at", "content_hash", "doubtful")
    names = [name for name in FIELDS if name in members and name not in about]
    names += attributes_of(members)
    columns = [members[name].tolist() for name in (*about, *names)]
    for label, *cells in zip(members.index.tolist(), *columns, strict=True):
        contact, trust, at, content, doubtful = cells[: len(about)]
        told = zip(names, cells[len(about) :], strict=True)
        texts = {name: cell for name, cell in told if isinstance(cell, str)}
        doubts = json.loads(doubtful) if isinstance(doubtful, str) else ()
        yield Member(label, contact, trust, at, content, texts, FIELDS.keys() & doubts)


def _write_row(one: Survivor) -> list[str | None]:
    rest = {name: _quote(text) for name, text in one.texts.items() if name not in COLUMNS}
    alternates = {
        name: "[" + ",".join(f"[{encode_basestring(text)},{-label}]" for text, label in lost) + "]"
        for name, lost in one.alternates.items()
    }
    return [
        *(one.texts.get(name) for name in COLUMNS),
        _join(rest) or "{}",
        _join({name: str(-label) for name, label in one.provenance.items()}),
        _join(alternates),
    ]


def _quote(text: str) -> str:
    return f'"{text.translate(_ESCAPES)}"'


def _join(members: Mapping[str, str]) -> str | None:
    """An object of members that are JSON already; null where there are none."""
    if not members:
        return None
    return "{" + ",".join(f'"{name}":{value}' for name, value in members.items()) + "}"


def _lines(contact: int, union: Iterable[Origin]) -> Iterator[Line]:
    return ((contact, text, -label) for text, label in union)
