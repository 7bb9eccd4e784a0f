"""Leads and opportunities as lists, and when each came to the step it stands at.

The merge log is the history: every step is a change of an event, and an event that was taken back
does not count.
"""

from typing import Any, Final

import pandas as pd
from sqlalchemy import Connection, Select, and_, exists, func, select

from crm.frames import read_frame
from crm.models import contact, interaction, lead, merge_event
from crm.opening import reading
from crm.steward_models import event_change, opportunity
from crm.store import Store

__all__ = ["leads_that_count", "list_leads", "list_opportunities", "read_steps"]

LEAD_COLUMNS: Final = ("id", "contact_id", "status", "source", "first_at", "last_at")
DEAL_COLUMNS: Final = (
    *("id", "contact_id", "account_id", "lead_id", "name", "amount", "currency"),
    *("stage", "points", "opened_at", "closed_at"),
)


def list_leads(store: Store, status: str | None = None, limit: int = 50) -> pd.DataFrame:
    """List leads that count, the latest heard of first: `LEAD_COLUMNS`, and the `person`."""
    counting = leads_that_count(*LEAD_COLUMNS).add_columns(_person())
    if status is not None:
        counting = counting.where(lead.c.status == status)
    latest = counting.order_by(lead.c.last_at.desc(), lead.c.id.desc()).limit(limit)
    with reading(store.engine) as connection:
        return read_frame(connection, latest)


def list_opportunities(store: Store, stage: str | None = None, limit: int = 50) -> pd.DataFrame:
    """List opportunities, the furthest first: `DEAL_COLUMNS`, and the `person`."""
    columns = (opportunity.c[name] for name in DEAL_COLUMNS)
    chosen = select(*columns, _person()).join(contact, contact.c.id == opportunity.c.contact_id)
    chosen = chosen.where(opportunity.c.live)
    if stage is not None:
        chosen = chosen.where(opportunity.c.stage == stage)
    furthest = chosen.order_by(opportunity.c.points.desc(), opportunity.c.id).limit(limit)
    with reading(store.engine) as connection:
        return read_frame(connection, furthest)


def read_steps(store: Store) -> pd.DataFrame:
    """Read every step of every lead and opportunity, in order: how far it came, and when.

    Columns: `thing` (lead, opportunity), `id`, `step` (a status or stage), `at`, `event` (Int64,
    null for the first step). A lead is new when it is first heard of.
    """
    with reading(store.engine) as connection:
        moves = _read_moves(connection)
        first = [
            _first_steps(read_frame(connection, query), moves, thing, step)
            for thing, step, query in (
                ("lead", "status", leads_that_count("id", "status", "first_at")),
                ("opportunity", "stage", _opportunities("id", "stage", "opened_at")),
            )
        ]
    later = moves[["thing", "id", "step", "at", "event"]]
    living = pd.MultiIndex.from_frame(pd.concat(first)[["thing", "id"]])
    later = later[pd.MultiIndex.from_frame(later[["thing", "id"]]).isin(living)]
    steps = pd.concat([*first, later], ignore_index=True).astype({"id": "int64", "event": "Int64"})
    order = {"thing": "str", "step": "str", "at": "str"}
    return (
        steps.astype(order)
        .sort_values(["thing", "id", "event"], kind="stable", na_position="first")
        .reset_index(drop=True)
    )


def _first_steps(things: pd.DataFrame, moves: pd.DataFrame, thing: str, step: str) -> pd.DataFrame:
    """Where each began: what its first move started from, else where it still is."""
    own = moves[moves["thing"] == thing].drop_duplicates("id").set_index("id")["before"]
    began = things["id"].map(own).astype("str").fillna(things[step].astype("str"))
    at = things["first_at" if thing == "lead" else "opened_at"]
    return pd.DataFrame(
        {"thing": thing, "id": things["id"], "step": began, "at": at, "event": pd.NA}
    )


def _read_moves(connection: Connection) -> pd.DataFrame:
    """Changes of status and stage by events in force: JSON texts are read."""
    facts = event_change.c
    is_step = and_(facts.thing == "lead", facts.field == "status") | and_(
        facts.thing == "opportunity", facts.field == "stage"
    )
    in_force = merge_event.c.kind == "progress", merge_event.c.reversed_by.is_(None)
    columns = (facts.thing, facts.thing_id.label("id"), facts.before, facts.after.label("step"))
    found = read_frame(
        connection,
        select(*columns, merge_event.c.at, merge_event.c.id.label("event"))
        .join(merge_event, merge_event.c.id == facts.merge_event_id)
        .where(is_step, *in_force)
        .order_by(merge_event.c.id),
    )
    texts = {name: found[name].astype("str").str.strip('"') for name in ("before", "step")}
    return found.assign(**texts)


def _person() -> Any:
    full = func.coalesce(contact.c.given_name, "") + " " + func.coalesce(contact.c.family_name, "")
    return func.coalesce(func.nullif(func.trim(full), ""), contact.c.full_name).label("person")


def _opportunities(*columns: str) -> Select[Any]:
    return select(*(opportunity.c[name] for name in columns)).where(opportunity.c.live)


def leads_that_count(*columns: str) -> Select[Any]:
    """Leads of contacts that live, with something on their timeline that was not taken back."""
    told = exists().where(
        interaction.c.contact_id == lead.c.contact_id,
        interaction.c.lead_id == lead.c.id,
        interaction.c.live,
    )
    return (
        select(*(lead.c[name] for name in columns))
        .join(contact, contact.c.id == lead.c.contact_id)
        .where(contact.c.state == "live", told)
    )
