"""Any JSON or form-encoded body, by what `leadgate.toml` says of it."""

import json
from dataclasses import dataclass

from connectors.forms.bodies import load_any, to_texts
from connectors.forms.delivery import Delivery, Event, Refusal, Secrets, event_id
from connectors.forms.flattening import Json
from connectors.forms.labels import inner
from connectors.forms.signatures import Encoding, check_body_hmac, check_token


@dataclass(frozen=True)
class Shape:
    """Where a body has what: dotted paths, such as `data.id`, and how it is signed.

    `items`: the list of the submissions, where there are several; `record`: the object that
    holds the answers, else all of the body. `id` and `time` are meant from each submission.
    `signature_header` with its prefix and encoding: an HMAC-SHA256 of the raw body; without it,
    the sender has to name the secret (`Authorization`).
    """

    items: str = ""
    record: str = ""
    id: str = ""
    time: str = ""
    signature_header: str = ""
    signature_prefix: str = ""
    signature_encoding: Encoding = "hex"


def verify(shape: Shape, delivery: Delivery, secrets: Secrets, now: float) -> Refusal | None:
    """Check the signature the shape tells of, else the secret the sender names."""
    if not shape.signature_header:
        return check_token(delivery, secrets, now)
    return check_body_hmac(
        delivery,
        secrets,
        shape.signature_header.lower(),
        shape.signature_encoding,
        shape.signature_prefix,
    )


def read(shape: Shape, delivery: Delivery) -> tuple[Event, ...] | Refusal:
    """One event a submission."""
    body = load_any(delivery)
    if isinstance(body, Refusal):
        return body
    found = at(body, shape.items) if shape.items else [body]
    records = found if isinstance(found, list) else [found]
    events = [read_record(shape, each) for each in records]
    refused = next((each for each in events if isinstance(each, Refusal)), None)
    return refused or tuple(each for each in events if isinstance(each, Event))


def read_record(shape: Shape, record: Json) -> Event | Refusal:
    """Read one submission; where no id is told of, it is known by its hash."""
    if not isinstance(record, dict):
        return Refusal("webhook.bad_body")
    name = at(record, shape.id) if shape.id else ""
    if shape.id and not (isinstance(name, str) and name):
        return Refusal("webhook.no_id")
    answers = at(record, shape.record) if shape.record else record
    when = at(record, shape.time) if shape.time else None
    if not isinstance(answers, dict):
        return Refusal("webhook.bad_body")
    said = when if isinstance(when, str) else None
    content = json.dumps(record, sort_keys=True).encode()
    return Event(event_id(name, content), to_texts(answers), said)


def at(value: Json, path: str) -> Json:
    """What stands at a dotted path; a key that has a dot itself is found, too."""
    if isinstance(value, dict) and path in value:
        return value[path]
    return inner(value, *path.split("."))
