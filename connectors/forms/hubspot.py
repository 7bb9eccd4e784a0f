"""HubSpot: signature v3 over method, address, body and time; submissions and contacts."""

import re
from typing import Final

from connectors.forms.bodies import BAD_BODY, load_json, text_of
from connectors.forms.delivery import Delivery, Event, Refusal, Secrets, event_id
from connectors.forms.flattening import Json
from connectors.forms.labels import inner, items, label_answers, word
from connectors.forms.signatures import UNSIGNED, check_hmac, check_time, keys

# HubSpot signs an address in which these, and no others, are no longer escaped.
UNESCAPED: Final = {f"%{ord(char):02X}": char for char in ":/?@!$'()*,;"}
ESCAPE: Final = re.compile("|".join(UNESCAPED), re.IGNORECASE)
TIMES: Final = ("submittedAt", "occurredAt", "createdAt")


def verify(delivery: Delivery, secrets: Secrets, now: float) -> Refusal | None:
    """HMAC-SHA256 in base64 over method, address, body and time; the time in milliseconds."""
    given = delivery.header("x-hubspot-signature-v3")
    time = delivery.header("x-hubspot-request-timestamp")
    if given is None or time is None:
        return UNSIGNED
    address = ESCAPE.sub(lambda found: UNESCAPED[found[0].upper()], delivery.url)
    head = (delivery.method + address).encode("utf-8", "surrogatepass")
    message = head + delivery.body + time.encode("utf-8", "surrogatepass")
    return check_time(time, now, 1_000) or check_hmac([given], keys(secrets), message, "base64")


def read(delivery: Delivery) -> tuple[Event, ...] | Refusal:
    """One event a submission (`fields`) or contact (`properties`), of one or of a list.

    A record without any answer is refused.
    """
    body = load_json(delivery.body)
    if isinstance(body, Refusal):
        return body
    found = body if isinstance(body, list) else [body]
    records = [each for each in found if isinstance(each, dict)]
    if not records or len(records) < len(found):
        return BAD_BODY
    events = [_read_record(each, delivery, alone=len(records) == 1) for each in records]
    # A subscription of an app tells ids alone: better refused than taken and lost.
    return BAD_BODY if None in events else tuple(event for event in events if event)


def read_submission(record: dict[str, Json]) -> dict[str, str]:
    """Answers of a submission by the names of its fields."""
    return label_answers((word(each, "name"), inner(each, "value")) for each in _fields(record))


def _read_record(record: dict[str, Json], delivery: Delivery, *, alone: bool) -> Event | None:
    properties = inner(record, "properties")
    if isinstance(properties, dict):
        answers = {
            name: text
            for name, value in properties.items()
            if (text := text_of(inner(value, "value") if isinstance(value, dict) else value))
        }
        name = _contact_id(record)
    else:
        answers = read_submission(record)
        name = word(record, "submissionId") or word(record, "conversionId")
    if not answers or not (name or alone):
        return None
    when = next((text for key in TIMES if (text := word(record, key))), None)
    return Event(event_id(name, delivery.body), answers, when)


def _contact_id(record: dict[str, Json]) -> str:
    """A contact that changed is another event; the same change is the same."""
    event = word(record, "eventId")
    if event:
        return event
    contact = word(record, "vid") or word(record, "objectId") or word(record, "id")
    changed = word(record, "properties", "lastmodifieddate", "value") or word(record, "updatedAt")
    return f"{contact}@{changed}" if contact and changed else ""


def _fields(record: dict[str, Json]) -> list[dict[str, Json]]:
    return items(record, "fields") or items(record, "values")
