"""Queue possible matches for a person to judge."""

import pandas as pd
from sqlalchemy import Connection, and_, or_, select

from crm.bulk import insert_frame, listed_numbers, number_lines
from crm.chunks import RecordIds
from crm.frames import read_frame
from crm.judgements import APART
from crm.models import link, review_item
from crm.outbox import announce_many, show_all
from crm.steward_models import judgement

__all__ = ["queue_review"]


def queue_review(
    connection: Connection, number: int, version: str, review: pd.DataFrame, ids: RecordIds
) -> int:
    """Queue the pairs of a chunk of batch `number`, and say how many were.

    Two contacts are queued once: a pair is left out while an older one of theirs is open, and
    for ever where a person judged that they are not one.
    """
    if review.empty:
        return 0
    items = review.assign(
        left_record=ids.find(review["left"]), right_record=ids.find(review["right"])
    )
    items = items[~_need_none(connection, items)]
    lines = number_lines(connection, review_item, items)
    insert_frame(
        connection, review_item, lines, batch_id=number, model_version=version, status="open"
    )
    queued = show_all("review_item", lines["id"])
    announce_many(connection, "review.needed", number, "items", queued)
    return len(items)


def _need_none(connection: Connection, items: pd.DataFrame) -> pd.Series:
    """Whether the two contacts of each pair wait already, or were judged apart.

    Held rows have no contact: for them it never is.
    """
    records = pd.concat([items["left_record"], items["right_record"]]).unique()
    linked = read_frame(
        connection,
        select(link.c.source_record_id, link.c.contact_id).where(
            link.c.active, link.c.source_record_id.in_(listed_numbers(connection, records))
        ),
    )
    contact = linked.set_index("source_record_id")["contact_id"]
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
