"""Open possible matches that judgements touch: read to be weighed again, and their new weights."""

from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd
from sqlalchemy import Connection, Select, func, or_, select, update

from crm.bulk import listed_numbers
from crm.candidates import read_known, read_members
from crm.frames import read_frame
from crm.models import contact, link, review_item, source_record
from crm.opening import reading, writing
from crm.steward_models import judgement
from crm.store import Store

__all__ = ["Touched", "read_latest", "read_touched", "write_weights"]


@dataclass(frozen=True)
class Touched:
    """Open possible matches of contacts that were judged, and all records of both their contacts.

    `items`: `id`, `left`, `right` (contacts) and `weight`, of pairs of two contacts; held records
    have none and wait for a judgement as they are. `records`: as `Candidates.records`.
    """

    items: pd.DataFrame
    records: pd.DataFrame
    population: int


def read_touched(store: Store) -> Touched:
    """Read the open possible matches that share a contact with a judgement in force."""
    with reading(store.engine) as connection:
        judged = set(connection.scalars(_judged_contacts()).all())
        items = _open_items(connection, judged)
        contacts = pd.unique(pd.concat([items["left"], items["right"]]))
        population = connection.scalar(select(func.max(source_record.c.id))) or 0
        return Touched(items, read_known(connection, contacts), int(population))


def read_latest(store: Store, contacts: int) -> pd.DataFrame:
    """Read the records of the contacts that came last, in the shape of `Candidates.records`."""
    latest = select(contact.c.id).where(contact.c.state == "live").order_by(contact.c.id.desc())
    with reading(store.engine) as connection:
        return read_members(connection, list(connection.scalars(latest.limit(contacts))))


def write_weights(store: Store, weights: pd.DataFrame, model_version: str) -> int:
    """Write new weights and reasons (`id`, `weight`, `evidence`) of items that are open still."""
    changed = 0
    with writing(store.engine) as connection:
        for number, weight, evidence in zip(
            *(weights[name].tolist() for name in ("id", "weight", "evidence")), strict=True
        ):
            still = update(review_item).where(
                review_item.c.id == number, review_item.c.status == "open"
            )
            told = {"weight": weight, "evidence": evidence, "model_version": model_version}
            done = connection.execute(still.values(**told))
            changed += done.rowcount
    return changed


def _judged_contacts() -> Select[int]:
    ends = or_(
        judgement.c.left_record == link.c.source_record_id,
        judgement.c.right_record == link.c.source_record_id,
    )
    return select(link.c.contact_id).join(judgement, ends).where(judgement.c.active, link.c.active)


def _open_items(connection: Connection, judged: Iterable[int]) -> pd.DataFrame:
    left, right = link.alias(), link.alias()
    wanted = listed_numbers(connection, judged)
    statement = (
        select(
            review_item.c.id,
            left.c.contact_id.label("left"),
            right.c.contact_id.label("right"),
            review_item.c.weight,
        )
        .join(left, (left.c.source_record_id == review_item.c.left_record) & left.c.active)
        .join(right, (right.c.source_record_id == review_item.c.right_record) & right.c.active)
        .where(review_item.c.status == "open", left.c.contact_id != right.c.contact_id)
        .where(or_(left.c.contact_id.in_(wanted), right.c.contact_id.in_(wanted)))
        .order_by(review_item.c.id)
    )
    return read_frame(connection, statement).astype(
        {"id": "int64", "left": "int64", "right": "int64"}
    )
