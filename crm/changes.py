"""What an act of a person moves: single facts, each before and after, so that it can be undone.

A fact is a value of a row: `("lead", 4, "status")`. Three kinds of facts are more than a column:
the `place` of a `source_record` (the contact it is linked to, `"held"`, or `"withdrawn"`), which
its interactions follow, and the rows of `pin` and `consent`, which are there or are not.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd
from sqlalchemy import Connection, Table, bindparam, delete, select, update

from crm.bulk import insert_frame, listed_numbers
from crm.models import account, batch, contact, interaction, lead, quarantine_row, review_item
from crm.placing import find_places, move_records
from crm.steward_models import consent, event_change, judgement, opportunity, pin

__all__ = ["Change", "apply_changes", "find_current", "group_facts", "make_frame", "read_reversed"]

FRAME: Final = ("thing", "thing_id", "field", "before", "after")
COLUMNS: Final[dict[str, Table]] = {
    table.name: table
    for table in (
        account,
        batch,
        contact,
        interaction,
        judgement,
        lead,
        opportunity,
        quarantine_row,
        review_item,
    )
}
# Rows that are one fact: their table, and the column that says which of a contact it is.
ROWS: Final = {"pin": (pin, pin.c.field), "consent": (consent, consent.c.purpose)}
MANY: Final = 50


@dataclass(frozen=True)
class Change:
    """One fact, before and after: plain JSON values, null where there was nothing."""

    thing: str
    thing_id: int
    field: str
    before: Any
    after: Any


def make_frame(changes: Iterable[Change]) -> pd.DataFrame:
    """Put changes into a frame; `before` and `after` as JSON text, null where there is nothing.

    Of several changes of one fact there is one line, from the first `before` to the last `after`.
    """
    facts: dict[tuple[str, int, str], tuple[str | None, str | None]] = {}
    for each in changes:
        fact = (each.thing, each.thing_id, each.field)
        before, _ = facts.get(fact, (_write(each.before), None))
        facts[fact] = (before, _write(each.after))
    lines = [(*fact, *ends) for fact, ends in facts.items() if ends[0] != ends[1]]
    return _set_out(lines)


def read_reversed(connection: Connection, event: int) -> pd.DataFrame:
    """Read what an event changed, turned round: the last first, from `after` to `before`."""
    columns = [event_change.c[name] for name in ("thing", "thing_id", "field", "after", "before")]
    rows = connection.execute(
        select(*columns)
        .where(event_change.c.merge_event_id == event)
        .order_by(event_change.c.number.desc())
    )
    return _set_out(rows.all())


def _set_out(lines: Sequence[Sequence[Any]]) -> pd.DataFrame:
    columns = zip(*lines, strict=True) if lines else [()] * len(FRAME)
    return pd.DataFrame(
        {
            name: pd.array(list(cells), dtype="int64" if name == "thing_id" else "str")
            for name, cells in zip(FRAME, columns, strict=True)
        }
    )


def apply_changes(
    connection: Connection, event: int, changes: pd.DataFrame, first: int = 0
) -> None:
    """Make changes, and log them under their event; `first` is the number of the first one."""
    numbered = changes.assign(number=range(first, first + len(changes)))
    insert_frame(connection, event_change, numbered, merge_event_id=event)
    for thing, field, part in group_facts(changes):
        if thing == "source_record":
            move_records(connection, event, part)
        elif thing in ROWS:
            _replace_rows(connection, thing, field, part)
        else:
            _update(connection, COLUMNS[thing], field, part)


def find_current(connection: Connection, changes: pd.DataFrame) -> pd.Series:
    """Find what each fact is now, as JSON text; index that of `changes`."""
    found: dict[int, str | None] = {}
    for thing, field, part in group_facts(changes):
        now: Mapping[int, str | None]
        if thing == "source_record":
            now = find_places(connection, part["thing_id"])
        elif thing in ROWS:
            now = _read_rows(connection, thing, field, part["thing_id"])
        else:
            column = COLUMNS[thing].c[field]
            rows = connection.execute(
                select(COLUMNS[thing].c.id, column).where(
                    COLUMNS[thing].c.id.in_(listed_numbers(connection, part["thing_id"]))
                )
            )
            now = {number: _write(value) for number, value in rows}
        facts = zip(part.index.tolist(), part["thing_id"].tolist(), strict=True)
        found |= {label: now.get(number) for label, number in facts}
    labels = changes.index.tolist()
    return pd.Series([found[label] for label in labels], index=changes.index, dtype="str")


def group_facts(changes: pd.DataFrame) -> Iterator[tuple[str, str, pd.DataFrame]]:
    """Changes by the kind of fact, in the order of the first of each kind."""
    kinds: dict[tuple[str, str], list[int]] = {}
    facts = zip(changes["thing"].tolist(), changes["field"].tolist(), strict=True)
    for place, kind in enumerate(facts):
        kinds.setdefault(kind, []).append(place)
    for (thing, field), places in kinds.items():
        yield thing, field, changes if len(kinds) == 1 else changes.iloc[places]


def _update(connection: Connection, table: Table, field: str, part: pd.DataFrame) -> None:
    """Set a column; rows that get the same value in one statement."""
    lines = list(zip(part["thing_id"].tolist(), part["after"].tolist(), strict=True))
    values: dict[str | None, list[int]] = {}
    for number, text in lines:
        values.setdefault(text if isinstance(text, str) else None, []).append(number)
    if len(values) <= MANY:
        for value, numbers in values.items():
            wanted = table.c.id.in_(listed_numbers(connection, numbers))
            connection.execute(update(table).where(wanted).values({field: read_value(value)}))
        return
    connection.execute(
        update(table).where(table.c.id == bindparam("number")).values({field: bindparam("new")}),
        [{"number": number, "new": read_value(value)} for number, value in lines],
    )


def _replace_rows(connection: Connection, thing: str, field: str, part: pd.DataFrame) -> None:
    table, column = ROWS[thing]
    owners = listed_numbers(connection, part["thing_id"])
    connection.execute(delete(table).where(table.c.contact_id.in_(owners), column == field))
    lines = [
        {"contact_id": number, column.name: field, **json.loads(text)}
        for number, text in zip(part["thing_id"].tolist(), part["after"], strict=True)
        if isinstance(text, str)
    ]
    if lines:
        connection.execute(table.insert(), lines)


def _read_rows(
    connection: Connection, thing: str, field: str, owners: pd.Series
) -> dict[int, str | None]:
    table, column = ROWS[thing]
    wanted = table.c.contact_id.in_(listed_numbers(connection, owners))
    rows = connection.execute(select(table).where(wanted, column == field)).mappings()
    return {
        row["contact_id"]: _write(
            {name: row[name] for name in row if name not in {"contact_id", column.name}}
        )
        for row in rows
    }


def read_value(text: object) -> Any:
    """Read a value of a change."""
    return json.loads(text) if isinstance(text, str) else None


def _write(value: object) -> str | None:
    return None if value is None else json.dumps(value, ensure_ascii=False, sort_keys=True)
