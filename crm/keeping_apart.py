"""A person says of contacts that they are not one, though no rule asked."""

from collections.abc import Sequence
from itertools import combinations
from typing import Literal

from sqlalchemy import Connection, select

from crm import ids
from crm.acts import Decision, Done, Who, act, live_contact
from crm.belongings import linked_records
from crm.bulk import listed_numbers
from crm.changes import Change
from crm.errors import RefusedError
from crm.judgements import between, make_judgements, pair_up
from crm.models import review_item
from crm.opening import shown_url
from crm.store import Store
from crm.times import utc_now

__all__ = ["keep_apart"]


def keep_apart(
    store: Store, contacts: Sequence[str], verdict: Literal["different", "household"], who: Who
) -> Done:
    """Judge that no two of these contacts are one person; open possible matches among them close.

    Raises `RefusedError` where two of them are one contact, or were judged to be the same.
    """

    def decide(connection: Connection) -> Decision:
        numbers = sorted({live_contact(connection, text) for text in contacts})
        if len(numbers) < 2:
            raise RefusedError(shown_url(connection.engine.url), "both are one contact already")
        return _decide(connection, numbers, verdict, who)

    return act(store, who, decide)


def _decide(connection: Connection, numbers: list[int], verdict: str, who: Who) -> Decision:
    records = linked_records(connection, numbers)
    groups = [own.tolist() for _, own in records.groupby("contact")["record"]]
    sides = list(combinations(groups, 2))
    same = sorted(
        {one for here, there in sides for one in between(connection, here, there, ["same"])}
    )
    if same:
        because = tuple(ids.show("judgement", number) for number in same)
        url = shown_url(connection.engine.url)
        raise RefusedError(url, "it was judged to be the same", because)
    pairs = [pair for here, there in sides for pair in pair_up(here, there)]
    stated = {"verdict": verdict, "at": utc_now(), "actor": who.actor, "reason": who.reason}
    creates, judged = make_judgements(connection, pairs, stated, first=-1)
    owner = dict(zip(records["record"], records["contact"], strict=True))
    closed = _find_open(connection, owner)
    return Decision("judge", frozenset(numbers), (*judged, *closed), tuple(creates))


def _find_open(connection: Connection, owner: dict[int, int]) -> list[Change]:
    """The open possible matches between records of different contacts among these."""
    wanted = listed_numbers(connection, owner)
    ends = (review_item.c.left_record, review_item.c.right_record)
    rows = connection.execute(
        select(review_item.c.id, *ends)
        .where(*(end.in_(wanted) for end in ends))
        .where(review_item.c.status == "open")
        .order_by(review_item.c.id)
    )
    return [
        Change("review_item", row.id, "status", "open", "judged")
        for row in rows
        if owner[row.left_record] != owner[row.right_record]
    ]
