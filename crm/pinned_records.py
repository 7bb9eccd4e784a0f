"""What people pinned takes part in matching: a contact is known by it as by its own records.

Beside every record of a contact stands the record as it would read with the pinned values. It has
a label of its own and is no source record: what was decided about it is said of its record.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Final

import pandas as pd
from sqlalchemy import Connection, select

from crm.batch import Matching
from crm.bulk import listed_numbers
from crm.evidence import PINNED
from crm.steward_models import pin
from dedupe.features import COMPARED_FIELDS
from validators.fields import FIELDS

__all__ = ["Pins", "lay_pins", "mark_pinned", "pinned_label", "read_pins", "without_pinned"]

Pins = Mapping[int, Mapping[str, str]]  # contact -> field -> the value a person gave it

# Labels from here down are records with pinned values; above are those of source records.
FIRST: Final = -(1 << 40)


def read_pins(connection: Connection, contacts: Iterable[int]) -> Pins:
    """Read the values people gave to fields that are compared; a blank tells of nobody."""
    if connection.scalar(select(pin.c.contact_id).limit(1)) is None:
        return {}
    rows = connection.execute(
        select(pin.c.contact_id, pin.c.field, pin.c.value)
        .where(pin.c.contact_id.in_(listed_numbers(connection, contacts)))
        .where(pin.c.value.is_not(None))
        .order_by(pin.c.contact_id, pin.c.field)
    )
    pins: dict[int, dict[str, str]] = {}
    for owner, field, value in rows:
        if field in COMPARED_FIELDS:
            pins.setdefault(owner, {})[field] = value
    return pins


def lay_pins(members: pd.DataFrame, pins: Pins) -> pd.DataFrame:
    """Add each record as it would read with the pinned values, where they say something else."""
    owners = members["contact"].tolist()
    places = [place for place, owner in enumerate(owners) if owner in pins]
    if not places:
        return members
    pinned = {field for owner in {owners[place] for place in places} for field in pins[owner]}
    names = [name for name in FIELDS if name in pinned]
    says = {name: _list_cells(members, name) for name in names}
    other = [
        place
        for place in places
        if any(says[name][place] != text for name, text in pins[owners[place]].items())
    ]
    cells = {
        name: pd.Series(
            [pins[owners[p]].get(name, says[name][p]) for p in other],
            index=members.index[other],
            dtype="str",
        )
        for name in names
    }
    laid = members.iloc[other].assign(**cells)
    return pd.concat([members, laid.set_axis(laid.index.map(pinned_label))]) if other else members


def pinned_label(label: int) -> int:
    """The label of a record with pinned values, from that of the record."""
    return FIRST + label


def mark_pinned(pairs: pd.DataFrame) -> pd.DataFrame:
    """Say of pairs with pinned values that they are (`pinned`), under the labels of the records."""
    ends = pairs[["left", "right"]]
    laid = ends < FIRST
    if not laid.to_numpy().any():
        return pairs
    return pairs.assign(**ends.mask(laid, ends - FIRST), **{PINNED: laid.any(axis=1)})


def without_pinned(matching: Matching) -> Matching:
    """Say of source records what was decided about those with pinned values."""
    records = matching.candidates
    if not (records.index < FIRST).any():
        return matching
    resolution = matching.resolution
    return Matching(
        replace(resolution, pairs=mark_pinned(resolution.pairs)), records[records.index > FIRST]
    )


def _list_cells(members: pd.DataFrame, name: str) -> list[object]:
    return members[name].tolist() if name in members else [None] * len(members)
