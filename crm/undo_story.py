"""What taking an import back does to each contact: told value by value."""

from collections.abc import Iterator

import pandas as pd
from sqlalchemy import Connection, select

from crm import ids
from crm.bulk import listed_numbers
from crm.candidates import read_members
from crm.golden_rows import compute_golden
from crm.models import contact
from crm.policies import read_policy
from crm.previews import tell_values
from crm.steward_models import pin
from crm.undo_plan import UndoItem, UndoPlan

__all__ = ["tell_kept_values", "tell_reversed"]


def tell_reversed(connection: Connection, plan: UndoPlan) -> Iterator[UndoItem]:
    """Tell what goes, and which values of the contacts that stay become what they were."""
    for number in plan.gone:
        yield UndoItem(ids.show("contact", number), "contact", "created by it, taken back")
    yield from _tell_left(connection, plan)
    held = plan.records["record"][plan.records["contact"].isna()]
    for number in held.tolist():
        yield UndoItem(ids.show("source_record", number), "held record", "taken back")
    for number in plan.quarantine:
        yield UndoItem(ids.show("quarantine_row", number), "quarantine row", "taken back")


def tell_kept_values(connection: Connection, plan: UndoPlan) -> Iterator[UndoItem]:
    """Tell the values that stay as a person pinned them."""
    rows = connection.execute(
        select(pin.c.contact_id, pin.c.field, pin.c.actor)
        .where(pin.c.contact_id.in_(listed_numbers(connection, plan.left)))
        .order_by(pin.c.contact_id, pin.c.field)
    )
    for row in rows:
        text = f"kept: {row.field} is pinned by {row.actor}"
        yield UndoItem(ids.show("contact", row.contact_id), "value", text)


def _tell_left(connection: Connection, plan: UndoPlan) -> Iterator[UndoItem]:
    if not plan.left:
        return
    members = read_members(connection, plan.left)
    members = members[~members["source_record"].isin(plan.records["record"])]
    then = compute_golden(connection, members, read_policy(connection)).rows
    wanted = contact.c.id.in_(listed_numbers(connection, plan.left))
    now = pd.DataFrame(connection.execute(select(contact).where(wanted)).mappings().all())
    now = now.set_index("id")
    for number in plan.left:
        before = {each["field"]: each["value"] for each in tell_values(now, number)}
        after = {each["field"]: each["value"] for each in tell_values(then, number)}
        changed = [name for name in {**before, **after} if before.get(name) != after.get(name)]
        told = "; ".join(f"{name}: {before.get(name)} → {after.get(name)}" for name in changed)
        yield UndoItem(ids.show("contact", number), "contact", told or "no value changes")
