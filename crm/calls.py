"""Calls as they stand on the timelines: who called, who was missed, who had to call again."""

import json
from typing import Final

import pandas as pd
from sqlalchemy import select

from crm.models import contact, interaction, source_record
from crm.opening import reading
from crm.store import Store

__all__ = ["CALL_COLUMNS", "read_calls"]

CALL_COLUMNS: Final = (
    *("contact", "name", "phone", "at", "direction", "status", "seconds"),
    *("missed", "answered_at", "calls"),
)
MISSED: Final = r"(?i)no.?answer|missed|busy|fail|cancel|abandon|voice.?mail|not.answered|rejected"
OUTBOUND: Final = r"(?i)^out"


def read_calls(store: Store) -> pd.DataFrame:
    """Read every call, oldest first; columns `CALL_COLUMNS`.

    `phone` is the number of this call. `missed`: an incoming call that nobody answered.
    `answered_at`: when the two of them first
    spoke after a missed call, whoever called, else null. `calls`: how many calls the person has.
    """
    with reading(store.engine) as connection:
        rows = connection.execute(
            select(
                interaction.c.contact_id,
                contact.c.full_name,
                contact.c.given_name,
                contact.c.family_name,
                source_record.c.standard,
                interaction.c.occurred_at,
                interaction.c.summary,
            )
            .join(contact, contact.c.id == interaction.c.contact_id)
            .join(source_record, source_record.c.id == interaction.c.source_record_id)
            .where(interaction.c.kind == "call", interaction.c.live)
            .order_by(interaction.c.occurred_at, interaction.c.id)
        ).all()
    said = [json.loads(row.summary) for row in rows]
    frame = pd.DataFrame(
        {
            "contact": pd.Series([row.contact_id for row in rows], dtype="int64"),
            "name": _texts([_name(row.full_name, row.given_name, row.family_name) for row in rows]),
            "phone": _texts([json.loads(row.standard).get("phone") for row in rows]),
            "at": _texts([row.occurred_at for row in rows]),
            "direction": _texts([each.get("call_direction") for each in said]),
            "status": _texts([each.get("call_status") for each in said]),
            "seconds": _texts([each.get("call_seconds") for each in said]),
        }
    )
    return _judge(frame)


def _judge(calls: pd.DataFrame) -> pd.DataFrame:
    """Add what follows from the others: missed, when answered, how many."""
    unanswered = calls["status"].str.contains(MISSED).fillna(value=False).astype(bool)
    outbound = calls["direction"].str.contains(OUTBOUND).fillna(value=False).astype(bool)
    spoken = calls["at"].where(~unanswered)
    later = spoken[::-1].groupby(calls["contact"][::-1]).ffill()[::-1]
    # Of the same person: the next time they spoke is the last seen from behind.
    answered = later.where(unanswered & ~outbound)
    return calls.assign(
        missed=unanswered & ~outbound,
        answered_at=answered,
        calls=calls.groupby("contact")["contact"].transform("size"),
    )[list(CALL_COLUMNS)]


def _name(full: str | None, given: str | None, family: str | None) -> str | None:
    return full or " ".join(part for part in (given, family) if part) or None


def _texts(values: list[str | None]) -> pd.Series:
    return pd.Series(values, dtype="str")
