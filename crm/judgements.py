"""What people judged of two records, and what follows from it for later imports."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd
from sqlalchemy import Connection, Table, or_, select

from crm.bulk import listed_numbers, listed_texts
from crm.changes import Change
from crm.content_hash import hash_cells
from crm.frames import read_frame
from crm.json_text import from_json
from crm.models import source_record
from crm.steward_models import judgement
from dedupe.survivorship import EVENT_FIELDS
from validators.fields import FIELDS

__all__ = [
    "APART",
    "Judged",
    "between",
    "find_judged",
    "make_judgements",
    "pair_up",
    "person_keys",
]

APART: Final = ("different", "household")
MANY: Final = 1_000  # pairs beyond which not every one is written down
Pair = tuple[int, int]
Creation = tuple[Table, dict[str, Any]]


@dataclass(frozen=True)
class Judged:
    """Pairs of labels that rules must not join, and pairs that they must."""

    cannot_link: tuple[tuple[int, int], ...] = ()
    must_link: tuple[tuple[int, int], ...] = ()


def person_keys(standard: pd.DataFrame) -> pd.Series:
    """Hash what each record says of the person, not of the event it tells of."""
    names = [name for name in standard if name in FIELDS and name not in EVENT_FIELDS]
    return hash_cells(standard[sorted(names)])


def pair_up(here: Sequence[int], there: Sequence[int]) -> list[Pair]:
    """Pairs of records that keep two contacts apart: all, or of many each with one of the others.

    Records of one contact stay together, so that what is judged of one of them keeps out all.
    """
    if len(here) * len(there) <= MANY:
        return [(one, other) for one in here for other in there]
    return [(one, there[0]) for one in here] + [(here[0], other) for other in there[1:]]


def make_judgements(
    connection: Connection, pairs: Iterable[tuple[int, int]], stated: dict[str, Any], first: int
) -> tuple[list[Creation], list[Change]]:
    """Make rows of judgements between records, in force from the event they belong to.

    `stated` are the other columns; `first` and the numbers below it stand for their ids.
    """
    ordered = sorted({(min(pair), max(pair)) for pair in pairs})
    keys = _stored_keys(connection, {record for pair in ordered for record in pair})
    creates: list[Creation] = []
    changes = []
    for number, (left, right) in enumerate(ordered):
        stand_in = first - number
        row = {
            "id": stand_in,
            "left_record": left,
            "right_record": right,
            "left_key": keys[left],
            "right_key": keys[right],
            "active": False,
            **stated,
        }
        creates.append((judgement, row))
        changes.append(Change("judgement", stand_in, "active", before=False, after=True))
    return creates, changes


def between(
    connection: Connection, one: Iterable[int], others: Iterable[int], verdicts: Iterable[str]
) -> list[int]:
    """Find judgements in force between a record of `one` and a record of `others`."""
    left = list(one)
    right = list(others)
    turned = [(left, right), (right, left)]
    found = [
        connection.scalars(
            select(judgement.c.id).where(
                judgement.c.left_record.in_(listed_numbers(connection, here)),
                judgement.c.right_record.in_(listed_numbers(connection, there)),
                judgement.c.verdict.in_(list(verdicts)),
                judgement.c.active,
            )
        )
        for here, there in turned
    ]
    return sorted({number for some in found for number in some})


def find_judged(
    connection: Connection,
    records: Callable[[], pd.DataFrame],
    hashes: pd.Series,
    candidates: pd.DataFrame,
) -> Judged:
    """Find what was judged about the rows of a reading and the candidates for them.

    A row is meant where it has the content of a record that was judged, or says the same of the
    person as such a record. `records` reads the standardized rows; `hashes`: content hash of every
    row.
    """
    if connection.scalar(select(judgement.c.id).where(judgement.c.active).limit(1)) is None:
        return Judged()
    labels = _find_labels(records(), hashes, candidates)
    cannot: set[Pair] = set()
    must: set[Pair] = set()
    for row in _read_judgements(connection, labels):
        lefts = labels.get(row["left_hash"], set()) | labels.get(row["left_record"], set())
        rights = labels.get(row["right_hash"], set()) | labels.get(row["right_record"], set())
        if row["left_key"] != row["right_key"]:
            lefts |= labels.get(row["left_key"], set())
            rights |= labels.get(row["right_key"], set())
        found = {(min(a, b), max(a, b)) for a in lefts for b in rights if a != b}
        (must if row["verdict"] == "same" else cannot).update(found)
    return Judged(tuple(sorted(cannot)), tuple(sorted(must - cannot)))


def _find_labels(
    records: pd.DataFrame, hashes: pd.Series, candidates: pd.DataFrame
) -> dict[Any, set[int]]:
    """Labels of rows by content hash, person key and, for stored ones, by record."""
    columns = [name for name in records if name in FIELDS]
    known = [name for name in candidates if name in FIELDS]
    labels: dict[Any, set[int]] = {}
    for keys in (
        hashes.reindex(records.index),
        person_keys(records[columns]),
        candidates["content_hash"],
        person_keys(candidates[known]),
        candidates["source_record"],
    ):
        for label, key in zip(keys.index.tolist(), keys.tolist(), strict=True):
            labels.setdefault(key, set()).add(label)
    return labels


def _read_judgements(connection: Connection, labels: dict[Any, set[int]]) -> list[Any]:
    """Read judgements in force that are about one of these labels."""
    left, right = source_record.alias(), source_record.alias()
    texts = listed_texts(connection, [key for key in labels if isinstance(key, str)])
    rows = connection.execute(
        select(
            judgement,
            left.c.content_hash.label("left_hash"),
            right.c.content_hash.label("right_hash"),
        )
        .join(left, left.c.id == judgement.c.left_record)
        .join(right, right.c.id == judgement.c.right_record)
        .where(judgement.c.active)
        .where(
            or_(
                judgement.c.left_key.in_(texts),
                judgement.c.right_key.in_(texts),
                left.c.content_hash.in_(texts),
            )
        )
        .order_by(judgement.c.id)
    )
    return list(rows.mappings())


def _stored_keys(connection: Connection, records: Iterable[int]) -> dict[int, str]:
    wanted = source_record.c.id.in_(listed_numbers(connection, records))
    frame = read_frame(
        connection, select(source_record.c.id, source_record.c.standard).where(wanted)
    ).set_index("id")
    standard = from_json(frame["standard"], list(FIELDS))
    keys = person_keys(standard)
    return dict(zip(keys.index.tolist(), keys.tolist(), strict=True))
