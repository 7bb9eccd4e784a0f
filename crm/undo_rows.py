"""Write the taking back of an import: one event, contact after contact computed again."""

import json
from collections.abc import Iterator
from typing import Final

import pandas as pd
from sqlalchemy import Connection, insert, or_, select, update

from crm import ids
from crm.acts import Who, log_before
from crm.bulk import listed_numbers, next_id
from crm.candidates import read_known
from crm.changes import Change, apply_changes, make_frame
from crm.models import batch, contact, merge_event, review_item
from crm.placing import HELD, WITHDRAWN
from crm.policies import find_version
from crm.quarantine_undo import reopen_resubmitted
from crm.recomputing import recompute
from crm.times import utc_now
from crm.undo_plan import UndoPlan

__all__ = ["write_undo"]

AT_A_TIME: Final = 10_000


def write_undo(connection: Connection, plan: UndoPlan, who: Who) -> str:
    """Take back what the plan says, as one event; returns its id (`e91`)."""
    event = next_id(connection, merge_event)
    connection.execute(
        insert(merge_event).values(
            id=event,
            kind="undo",
            at=utc_now(),
            actor=who.actor,
            reason=who.reason,
            batch_id=plan.batch,
            policy_version=find_version(connection),
        )
    )
    written, gone = 0, frozenset(plan.gone)
    for contacts, changes in _cut(connection, plan, event):
        former = read_known(connection, contacts)
        log_before(connection, event, contacts, without=gone)
        apply_changes(connection, event, changes, written)
        recompute(connection, contacts, former)
        written += len(changes)
    _mark_reversed(connection, plan, event)
    return ids.show("merge_event", event)


def _cut(
    connection: Connection, plan: UndoPlan, event: int
) -> Iterator[tuple[list[int], pd.DataFrame]]:
    """Changes by some thousand contacts at a time; at last those that are of no contact."""
    contacts = sorted([*plan.gone, *plan.left])
    for start in range(0, len(contacts), AT_A_TIME):
        some = contacts[start : start + AT_A_TIME]
        records = plan.records[plan.records["contact"].isin(some)]
        places = pd.DataFrame(
            {
                "thing": "source_record",
                "thing_id": records["record"].astype("int64"),
                "field": "place",
                "before": records["contact"].astype("str"),
                "after": WITHDRAWN,
            }
        )
        accounts = make_frame(_restore_accounts(connection, plan, some))
        yield some, pd.concat([places, accounts], ignore_index=True)
    held = plan.records["record"][plan.records["contact"].isna()].tolist()
    waits = [Change("source_record", one, "place", json.loads(HELD), "withdrawn") for one in held]
    rest = [Change("quarantine_row", one, "live", True, False) for one in plan.quarantine]  # noqa: FBT003 - a value
    undone = select(batch.c.undone_by).where(batch.c.id == plan.batch)
    mark = Change("batch", plan.batch, "undone_by", connection.scalar(undone), event)
    reviews = _withdraw_reviews(connection, plan)
    repaired = reopen_resubmitted(connection, plan.batch)
    yield [], make_frame([*waits, *rest, *repaired, *reviews, mark])


def _restore_accounts(
    connection: Connection, plan: UndoPlan, contacts: list[int]
) -> Iterator[Change]:
    """Give contacts that stay the account they had, unless another import came between."""
    left = listed_numbers(connection, set(contacts) & set(plan.left))
    rows = connection.execute(
        select(merge_event.c.contact_id, merge_event.c.before, contact.c.account_id)
        .join(contact, contact.c.id == merge_event.c.contact_id)
        .where(merge_event.c.batch_id == plan.batch, merge_event.c.before.is_not(None))
        .where(merge_event.c.contact_id.in_(left))
    )
    for row in rows:
        before = json.loads(row.before).get("account_id")
        if before != row.account_id:
            yield Change("contact", row.contact_id, "account_id", row.account_id, before)


def _withdraw_reviews(connection: Connection, plan: UndoPlan) -> list[Change]:
    """Possible matches with a record that goes wait no more."""
    gone = listed_numbers(connection, plan.records["record"])
    rows = connection.scalars(
        select(review_item.c.id)
        .where(review_item.c.status == "open")
        .where(or_(review_item.c.left_record.in_(gone), review_item.c.right_record.in_(gone)))
        .order_by(review_item.c.id)
    )
    return [Change("review_item", number, "status", "open", "withdrawn") for number in rows]


def _mark_reversed(connection: Connection, plan: UndoPlan, event: int) -> None:
    """Say of the import's events that they were taken back."""
    records = listed_numbers(connection, plan.records["record"])
    connection.execute(
        update(merge_event)
        .where(merge_event.c.batch_id == plan.batch, merge_event.c.source_record_id.in_(records))
        .where(merge_event.c.reversed_by.is_(None))
        .values(reversed_by=event)
    )
