"""Twilio-style call logs: `X-Twilio-Signature` over the address and the sorted parameters."""

import hashlib
import hmac
from typing import Final
from urllib.parse import parse_qs, urlsplit

from connectors.forms.bodies import load_any, load_form
from connectors.forms.delivery import Delivery, Event, Refusal, Secrets, event_id
from connectors.forms.flattening import Json
from connectors.forms.labels import label_answers, word
from connectors.forms.signatures import FORGED, UNSIGNED, check_hmac, keys

# A call is one interaction, told when it is over.
OVER: Final = frozenset({"completed", "busy", "no-answer", "failed", "canceled"})
# Twilio's names, and what they are in words; the second of each is of its older or REST form.
COLUMNS: Final = {
    "From": ("From", "from", "Caller"),
    "To": ("To", "to", "Called"),
    "Caller Name": ("CallerName", "caller_name"),
    "Direction": ("Direction", "direction"),
    "Status": ("CallStatus", "status"),
    "Duration": ("CallDuration", "duration"),
}
TIMES: Final = ("StartTime", "start_time", "Timestamp")
FORM: Final = "application/x-www-form-urlencoded"


def verify(delivery: Delivery, secrets: Secrets, _now: float) -> Refusal | None:
    """HMAC-SHA1 in base64 over the address and, of a form, each name and value in order.

    A JSON body is signed by its SHA-256 in the address. Twilio signs no time.
    """
    given = delivery.header("x-twilio-signature")
    if given is None:
        return UNSIGNED
    signed = ""
    if (delivery.header("content-type") or "").startswith(FORM):
        pairs = load_form(delivery.body)
        if isinstance(pairs, Refusal):
            return FORGED
        signed = "".join(name + value for name, value in sorted(set(pairs)))
    elif not _body_is_signed(delivery):
        return FORGED
    passed = [
        check_hmac(
            [given], keys(secrets), (url + signed).encode("utf-8", "replace"), "base64", "sha1"
        )
        for url in _spellings(delivery.url)
    ]
    return None if None in passed else FORGED


def read(delivery: Delivery) -> tuple[Event, ...] | Refusal:
    """One event a call that is over; what comes before its end is none."""
    call = load_any(delivery)
    if isinstance(call, Refusal):
        return call
    if _first(call, COLUMNS["Status"]) not in OVER:
        return ()
    answers: list[tuple[str, Json]] = [
        (column, _first(call, names)) for column, names in COLUMNS.items()
    ]
    sid = _first(call, ("CallSid", "sid"))
    if not sid:
        # What Twilio signs does not tell where a name ends and its value begins: with the name
        # of the id moved by a letter, a call known long ago would be another one.
        return Refusal("webhook.no_id")
    return (
        Event(event_id(sid, delivery.body), label_answers(answers), _first(call, TIMES) or None),
    )


def _first(call: dict[str, Json], names: tuple[str, ...]) -> str:
    return next((text for name in names if (text := word(call, name))), "")


def _body_is_signed(delivery: Delivery) -> bool:
    given = parse_qs(urlsplit(delivery.url).query).get("bodySHA256", [""])[0]
    expected = hashlib.sha256(delivery.body).hexdigest()
    return hmac.compare_digest(expected.encode(), given.encode("utf-8", "replace"))


def _spellings(url: str) -> list[str]:
    """The address with and without the port its scheme implies: Twilio signs either."""
    parts = urlsplit(url)
    try:
        port = parts.port
    except ValueError:
        return [url]
    default = 443 if parts.scheme == "https" else 80
    if port == default:
        bare = parts.netloc.rsplit(":", 1)[0]
        return [url, parts._replace(netloc=bare).geturl()]
    return [url] if port else [url, parts._replace(netloc=f"{parts.netloc}:{default}").geturl()]
