"""Rules about rows in quarantine, each a query for what breaks it."""

from collections.abc import Iterator

from sqlalchemy import Connection, Select, and_, exists, func, not_, or_, select

from crm.models import batch, quarantine_row, source_record
from crm.quarantine_models import quarantine_event

__all__ = ["check_quarantine"]


def check_quarantine(connection: Connection) -> Iterator[tuple[str, str, str, list[int]]]:
    """Yield each rule: code, table of the ids, what is broken, the ids it is broken for."""
    for code, text, broken in (
        (
            "quarantine_unexplained",
            "the last event of this row in quarantine does not agree with its status",
            _disagreeing(),
        ),
        (
            "quarantine_lost",
            "this row was submitted again, but there is no record that took its place",
            _lost(),
        ),
    ):
        yield code, "quarantine_row", text, list(connection.scalars(broken))


def _last_event() -> Select[tuple[int, str]]:
    event = quarantine_event
    last = select(func.max(event.c.id)).group_by(event.c.quarantine_row_id)
    return select(event.c.quarantine_row_id, event.c.kind).where(event.c.id.in_(last))


def _disagreeing() -> Select[tuple[int]]:
    last = _last_event().subquery()
    said = last.c.kind
    agrees = or_(
        and_(quarantine_row.c.status == "waiting", or_(said.is_(None), said == "reopened")),
        quarantine_row.c.status == said,
    )
    return (
        select(quarantine_row.c.id)
        .outerjoin(last, last.c.quarantine_row_id == quarantine_row.c.id)
        .where(not_(func.coalesce(agrees, False)))
    )


def _lost() -> Select[tuple[int]]:
    """Rows whose record does not count any more, although its batch was not taken back."""
    event = quarantine_event
    there = exists().where(
        event.c.quarantine_row_id == quarantine_row.c.id,
        event.c.kind == "resubmitted",
        source_record.c.id == event.c.source_record_id,
        batch.c.id == source_record.c.batch_id,
        or_(source_record.c.live, batch.c.undone_by.is_not(None)),
    )
    return select(quarantine_row.c.id).where(quarantine_row.c.status == "resubmitted", not_(there))
