"""Tally: `Tally-Signature`, fields under their labels."""

from connectors.forms.bodies import load_object
from connectors.forms.delivery import Delivery, Event, Refusal, Secrets, event_id
from connectors.forms.flattening import Json
from connectors.forms.labels import inner, items, label_answers, word
from connectors.forms.signatures import check_body_hmac


def verify(delivery: Delivery, secrets: Secrets, _now: float) -> Refusal | None:
    """HMAC-SHA256 of the raw body, base64 without a prefix; Tally signs no time."""
    return check_body_hmac(delivery, secrets, "tally-signature", "base64")


def read(delivery: Delivery) -> tuple[Event, ...] | Refusal:
    """One event a `FORM_RESPONSE`, known by its submission."""
    body = load_object(delivery.body)
    if isinstance(body, Refusal):
        return body
    data = inner(body, "data")
    if word(body, "eventType") != "FORM_RESPONSE" or not isinstance(data, dict):
        return ()
    name = event_id(word(data, "submissionId") or word(data, "responseId"), delivery.body)
    answers = label_answers(
        (word(each, "label") or word(each, "key"), _value(each))
        for each in items(data, "fields")
        if not _is_box_of_group(each)
    )
    return (Event(name, answers, word(data, "createdAt") or word(body, "createdAt") or None),)


def _is_box_of_group(field: dict[str, Json]) -> bool:
    """Whether a true or false repeats one option of the group of boxes beside it."""
    key = word(field, "key")
    return word(field, "type") == "CHECKBOXES" and key.count("_") > 1


def _value(field: dict[str, Json]) -> Json:
    """The value; ids of options become their texts."""
    value = inner(field, "value")
    options = {word(each, "id"): word(each, "text") for each in items(field, "options")}
    if not options:
        return value
    chosen = value if isinstance(value, list) else [value]
    return [options.get(each, each) if isinstance(each, str) else each for each in chosen]
