"""Tell the story of one thing in the store: where a row went, where a golden value is from.

The answer is a dict of plain values, the same for a terminal, a page or JSON.
"""

from collections.abc import Callable
from typing import Any, Final

from sqlalchemy import Connection

from crm.account_story import tell_account
from crm.contact_story import tell_contact
from crm.errors import UnknownIdError
from crm.ids import read
from crm.opening import reading, shown_url
from crm.row_story import (
    tell_batch,
    tell_event,
    tell_quarantine_row,
    tell_review_item,
    tell_source_record,
)
from crm.sales_story import tell_lead, tell_opportunity
from crm.store import Store

__all__ = ["trace"]

Story = dict[str, Any]
TELLERS: Final[dict[str, Callable[[Connection, int], Story | None]]] = {
    "account": tell_account,
    "batch": tell_batch,
    "contact": tell_contact,
    "lead": tell_lead,
    "merge_event": tell_event,
    "opportunity": tell_opportunity,
    "quarantine_row": tell_quarantine_row,
    "review_item": tell_review_item,
    "source_record": tell_source_record,
}


def trace(store: Store, thing: str) -> Story:
    """Tell of a contact (`c12`), account (`a5`), record (`r3`), batch (`b1`), row to repair (`q4`).

    A contact: `fields`, `alternates`, `emails`, `phones` with the record of each value, `account`,
    `leads`, `records`, `events` of the merge log, `interactions`, `old_ids`. A record: its
    `fate`, `contact`, `raw` and `standard` values, `issues`, `events`, `review`. A quarantine
    row: its `status`, values and `issues`. A batch: its counts. An account: `fields` of the
    company, `contacts`, `leads`, `opportunities`, `events`. Also of an event (`e7`), a possible
    match (`m2`), a lead (`l4`) and an opportunity (`o3`).
    Raises `UnknownIdError`.
    """
    table, number = read(thing) or ("", 0)
    with reading(store.engine) as connection:
        story = TELLERS[table](connection, number) if table in TELLERS else None
    if story is None:
        raise UnknownIdError(shown_url(store.engine.url), thing)
    return story
