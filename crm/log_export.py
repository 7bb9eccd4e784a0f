"""The merge log as lines: every event, oldest first, with what it moved and what was before."""

import json
from collections.abc import Iterator
from typing import Any, Final

from sqlalchemy import Connection, and_, func, select

from crm import ids
from crm.acts import find_number
from crm.models import merge_event
from crm.opening import reading
from crm.row_story import tell_events
from crm.steward_models import event_contact
from crm.store import Store

__all__ = ["read_log"]

AT_A_TIME: Final = 2_000


def read_log(store: Store, batch: str | None = None) -> Iterator[dict[str, Any]]:
    """Read the events of one batch, or all.

    Keys: `id`, `kind`, `at`, `actor`, `reason`, `batch`, `contact`, `record`, `matched`, `weight`,
    `evidence`, `model_version`, `policy_version`, `contacts`, `changes`, `reversed_by`, and
    `before`: contact -> golden record as it was.
    """
    with reading(store.engine) as connection:
        number = None if batch is None else find_number(connection, "batch", batch)
        newest = connection.scalar(select(func.max(merge_event.c.id))) or 0
        for last in range(0, newest, AT_A_TIME):
            some = merge_event.c.id.between(last + 1, last + AT_A_TIME)
            chosen = some if number is None else and_(some, merge_event.c.batch_id == number)
            images = _read_before(connection, last)
            for event in tell_events(connection, chosen):
                del event["reversed"]
                yield event | {"before": images.get(event["id"], {})}


def _read_before(connection: Connection, last: int) -> dict[str, dict[str, Any]]:
    """Golden records from before some events: event -> contact -> record."""
    imported = select(merge_event.c.id, merge_event.c.contact_id, merge_event.c.before).where(
        merge_event.c.id.between(last + 1, last + AT_A_TIME), merge_event.c.before.is_not(None)
    )
    acted = select(
        event_contact.c.merge_event_id, event_contact.c.contact_id, event_contact.c.before
    ).where(
        event_contact.c.merge_event_id.between(last + 1, last + AT_A_TIME),
        event_contact.c.before.is_not(None),
    )
    images: dict[str, dict[str, Any]] = {}
    for statement in (imported, acted):
        for event, contact, before in connection.execute(statement):
            shown = ids.show("contact", contact)
            images.setdefault(ids.show("merge_event", event), {})[shown] = json.loads(before)
    return images
