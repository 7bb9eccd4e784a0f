"""Visitor check-ins: Envoy's webhooks, and Greetly's and others' through a bearer secret."""

from typing import Final

from connectors.forms.bodies import load_any, load_object, to_texts
from connectors.forms.delivery import Delivery, Event, Refusal, Secrets, event_id
from connectors.forms.flattening import Json
from connectors.forms.labels import inner, word
from connectors.forms.signatures import check_body_hmac

IDS: Final = ("id", "visit_id", "visitId", "check_in_id", "checkInId", "entry_id")
TIMES: Final = (
    *("signed-in-at", "signed_in_at", "signedInAt", "check_in_time", "checkInTime"),
    *("Check-In Time", "Check In Time", "signed_in_time_utc", "timestamp"),
)
# A visit is one interaction, told when it begins.
OVER: Final = ("sign_out", "signed_out", "sign-out", "check_out", "checkout")


def verify_envoy(delivery: Delivery, secrets: Secrets, _now: float) -> Refusal | None:
    """HMAC-SHA256 of the raw body in base64; Envoy signs no time."""
    return check_body_hmac(delivery, secrets, "x-envoy-signature", "base64")


def read_envoy(delivery: Delivery) -> tuple[Event, ...] | Refusal:
    """One event a sign-in; sign-outs and invitations are none."""
    body = load_object(delivery.body)
    if isinstance(body, Refusal):
        return body
    kind = word(body, "meta", "event") or word(body, "event") or word(body, "status")
    payload = inner(body, "payload") or inner(body, "entry") or inner(body, "data")
    entry = load_object(payload) if isinstance(payload, str) else payload
    if isinstance(entry, Refusal) or not isinstance(entry, dict):
        return Refusal("webhook.bad_body")
    if kind and ("sign_in" not in kind or any(mark in kind for mark in OVER)):
        return ()
    attributes = inner(entry, "attributes")
    visit = {**attributes, "id": entry.get("id")} if isinstance(attributes, dict) else entry
    return (_read_visit(visit, delivery),)


def read_check_in(delivery: Delivery) -> tuple[Event, ...] | Refusal:
    """One event a check-in, in whatever the desk or a service between sends it."""
    body = load_any(delivery)
    if isinstance(body, Refusal):
        return body
    kind = (word(body, "event") or word(body, "type")).lower().replace(" ", "_")
    if any(mark in kind for mark in OVER):
        return ()
    return (_read_visit(body, delivery),)


def _read_visit(visit: dict[str, Json], delivery: Delivery) -> Event:
    name = next((text for key in IDS if (text := word(visit, key))), None)
    when = next((text for key in TIMES if (text := word(visit, key))), None)
    kept = {key: value for key, value in visit.items() if key not in (*IDS, *TIMES)}
    return Event(event_id(name, delivery.body), to_texts(kept), when)
