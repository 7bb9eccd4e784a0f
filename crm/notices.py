"""What people are still to be told: put down, claimed by who tells it, gone once it was told."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from sqlalchemy import delete, func, insert, or_, select, update

from crm.bulk import listed_numbers, next_id
from crm.notice_models import notice
from crm.opening import reading, writing
from crm.store import Store
from crm.times import TIME_FORMAT, utc_now

__all__ = ["Notice", "claim_notices", "count_notices", "forget_notices", "put_notice", "unclaim"]

CLAIM: Final = timedelta(minutes=5)  # whoever takes longer is held to be gone


@dataclass(frozen=True)
class Notice:
    """One thing to tell."""

    id: int
    source: str
    occasion: str
    at: str
    text: str


def put_notice(store: Store, source: str, occasion: str, text: str) -> None:
    """Put something down that is to be told."""
    with writing(store.engine) as connection:
        values = {"source": source, "occasion": occasion, "text": text, "at": utc_now()}
        connection.execute(insert(notice).values(id=next_id(connection, notice), **values))


def claim_notices(store: Store) -> Sequence[Notice]:
    """Take what is to be told, oldest first; nobody else gets it for some minutes."""
    late = (datetime.now(UTC) - CLAIM).strftime(TIME_FORMAT)
    free = or_(notice.c.claimed_at.is_(None), notice.c.claimed_at < late)
    names = ("id", "source", "occasion", "at", "text")
    with writing(store.engine) as connection:
        chosen = select(*(notice.c[name] for name in names)).where(free).order_by(notice.c.id)
        found = [Notice(*row) for row in connection.execute(chosen)]
        mine = notice.c.id.in_(listed_numbers(connection, [each.id for each in found]))
        connection.execute(update(notice).where(mine).values(claimed_at=utc_now()))
    return found


def forget_notices(store: Store, numbers: Collection[int]) -> None:
    """Forget what was told."""
    with writing(store.engine) as connection:
        wanted = notice.c.id.in_(listed_numbers(connection, numbers))
        connection.execute(delete(notice).where(wanted))


def unclaim(store: Store, numbers: Collection[int]) -> None:
    """Give back what could not be told."""
    with writing(store.engine) as connection:
        wanted = notice.c.id.in_(listed_numbers(connection, numbers))
        connection.execute(update(notice).where(wanted).values(claimed_at=None))


def count_notices(store: Store) -> int:
    """Count what is still to be told."""
    with reading(store.engine) as connection:
        return int(connection.scalar(select(func.count()).select_from(notice)) or 0)
