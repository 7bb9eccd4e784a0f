"""Meta lead ads: `X-Hub-Signature-256`; the webhook names the leads, the Graph API has them."""

import hmac
from collections.abc import Mapping
from typing import Final

from connectors.forms.bodies import load_object
from connectors.forms.delivery import Delivery, Event, Refusal, Secrets, event_id
from connectors.forms.flattening import Json
from connectors.forms.labels import inner, items, label_answers, word
from connectors.forms.signatures import check_body_hmac, keys

LEAD: Final = "leadgen_id"


def verify(delivery: Delivery, secrets: Secrets, _now: float) -> Refusal | None:
    """HMAC-SHA256 of the raw body, in hex after `sha256=`; Meta signs no time."""
    return check_body_hmac(delivery, secrets, "x-hub-signature-256", "hex", "sha256=")


def answer_challenge(query: Mapping[str, str], tokens: Secrets) -> str | None:
    """What to echo when Meta asks whether the address is ours; None where it is not for us."""
    given = query.get("hub.verify_token", "").encode("utf-8", "surrogatepass")
    passed = False
    for token in keys(tokens):
        passed |= hmac.compare_digest(token, given)
    challenge = query.get("hub.challenge", "")
    harmless = challenge.isascii() and challenge.isalnum() and len(challenge) <= 128
    return challenge if passed and harmless and query.get("hub.mode") == "subscribe" else None


def read(delivery: Delivery) -> tuple[Event, ...] | Refusal:
    """One event a lead; its answers are there only where the sender has put them in."""
    body = load_object(delivery.body)
    if isinstance(body, Refusal):
        return body
    found: dict[str, Event] = {}
    for entry in items(body, "entry"):
        for change in items(entry, "changes"):
            lead = word(change, "value", LEAD)
            if word(change, "field") == "leadgen" and lead:
                name = event_id(lead, delivery.body)
                found.setdefault(name, _read_change(name, lead, inner(change, "value")))
    return tuple(found.values())


def read_lead(lead: dict[str, Json]) -> dict[str, str]:
    """Answers of a lead as the Graph API gives it: `field_data`."""
    return label_answers((word(each, "name"), inner(each, "values")) for each in _answers(lead))


def _read_change(name: str, lead: str, value: Json) -> Event:
    answers = read_lead(value) if isinstance(value, dict) else {}
    return Event(name, answers or {LEAD: lead}, word(value, "created_time") or None)


def _answers(lead: dict[str, Json]) -> list[dict[str, Json]]:
    return items(lead, "field_data")
