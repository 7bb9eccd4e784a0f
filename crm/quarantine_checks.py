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


def _last_event() -> Select[tuple[int, str, int | None]]:
    event = quarantine_event
    last = select(func.max(event.c.id)).group_by(event.c.quarantine_row_id)
    columns = (event.c.quarantine_row_id, event.c.kind, event.c.batch_id)
    return select(*columns).where(event.c.id.in_(last))


def _disagreeing() -> Select[tuple[int]]:
    """A row waits where nothing became of it, or that was taken back; else it is as it is told."""
    last = _last_event().subquery()
    taken_back = and_(last.c.kind == "resubmitted", batch.c.undone_by.is_not(None))
    agrees = or_(
        and_(
            quarantine_row.c.status == "waiting",
            or_(last.c.kind.is_(None), last.c.kind == "reopened", taken_back),
        ),
        and_(quarantine_row.c.status == last.c.kind, not_(taken_back)),
    )
    return (
        select(quarantine_row.c.id)
        .outerjoin(last, last.c.quarantine_row_id == quarantine_row.c.id)
        .outerjoin(batch, batch.c.id == last.c.batch_id)
        .where(not_(func.coalesce(agrees, False)))
    )


def _lost() -> Select[tuple[int]]:
    """Rows that are said to be a record now, and no record that counts is theirs."""
    event = quarantine_event
    there = exists().where(
        event.c.quarantine_row_id == quarantine_row.c.id,
        event.c.kind == "resubmitted",
        source_record.c.id == event.c.source_record_id,
        source_record.c.live,
    )
    return select(quarantine_row.c.id).where(
        quarantine_row.c.status == "resubmitted", quarantine_row.c.live, not_(there)
    )
