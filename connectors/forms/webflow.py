"""Webflow: `x-webflow-signature` over the time and the body, answers under their labels."""

from connectors.forms.bodies import load_object
from connectors.forms.delivery import Delivery, Event, Refusal, Secrets, event_id
from connectors.forms.labels import inner, label_answers, word
from connectors.forms.signatures import UNSIGNED, check_hmac, check_time, keys


def verify(delivery: Delivery, secrets: Secrets, now: float) -> Refusal | None:
    """HMAC-SHA256 in hex over `time:body`, the time in milliseconds."""
    given = delivery.header("x-webflow-signature")
    time = delivery.header("x-webflow-timestamp")
    if given is None or time is None:
        return UNSIGNED
    message = time.encode("utf-8", "surrogatepass") + b":" + delivery.body
    return check_time(time, now, 1_000) or check_hmac([given], keys(secrets), message, "hex")


def read(delivery: Delivery) -> tuple[Event, ...] | Refusal:
    """One event a `form_submission`."""
    body = load_object(delivery.body)
    if isinstance(body, Refusal):
        return body
    data = inner(body, "payload", "data")
    if word(body, "triggerType") != "form_submission" or not isinstance(data, dict):
        return ()
    name = event_id(word(body, "payload", "id"), delivery.body)
    when = word(body, "payload", "submittedAt") or None
    return (Event(name, label_answers(data.items()), when),)
