"""Which possible matches need no judgement any more once records moved."""

from collections.abc import Mapping

from sqlalchemy import Connection, RowMapping, or_, select

from crm.bulk import listed_numbers
from crm.changes import Change
from crm.models import review_item

__all__ = ["open_items", "settle_reviews"]


def settle_reviews(
    connection: Connection, places: Mapping[int, int], item: RowMapping | None = None
) -> list[Change]:
    """Settle open pairs both ends of which will be records of one contact.

    `places`: record -> contact, as they will be, for all records of the contacts that change.
    `item` is the pair that was judged, if one was.
    """
    wanted = listed_numbers(connection, places)
    ends = (review_item.c.left_record, review_item.c.right_record)
    # Two look-ups by an index; one condition with OR would read all that waits.
    left, right = (select(review_item.c.id).where(end.in_(wanted)) for end in ends)
    rows = connection.execute(
        select(review_item.c.id, *ends)
        .where(review_item.c.id.in_(left.union(right)), review_item.c.status == "open")
        .order_by(review_item.c.id)
    ).all()
    settled = [
        Change("review_item", row.id, "status", "open", "settled")
        for row in rows
        if places.get(row.left_record, 0) == places.get(row.right_record)
        and (item is None or row.id != item["id"])
    ]
    if item is not None:
        settled.append(Change("review_item", item["id"], "status", item["status"], "judged"))
    return settled


def open_items(connection: Connection, record: int) -> list[int]:
    """Open pairs that one record is part of."""
    either = or_(review_item.c.left_record == record, review_item.c.right_record == record)
    found = select(review_item.c.id).where(review_item.c.status == "open", either)
    return list(connection.scalars(found.order_by(review_item.c.id)))
