"""Gravity Forms: an entry, its values under the numbers of their fields."""

from typing import Final

from connectors.forms.bodies import load_any, to_texts
from connectors.forms.delivery import Delivery, Event, Refusal, event_id
from connectors.forms.labels import word

# About the entry and the visitor's browser, not an answer.
ABOUT: Final = frozenset(
    (
        *("id", "form_id", "created_by", "date_created", "date_updated", "is_starred", "is_read"),
        *("is_approved", "ip", "source_id", "source_url", "post_id", "user_agent", "status"),
        *("currency", "payment_status", "payment_date", "payment_amount", "payment_method"),
        *("transaction_id", "is_fulfilled", "transaction_type"),
    )
)


def read(delivery: Delivery) -> tuple[Event, ...] | Refusal:
    """One event an active entry; spam and trash are none."""
    entry = load_any(delivery)
    if isinstance(entry, Refusal):
        return entry
    if word(entry, "status") not in {"", "active"}:
        return ()
    created = word(entry, "date_created")
    answers = to_texts({key: value for key, value in entry.items() if key not in ABOUT})
    # Without a zone, and always in UTC.
    when = created.replace(" ", "T") + "Z" if created else None
    return (Event(event_id(entry.get("id"), delivery.body), answers, when),)
