"""What an act of a person moves: single facts, each before and after, so that it can be undone.

A fact is a value of a row: `("lead", 4, "status")`. Three kinds of facts are more than a column:
the `place` of a `source_record` (the contact it is linked to, `"held"`, or `"withdrawn"`), which
its interactions follow, and the rows of `pin`, `consent` and `custom_attribute`, which are there
or are not.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, cast

import pandas as pd
from sqlalchemy import Connection, Table, bindparam, delete, select, update

from crm.bulk import insert_frame, listed_numbers
from crm.models import account, batch, contact, interaction, lead, quarantine_row, review_item
from crm.placing import find_places, move_records
from crm.steward_models import consent, event_change, judgement, opportunity, pin

__all__ = ["Change", "apply_changes", "find_current", "make_frame", "read_changes", "reverse"]

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
    frame = pd.DataFrame(lines, columns=list(FRAME))
    texts = dict.fromkeys(["thing", "field", "before", "after"], "str")
    return frame.astype({"thing_id": "int64", **texts})


def reverse(changes: pd.DataFrame) -> pd.DataFrame:
    """Turn changes round, the last first."""
    turned = changes.rename(columns={"before": "after", "after": "before"})
    return turned[list(FRAME)].iloc[::-1].reset_index(drop=True)


def read_changes(connection: Connection, event: int) -> pd.DataFrame:
    """Read what an event changed, in order."""
    columns = [event_change.c[name] for name in FRAME]
    rows = connection.execute(
        select(*columns)
        .where(event_change.c.merge_event_id == event)
        .order_by(event_change.c.number)
    ).all()
    frame = pd.DataFrame(rows, columns=list(FRAME))
    texts = dict.fromkeys(["thing", "field", "before", "after"], "str")
    return frame.astype({"thing_id": "int64", **texts})


def apply_changes(
    connection: Connection, event: int, changes: pd.DataFrame, first: int = 0
) -> None:
    """Make changes, and log them under their event; `first` is the number of the first one."""
    numbered = changes.assign(number=range(first, first + len(changes)))
    insert_frame(connection, event_change, numbered, merge_event_id=event)
    for thing, field, part in _group(changes):
        if thing == "source_record":
            move_records(connection, event, part)
        elif thing in ROWS:
            _replace_rows(connection, thing, field, part)
        else:
            _update(connection, COLUMNS[thing], field, part)


def find_current(connection: Connection, changes: pd.DataFrame) -> pd.Series:
    """Find what each fact is now, as JSON text; index that of `changes`."""
    found = pd.Series(pd.NA, index=changes.index, dtype="str")
    for thing, field, part in _group(changes):
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
        found[part.index] = part["thing_id"].map(now).astype("str")
    return found


def _group(changes: pd.DataFrame) -> Iterator[tuple[str, str, pd.DataFrame]]:
    """Changes by the kind of fact, in the order of the first of each kind."""
    for kind, part in changes.groupby(["thing", "field"], sort=False):
        thing, field = cast("tuple[str, str]", kind)
        yield thing, field, part


def _update(connection: Connection, table: Table, field: str, part: pd.DataFrame) -> None:
    """Set a column; rows that get the same value in one statement."""
    if part["after"].nunique(dropna=False) <= MANY:
        for value, group in part.groupby("after", dropna=False, sort=False):
            wanted = table.c.id.in_(listed_numbers(connection, group["thing_id"]))
            connection.execute(update(table).where(wanted).values({field: read_value(value)}))
        return
    lines = zip(part["thing_id"].tolist(), part["after"], strict=True)
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
