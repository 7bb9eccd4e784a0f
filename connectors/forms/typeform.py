"""Typeform: `Typeform-Signature`, answers under the titles of their questions."""

from connectors.forms.bodies import load_object
from connectors.forms.delivery import Delivery, Event, Refusal, Secrets, event_id
from connectors.forms.flattening import Json
from connectors.forms.labels import inner, items, label_answers, word
from connectors.forms.signatures import check_body_hmac


def verify(delivery: Delivery, secrets: Secrets, _now: float) -> Refusal | None:
    """HMAC-SHA256 of the raw body, base64 after `sha256=`; Typeform signs no time."""
    return check_body_hmac(delivery, secrets, "typeform-signature", "base64", "sha256=")


def read(delivery: Delivery) -> tuple[Event, ...] | Refusal:
    """One event a `form_response`; its token names it for good."""
    body = load_object(delivery.body)
    if isinstance(body, Refusal):
        return body
    response = inner(body, "form_response")
    if word(body, "event_type") != "form_response" or not isinstance(response, dict):
        return ()
    return (read_response(response, event_id(word(response, "token"), delivery.body)),)


def read_response(response: dict[str, Json], name: str) -> Event:
    """Read a response as the webhook and the Responses API write it."""
    titles = {
        word(each, key): word(each, "title")
        for key in ("id", "ref")
        for each in items(response, "definition", "fields")
    }
    answers: list[tuple[str, Json]] = [
        (_title(answer, titles), _value(answer)) for answer in items(response, "answers")
    ]
    hidden = inner(response, "hidden")
    if isinstance(hidden, dict):
        answers += hidden.items()
    return Event(name, label_answers(answers), word(response, "submitted_at") or None)


def _title(answer: dict[str, Json], titles: dict[str, str]) -> str:
    id_, ref = word(answer, "field", "id"), word(answer, "field", "ref")
    return titles.get(id_) or titles.get(ref) or ref or id_


def _value(answer: dict[str, Json]) -> Json:
    value = inner(answer, word(answer, "type"))
    if isinstance(value, dict):  # choice, choices, payment
        chosen = [value.get(key) for key in ("labels", "label", "other", "amount")]
        return [each for each in chosen if each]
    return value
