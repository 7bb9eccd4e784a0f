"""Rules about rows, links and counters, each a query for what breaks it."""

from collections.abc import Iterator
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    String,
    Table,
    and_,
    cast,
    exists,
    func,
    not_,
    or_,
    select,
)

from crm.columns import metadata
from crm.models import (
    batch,
    blocking_key,
    contact,
    interaction,
    lead,
    link,
    merge_event,
    quarantine_row,
    review_item,
    source_record,
)
from crm.steward_models import event_change

__all__ = ["check_ledger"]

# code, table of the ids, what is broken, query for the ids
Check = tuple[str, str, str, Select[Any]]


def _count(table: Table, *conditions: ColumnElement[bool]) -> ColumnElement[int]:
    return (
        select(func.count())
        .select_from(table)
        .where(table.c.batch_id == batch.c.id, *conditions)
        .scalar_subquery()
    )


def _active_links() -> ColumnElement[int]:
    return (
        select(func.count())
        .select_from(link)
        .where(link.c.source_record_id == source_record.c.id, link.c.active)
        .scalar_subquery()
    )


def _moved() -> ColumnElement[bool]:
    """Whether the event of a link says that it moved the record there."""
    return exists().where(
        event_change.c.merge_event_id == link.c.merge_event_id,
        event_change.c.thing == "source_record",
        event_change.c.thing_id == link.c.source_record_id,
        event_change.c.after == cast(link.c.contact_id, String),
    )


FATED: Final = batch.c.created + batch.c.merged + batch.c.held + batch.c.quarantined

CHECKS: Final[tuple[Check, ...]] = (
    (
        "rows_lost",
        "batch",
        "the fates of the rows of this batch do not add up to the rows that came in",
        select(batch.c.id).where(batch.c.rows_in != FATED + batch.c.already_seen),
    ),
    (
        "rows_miscounted",
        "batch",
        "this batch counted other rows than it holds",
        select(batch.c.id).where(
            or_(
                *(
                    batch.c[fate] != _count(source_record, source_record.c.fate == fate)
                    for fate in ("created", "merged", "held")
                ),
                batch.c.quarantined != _count(quarantine_row),
                batch.c.review != _count(review_item),
            )
        ),
    ),
    (
        "row_twice",
        "source_record",
        "the row of this record is in quarantine as well",
        select(source_record.c.id).where(
            exists().where(
                quarantine_row.c.batch_id == source_record.c.batch_id,
                quarantine_row.c.row == source_record.c.row,
            )
        ),
    ),
    (
        "link_missing",
        "source_record",
        "this record belongs to a contact, but has not exactly one active link",
        select(source_record.c.id).where(
            source_record.c.fate != "held", source_record.c.live, _active_links() != 1
        ),
    ),
    (
        "link_to_withdrawn",
        "source_record",
        "this record was taken back, but has a link",
        select(source_record.c.id).where(not_(source_record.c.live), _active_links() != 0),
    ),
    (
        "held_linked",
        "source_record",
        "this record is held, but a rule linked it",
        select(source_record.c.id)
        .join(link, link.c.source_record_id == source_record.c.id)
        .where(source_record.c.fate == "held", link.c.active, link.c.decided_by == "rule"),
    ),
    (
        "link_to_merged",
        "source_record",
        "this record is linked to a contact that is merged into another",
        select(link.c.source_record_id)
        .join(contact, contact.c.id == link.c.contact_id)
        .where(link.c.active, contact.c.merged_into.is_not(None)),
    ),
    (
        "link_to_gone",
        "source_record",
        "this record is linked to a contact that does not live",
        select(link.c.source_record_id)
        .join(contact, contact.c.id == link.c.contact_id)
        .where(link.c.active, contact.c.state != "live", contact.c.merged_into.is_(None)),
    ),
    (
        "state_wrong",
        "contact",
        "this contact is merged and not, or is in no known state",
        select(contact.c.id).where(
            or_(
                contact.c.state.not_in(["live", "merged", "withdrawn", "erased"]),
                and_(contact.c.state == "live", contact.c.merged_into.is_not(None)),
                and_(contact.c.state == "merged", contact.c.merged_into.is_(None)),
            )
        ),
    ),
    (
        "link_unexplained",
        "source_record",
        "the merge event of this record's link is about something else",
        select(link.c.source_record_id)
        .join(merge_event, merge_event.c.id == link.c.merge_event_id)
        .where(
            link.c.active,
            or_(
                and_(
                    merge_event.c.kind.in_(["create", "link"]),
                    or_(
                        merge_event.c.source_record_id != link.c.source_record_id,
                        merge_event.c.contact_id != link.c.contact_id,
                    ),
                ),
                and_(merge_event.c.kind.not_in(["create", "link"]), not_(_moved())),
            ),
        ),
    ),
    (
        "contact_empty",
        "contact",
        "this contact has no source record",
        select(contact.c.id).where(
            contact.c.state == "live",
            not_(exists().where(link.c.contact_id == contact.c.id, link.c.active)),
        ),
    ),
    (
        "interaction_missing",
        "source_record",
        "this record belongs to a contact, but is not on its timeline",
        select(link.c.source_record_id).where(
            link.c.active,
            not_(
                exists().where(
                    interaction.c.contact_id == link.c.contact_id,
                    interaction.c.source_record_id == link.c.source_record_id,
                    interaction.c.live,
                )
            ),
        ),
    ),
    (
        "interaction_unfounded",
        "contact",
        "on the timeline of this contact is a record of another, or of none",
        select(interaction.c.contact_id).where(
            interaction.c.live,
            interaction.c.source_record_id.is_not(None),
            not_(
                exists().where(
                    link.c.source_record_id == interaction.c.source_record_id,
                    link.c.contact_id == interaction.c.contact_id,
                    link.c.active,
                )
            ),
        ),
    ),
    (
        "lead_elsewhere",
        "contact",
        "an interaction of this contact is on the lead of another",
        select(interaction.c.contact_id)
        .join(lead, lead.c.id == interaction.c.lead_id)
        .where(interaction.c.live, lead.c.contact_id != interaction.c.contact_id),
    ),
    (
        "key_orphaned",
        "contact",
        "there are blocking keys of this contact, but no such contact that lives",
        select(blocking_key.c.contact_id)
        .distinct()
        .where(
            not_(
                exists().where(contact.c.id == blocking_key.c.contact_id, contact.c.state == "live")
            )
        ),
    ),
)


def check_ledger(connection: Connection) -> Iterator[tuple[str, str, str, list[int]]]:
    """Yield each rule that is broken: code, table of the ids, what is broken, the ids."""
    for code, table, text, broken in CHECKS:
        yield code, table, text, list(connection.scalars(broken))
    yield "merged_in_circles", "contact", MERGED_IN_CIRCLES, _find_circles(connection)
    for name, dangling in _pointers():
        if connection.scalar(select(dangling)):
            yield "orphan", "batch", f"{name} points to a row that is not there", [0]


def _pointers() -> Iterator[tuple[str, ColumnElement[bool]]]:
    """Every foreign key of the schema, with the condition that it points to nothing."""
    for table in metadata.sorted_tables:
        for key in table.foreign_keys:
            own, target = table.alias("own"), key.column.table.alias("target")
            pointer = own.c[key.parent.name]
            there = exists().where(target.c[key.column.name] == pointer)
            yield (
                f"{table.name}.{key.parent.name}",
                exists().where(pointer.is_not(None), not_(there)),
            )


MERGED_IN_CIRCLES: Final = "the chain of merges from this contact never ends at a living one"


def _find_circles(connection: Connection) -> list[int]:
    merged = contact.c.merged_into.is_not(None)
    rows = connection.execute(select(contact.c.id, contact.c.merged_into).where(merged))
    into = {row.id: row.merged_into for row in rows}
    lost = []
    for start in into:
        passed, here = set(), start
        while here in into and here not in passed:
            passed.add(here)
            here = into[here]
        if here in into:
            lost.append(start)
    return lost
