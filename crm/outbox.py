"""What other programs are told, written down in the transaction of what it tells of.

So nothing is told of what was rolled back, and nothing that happened is forgotten. A message holds
ids and counts; who wants to know more about a person asks the API, as somebody who may.
"""

import json
import secrets
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any, Final

import pandas as pd
from sqlalchemy import Connection, insert, select

from crm import ids
from crm.desk_models import outgoing_delivery, outgoing_hook
from crm.times import utc_now

__all__ = ["EVENTS", "announce", "announce_act", "announce_many", "show_all", "tell_leads"]

EVENTS: Final = (
    "import.finished",
    "lead.created",
    "contact.merged",
    "contact.unmerged",
    "row.quarantined",
    "review.needed",
)
AT_A_TIME: Final = 500  # ids of one message: it stays below 20 kB
IMPORT: Final = "import"


def announce(connection: Connection, event: str, messages: Iterable[Mapping[str, Any]]) -> None:
    """Put messages down for every endpoint that wants to hear of `event`."""
    hooks = _find_listeners(connection, event)
    if not hooks:
        return
    now = utc_now()
    made = {"event": event, "created_at": now, "next_at": now, "attempts": 0, "status": "waiting"}
    lines = [
        {**made, "hook": hook, "message_id": name, "body": body}
        for data in messages
        for name, body in [(f"msg_{secrets.token_hex(16)}", _write(event, now, data))]
        for hook in hooks
    ]
    if lines:
        connection.execute(insert(outgoing_delivery), lines)


def announce_many(
    connection: Connection, event: str, batch: int | None, plural: str, things: Iterable[Any]
) -> None:
    """Tell of many things of an import (or of an act, where there is none), some at a time.

    `things` is not even looked at where nobody listens.
    """
    origin = {IMPORT: ids.show("batch", batch)} if batch is not None else {}
    messages = ({**origin, plural: part, "count": len(part)} for part in _cut(things))
    announce(connection, event, messages)


def announce_act(
    connection: Connection, event: int, changes: pd.DataFrame, leads: Iterable[Mapping[str, Any]]
) -> None:
    """Tell what an act moved (`changes`, see `crm.changes`) and which leads it opened."""
    if connection.scalar(select(outgoing_hook.c.name).limit(1)) is None:
        return
    shown = ids.show("merge_event", event)
    moved = changes[(changes["thing"] == "contact") & (changes["field"] == "merged_into")]
    for kind, whole, parts in (
        ("contact.merged", "after", moved[moved["after"].notna()]),
        ("contact.unmerged", "before", moved[moved["after"].isna()]),
    ):
        announce(
            connection,
            kind,
            (
                {
                    "event": shown,
                    "contact": ids.show("contact", int(str(contact))),
                    "others": list(show_all("contact", own["thing_id"])),
                }
                for contact, own in parts.groupby(whole)
            ),
        )
    opened = tell_leads((each["id"], each["contact_id"]) for each in leads)
    announce_many(connection, "lead.created", None, "leads", opened)
    waits = (changes["thing"] == "review_item") & (changes["field"] == "status")
    waits &= changes["after"] == '"open"'
    items = show_all("review_item", changes["thing_id"][waits])
    announce_many(connection, "review.needed", None, "items", items)


def show_all(table: str, numbers: Iterable[int]) -> Iterator[str]:
    """Write ids, one when it is asked for."""
    return (ids.show(table, int(each)) for each in numbers)


def tell_leads(leads: Iterable[tuple[int, int]]) -> Iterator[dict[str, str]]:
    """Tell of leads, each an id and that of its contact, one when it is asked for."""
    for lead, contact in leads:
        yield {"lead": ids.show("lead", int(lead)), "contact": ids.show("contact", int(contact))}


def _cut(things: Iterable[Any]) -> Iterator[list[Any]]:
    rest = iter(things)
    while part := list(islice(rest, AT_A_TIME)):
        yield part


def _find_listeners(connection: Connection, event: str) -> list[str]:
    rows = connection.execute(select(outgoing_hook.c.name, outgoing_hook.c.events))
    return [row.name for row in rows if event in json.loads(row.events)]


def _write(event: str, now: str, data: Mapping[str, Any]) -> str:
    return json.dumps({"type": event, "timestamp": now, "data": data}, separators=(",", ":"))
