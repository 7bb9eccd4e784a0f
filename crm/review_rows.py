"""Queue possible matches for a person to judge."""

import json
from typing import Final

import pandas as pd
from sqlalchemy import Connection, and_, or_, select

from crm.bulk import insert_frame, listed_numbers, number_lines
from crm.frames import read_frame
from crm.judgements import APART
from crm.models import link, review_item
from crm.outbox import announce_many, show_all
from crm.record_ids import RecordIds
from crm.steward_models import judgement

__all__ = ["queue_review"]

# What is said of every pair: nothing that two records have in common or not.
NO_FIELD: Final = ("prior", "household", "guard", "record")
ENDS: Final = ("left_record", "right_record")
SURE: Final = 60.0  # bits, beyond which a probability is 0 or 1


def queue_review(
    connection: Connection, number: int, version: str, review: pd.DataFrame, ids: RecordIds
) -> int:
    """Queue the pairs of a chunk of batch `number`, and say how many were.

    Two contacts are queued once: a pair is left out while an older one of theirs is open, and
    for ever where a person judged that they are not one.

    The queue is sorted by the value of deciding a pair: how likely it is one person, for that is
    what a duplicate left in the store costs, and one more for each row on hold, for nobody can
    work on it before.
    """
    if review.empty:
        return 0
    items = review.assign(
        left_record=ids.find(review["left"]), right_record=ids.find(review["right"])
    )
    contact = _find_contacts(connection, items)
    items = items[~_need_none(connection, items, contact)]
    held = sum(~items[end].isin(contact.index) for end in ENDS)
    items = items.assign(
        value=held + items["weight"].map(_probability),
        agrees=[_name(evidence, 1) for evidence in items["evidence"]],
        differs=[_name(evidence, -1) for evidence in items["evidence"]],
    )
    lines = number_lines(connection, review_item, items)
    insert_frame(
        connection, review_item, lines, batch_id=number, model_version=version, status="open"
    )
    queued = show_all("review_item", lines["id"])
    announce_many(connection, "review.needed", number, "items", queued)
    return len(items)


def _find_contacts(connection: Connection, items: pd.DataFrame) -> pd.Series:
    """Find the contact of each record of the pairs; held rows have none and are left out."""
    records = pd.concat([items[end] for end in ENDS]).unique()
    linked = read_frame(
        connection,
        select(link.c.source_record_id, link.c.contact_id).where(
            link.c.active, link.c.source_record_id.in_(listed_numbers(connection, records))
        ),
    )
    return linked.set_index("source_record_id")["contact_id"]


def _probability(weight: float) -> float:
    """How likely a pair of this weight (bits) is one person, at even odds."""
    return float(1 / (1 + 2.0 ** -min(max(float(weight), -SURE), SURE)))


def _name(evidence: str, sign: int) -> str:
    """Name the comparisons that speak for (1) or against (-1) a pair: ` email phone `."""
    names = [
        each["comparison"]
        for each in json.loads(evidence)
        if each["weight"] * sign > 0 and each["comparison"] not in NO_FIELD
    ]
    return f" {' '.join(names)} " if names else ""


def _need_none(connection: Connection, items: pd.DataFrame, contact: pd.Series) -> pd.Series:
    """Whether the two contacts of each pair wait already, or were judged apart.

    Held rows have no contact: for them it never is.
    """
    ours = _order(items["left_record"].map(contact), items["right_record"].map(contact))
    theirs = pd.concat([_read_open(connection, contact), _read_apart(connection, contact)])
    waiting = pd.MultiIndex.from_frame(ours).isin(pd.MultiIndex.from_frame(theirs))
    return ours.notna().all(axis=1) & waiting


def _read_open(connection: Connection, contacts: pd.Series) -> pd.DataFrame:
    """Read the pairs of contacts that wait, of which one is among `contacts`."""
    left, right = link.alias(), link.alias()
    found = read_frame(
        connection,
        select(left.c.contact_id.label("left"), right.c.contact_id.label("right"))
        .join(review_item, review_item.c.left_record == left.c.source_record_id)
        .join(right, and_(right.c.source_record_id == review_item.c.right_record, right.c.active))
        .where(left.c.active, review_item.c.status == "open")
        .where(left.c.contact_id.in_(listed_numbers(connection, contacts.unique()))),
    )
    return _order(found["left"], found["right"])


def _read_apart(connection: Connection, contacts: pd.Series) -> pd.DataFrame:
    """Read the pairs of contacts that were judged not to be one, of which one is among these."""
    left, right = link.alias(), link.alias()
    pair = select(left.c.contact_id.label("left"), right.c.contact_id.label("right"))
    pair = pair.join(judgement, judgement.c.left_record == left.c.source_record_id)
    joined = pair.join(
        right, and_(right.c.source_record_id == judgement.c.right_record, right.c.active)
    )
    apart = joined.where(left.c.active, judgement.c.active, judgement.c.verdict.in_(APART))
    wanted = listed_numbers(connection, contacts.unique())
    found = read_frame(
        connection, apart.where(or_(left.c.contact_id.in_(wanted), right.c.contact_id.in_(wanted)))
    )
    return _order(found["left"], found["right"])


def _order(left: pd.Series, right: pd.Series) -> pd.DataFrame:
    """Pairs of contacts, the lower first."""
    return pd.DataFrame(
        {"low": left.where(left < right, right), "high": right.where(left < right, left)}
    )
