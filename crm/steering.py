"""What people decided about a contact's values, laid over what its source records say.

A pinned value outranks every source; the value that would have won stays visible among those
that lost. A withdrawal of consent holds whatever the records say; consent a person gave holds
against withdrawals from before it alone.
"""

import json
from collections.abc import Mapping
from typing import Any, Final

import pandas as pd
from sqlalchemy import Connection, select

from crm.bulk import listed_numbers
from crm.contacts import COLUMNS
from crm.steward_models import consent, pin
from validators.fields import FIELDS, attributes_of

__all__ = ["CONSENT", "FLAGS", "PINNED", "Given", "steer"]

# As provenance says it, where a value is from no source record.
PINNED: Final = "pinned"
CONSENT: Final = "consent"
FLAGS: Final = {"email": "email_opt_out", "call": "do_not_call"}
UNIONS: Final = ("email", "phone")
STEERED: Final = [*COLUMNS, "fields", "provenance", "alternates"]
Given = tuple[int, str, str]  # a contact, `email` or `phone`, the value a person gave


def steer(
    connection: Connection, rows: pd.DataFrame, members: pd.DataFrame
) -> tuple[pd.DataFrame, list[Given]]:
    """Lay pins and consent over golden records, as they are written to the table `contact`.

    `rows`: index contact; the computed columns of the table. `members`: the records they were
    computed from. Returns the rows, and the values a person gave to a union.
    """
    pins = _read(connection, pin, rows.index)
    consents = _read(connection, consent, rows.index)
    steered = sorted({each["contact_id"] for each in [*pins, *consents]})
    if not steered:
        return rows, []
    cells = rows[STEERED].to_numpy(dtype=object, copy=True)
    places = rows.index.get_indexer(pd.Index(steered))
    for number, place in zip(steered, places.tolist(), strict=True):
        golden = _Golden(number, dict(zip(STEERED, cells[place].tolist(), strict=True)))
        for each in consents:
            if each["contact_id"] == number:
                golden.consent(each, members)
        for each in pins:
            if each["contact_id"] == number:
                golden.pin(each)
        cells[place] = golden.columns()
    return pd.DataFrame(cells, index=rows.index, columns=STEERED), [
        (each["contact_id"], each["field"], each["value"])
        for each in pins
        if each["field"] in UNIONS and each["value"] is not None
    ]


class _Golden:
    """One golden record while it is steered."""

    def __init__(self, number: int, row: Mapping[str, Any]) -> None:
        self.number = number
        self.values = {name: row[name] for name in COLUMNS if isinstance(row[name], str)}
        self.values |= json.loads(row["fields"])
        self.provenance = json.loads(row["provenance"])
        text = row["alternates"]
        self.alternates = json.loads(text) if isinstance(text, str) else {}

    def pin(self, decided: dict[str, Any]) -> None:
        """Let a person's value win."""
        self._put(decided["field"], decided["value"], PINNED)

    def consent(self, decided: dict[str, Any], members: pd.DataFrame) -> None:
        """Let a withdrawal hold; let consent hold against what is older."""
        flag = FLAGS[decided["purpose"]]
        if decided["status"] == "withdrawn":
            if self.values.get(flag) != "true":
                self._put(flag, "true", CONSENT)
        elif self.values.get(flag) == "true":
            own = members[members["contact"] == self.number]
            says = own["occurred_at"][own[flag] == "true"]
            if not (says > decided["at"]).any():
                self._put(flag, "false", CONSENT)

    def _put(self, field: str, value: str | None, by: str) -> None:
        lost, record = self.values.get(field), self.provenance.get(field, self.provenance.get("*"))
        if lost is not None and lost != value and field not in UNIONS:
            self.alternates.setdefault(field, []).insert(0, [lost, record])
        if value is None:
            self.values.pop(field, None)
        else:
            self.values[field] = value
        self.provenance[field] = by

    def columns(self) -> list[str | None]:
        """The columns of the table that people steer."""
        rest = {name: text for name, text in self.values.items() if name not in COLUMNS}
        ordered = {name: rest[name] for name in (*FIELDS, *attributes_of(rest)) if name in rest}
        return [
            *(self.values.get(name) for name in COLUMNS),
            _write(ordered),
            _write(self.provenance),
            _write(self.alternates) if self.alternates else None,
        ]


def _read(connection: Connection, table: Any, contacts: pd.Index) -> list[dict[str, Any]]:
    if not connection.scalar(select(table.c.contact_id).limit(1)):
        return []
    wanted = listed_numbers(connection, contacts)
    rows = connection.execute(
        select(table).where(table.c.contact_id.in_(wanted)).order_by(*table.primary_key.columns)
    )
    return [dict(row) for row in rows.mappings()]


def _write(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
