"""What other programs are told: taken up by a deliverer, and how each telling went.

A delivery is claimed for a while before it is sent. So of several deliverers one sends it, and what
a deliverer did not get to say because it was killed is sent again: at least once, never lost.
"""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Final, Literal

from sqlalchemy import RowMapping, and_, delete, func, insert, select, update

from crm.acts import find_number
from crm.desk_models import outgoing_delivery as table
from crm.desk_models import outgoing_hook
from crm.errors import UnknownIdError
from crm.ids import show
from crm.opening import noting, reading, shown_url
from crm.store import Store
from crm.times import TIME_FORMAT, utc_now

__all__ = [
    "Claimed",
    "Delivery",
    "DeliveryPage",
    "Hook",
    "Status",
    "Tried",
    "Try",
    "claim",
    "forget_old",
    "list_deliveries",
    "list_hooks",
    "note_try",
    "read_delivery",
    "send_again",
    "subscribe",
]

Status = Literal["waiting", "taken", "given_up"]
CLAIM_SECONDS: Final = 120  # longer than one try can take
KEPT_TRIES: Final = 20
GONE: Final = "no longer in leadgate.toml"


@dataclass(frozen=True)
class Claimed:
    """A delivery this deliverer has to try now; `attempts` counts this one."""

    number: int
    message_id: str
    body: str
    attempts: int


@dataclass(frozen=True)
class Tried:
    """What came of a try: an HTTP status or the kind of error, and how long it took."""

    answer: str
    milliseconds: int


@dataclass(frozen=True)
class Try(Tried):
    """A try, and when it was."""

    at: str


@dataclass(frozen=True)
class Delivery:
    """One message to one endpoint, and its tries, the latest last."""

    id: str
    hook: str
    message_id: str
    event: str
    created_at: str
    attempts: int
    next_at: str | None
    status: str
    answer: str | None
    body: str
    tries: tuple[Try, ...] = ()


@dataclass(frozen=True)
class DeliveryPage:
    """Some deliveries, latest first, and how many there are."""

    items: tuple[Delivery, ...]
    total: int


@dataclass(frozen=True)
class Hook:
    """An endpoint, what it hears of, and how many of its deliveries are in each state."""

    name: str
    events: tuple[str, ...]
    since: str
    counts: Mapping[str, int] = field(default_factory=dict)


def subscribe(store: Store, hooks: Mapping[str, Collection[str]]) -> None:
    """Let these endpoints (name -> events) hear of what happens from now on, and no others."""
    wanted = {name: json.dumps(sorted(events)) for name, events in hooks.items()}
    with reading(store.engine) as connection:
        rows = connection.execute(select(outgoing_hook.c.name, outgoing_hook.c.events))
        if {row.name: row.events for row in rows} == wanted:
            return
    with noting(store.engine) as connection:
        known = set(connection.scalars(select(outgoing_hook.c.name)))
        gone = known - set(wanted)
        connection.execute(delete(outgoing_hook).where(outgoing_hook.c.name.in_(gone)))
        waits = and_(table.c.status == "waiting", table.c.hook.in_(gone))
        ended = {"status": "given_up", "next_at": None, "answer": GONE}
        connection.execute(update(table).where(waits).values(ended))
        for name, events in wanted.items():
            if name in known:
                same = outgoing_hook.c.name == name
                connection.execute(update(outgoing_hook).where(same).values(events=events))
            else:
                line = {"name": name, "events": events, "since": utc_now()}
                connection.execute(insert(outgoing_hook).values(line))


def claim(store: Store, hook: str) -> Claimed | None:
    """Take up the oldest delivery of an endpoint that is due; None where none is."""
    while True:
        with reading(store.engine) as connection:
            due = and_(table.c.hook == hook, table.c.next_at <= utc_now())
            found = connection.execute(
                select(table).where(due).order_by(table.c.next_at, table.c.id).limit(1)
            ).one_or_none()
        if found is None:
            return None
        mine = and_(
            table.c.id == found.id,
            table.c.next_at == found.next_at,
            table.c.attempts == found.attempts,
        )
        taken = {"attempts": found.attempts + 1, "next_at": _after(CLAIM_SECONDS)}
        with noting(store.engine) as connection:
            if connection.execute(update(table).where(mine).values(taken)).rowcount:
                return Claimed(found.id, found.message_id, found.body, found.attempts + 1)


def note_try(
    store: Store, claimed: Claimed, tried: Tried, status: Status, again: float | None = None
) -> None:
    """Note how a try went, and in how many seconds it is made again where it waits.

    Nothing changes where a person had it sent again meanwhile, or another deliverer took it over.
    """
    mine = and_(table.c.id == claimed.number, table.c.attempts == claimed.attempts)
    with noting(store.engine) as connection:
        held = connection.scalar(select(table.c.tries).where(table.c.id == claimed.number))
        line = [utc_now(), tried.answer, tried.milliseconds]
        tries = [*json.loads(held or "[]"), line][-KEPT_TRIES:]
        ended = {
            "tries": json.dumps(tries),
            "answer": tried.answer,
            "status": status,
            "next_at": None if again is None else _after(again),
        }
        connection.execute(update(table).where(mine).values(ended))


def list_hooks(store: Store) -> tuple[Hook, ...]:
    """List the endpoints, by name."""
    with reading(store.engine) as connection:
        hooks = connection.execute(select(outgoing_hook).order_by(outgoing_hook.c.name)).all()
        grouped = select(table.c.hook, table.c.status, func.count()).group_by(
            table.c.hook, table.c.status
        )
        counts = connection.execute(grouped).all()
    return tuple(
        Hook(
            each.name,
            tuple(json.loads(each.events)),
            each.since,
            {status: count for hook, status, count in counts if hook == each.name},
        )
        for each in hooks
    )


def list_deliveries(
    store: Store,
    *,
    hook: str | None = None,
    status: Status | None = None,
    limit: int = 50,
    offset: int = 0,
) -> DeliveryPage:
    """List deliveries, latest first."""
    wanted = [
        column == value
        for column, value in ((table.c.hook, hook), (table.c.status, status))
        if value
    ]
    with reading(store.engine) as connection:
        some = select(table).where(*wanted).order_by(table.c.id.desc()).limit(limit).offset(offset)
        rows = connection.execute(some).mappings().all()
        total = connection.scalar(select(func.count()).select_from(table).where(*wanted))
    return DeliveryPage(tuple(_tell(row) for row in rows), total or 0)


def read_delivery(store: Store, delivery: str) -> Delivery:
    """Read one delivery (`d7`); `UnknownIdError` where there is none."""
    with reading(store.engine) as connection:
        number = find_number(connection, table.name, delivery)
        row = connection.execute(select(table).where(table.c.id == number)).mappings().first()
    if row is None:
        raise UnknownIdError(shown_url(store.engine.url), delivery)
    return _tell(row)


def send_again(store: Store, delivery: str) -> Delivery:
    """Have a delivery sent once more, under its old message id, with all its tries before it."""
    number = int(read_delivery(store, delivery).id[1:])
    fresh = {"status": "waiting", "next_at": utc_now(), "attempts": 0}
    with noting(store.engine) as connection:
        connection.execute(update(table).where(table.c.id == number).values(fresh))
    return read_delivery(store, delivery)


def forget_old(store: Store, days: int) -> int:
    """Delete deliveries that ended and are older; returns how many there were."""
    old = and_(table.c.next_at.is_(None), table.c.created_at < _after(-days * 86_400))
    with reading(store.engine) as connection:
        if connection.scalar(select(table.c.id).where(old).limit(1)) is None:
            return 0
    with noting(store.engine) as connection:
        return connection.execute(delete(table).where(old)).rowcount


def _tell(row: RowMapping) -> Delivery:
    tries = tuple(Try(answer, took, at) for at, answer, took in json.loads(row["tries"] or "[]"))
    values = {name: row[name] for name in row if name not in {"id", "tries"}}
    return Delivery(id=show(table.name, row["id"]), tries=tries, **values)


def _after(seconds: float) -> str:
    """The time that much later, as the store writes times."""
    return (datetime.now(tz=UTC) + timedelta(seconds=seconds)).strftime(TIME_FORMAT)
