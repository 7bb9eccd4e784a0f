"""Who looks at which possible matches, so that two people do not look at the same ones.

An assignment keeps nobody from judging; it says whose turn it is. Nothing of the store depends on
it, so it does not wait for an import to end.
"""

from sqlalchemy import Connection, delete, insert, select

from crm.acts import find_number
from crm.desk_models import desk_user, review_assignment
from crm.errors import RefusedError, UnknownIdError
from crm.models import review_item
from crm.opening import noting, shown_url
from crm.review import ReviewFilter, find_wanted
from crm.store import Store
from crm.times import utc_now

__all__ = ["assign", "assign_many"]

given = review_assignment


def assign(store: Store, item: str, user: int | None, *, seen: str | None) -> None:
    """Give an open possible match (`m7`) to a person, or to nobody again.

    `seen` is the name of whom it was assigned to when it was looked at. Raises `RefusedError`
    where that has changed, or where it is open no more.
    """
    with noting(store.engine) as connection:
        number = find_number(connection, "review_item", item)
        status = select(review_item.c.status).where(review_item.c.id == number)
        found = connection.scalar(status.with_for_update())
        url = shown_url(store.engine.url)
        if found is None:
            raise UnknownIdError(url, item)
        if found != "open":
            raise RefusedError(url, f"{item} waits for no judgement: it is {found}")
        owner = _find_owner(connection, number)
        if owner != seen:
            raise RefusedError(url, f"{item} is looked at by {owner or 'nobody'} by now")
        connection.execute(delete(given).where(given.c.review_item_id == number))
        if user is not None:
            values = {"review_item_id": number, "desk_user_id": user, "at": utc_now()}
            connection.execute(insert(given).values(values))


def assign_many(store: Store, which: ReviewFilter, user: int, count: int) -> int:
    """Give a person the first of the possible matches that nobody looks at; returns how many."""
    with noting(store.engine) as connection:
        first = (
            select(review_item.c.id)
            .where(*find_wanted(connection, which))
            .where(review_item.c.id.not_in(select(given.c.review_item_id)))
            .order_by(review_item.c.value.desc(), review_item.c.id)
            .limit(count)
            .with_for_update(skip_locked=True)
        )
        numbers = list(connection.scalars(first))
        values = {"desk_user_id": user, "at": utc_now()}
        lines = [{"review_item_id": number, **values} for number in numbers]
        if lines:
            connection.execute(insert(given), lines)
        return len(numbers)


def _find_owner(connection: Connection, number: int) -> str | None:
    mine = select(desk_user.c.name).join(given).where(given.c.review_item_id == number)
    return connection.scalar(mine)
