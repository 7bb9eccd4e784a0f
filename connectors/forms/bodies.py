"""Bodies of deliveries as values: JSON, form-encoded, multipart; with limits, and no exceptions.

A sender who has passed the signature may still send what would harm a reader.
"""

import json
from email.parser import BytesParser
from typing import Any, Final
from urllib.parse import parse_qsl

from connectors.forms.delivery import FIELDS, Delivery, Refusal
from connectors.forms.flattening import Json, flatten, name_paths

DEPTH: Final = 32
BAD_BODY: Final = Refusal("webhook.bad_body")
TOO_MANY: Final = Refusal("webhook.too_many")


def load_json(body: bytes | str) -> "Json | Refusal":
    """Read one JSON document: UTF-8, no key twice, no NaN, not too deep. Numbers stay texts."""
    try:
        text = body.decode("utf-8-sig") if isinstance(body, bytes) else body
        value: Json = _DECODER.decode(text)
    except RecursionError:
        return Refusal("webhook.too_deep")
    except ValueError:
        return BAD_BODY
    return Refusal("webhook.too_deep") if _is_deep(value) else value


def load_object(body: bytes | str) -> dict[str, Json] | Refusal:
    """Read a JSON document that has to be an object."""
    value = load_json(body)
    return value if isinstance(value, dict | Refusal) else BAD_BODY


def load_form(body: bytes) -> list[tuple[str, str]] | Refusal:
    """Read a form-encoded body, names and values in their order."""
    try:
        text = body.decode("ascii")
        pairs = parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=FIELDS)
    except UnicodeDecodeError:
        return BAD_BODY
    except ValueError:
        return TOO_MANY
    return pairs or BAD_BODY


def load_multipart(delivery: Delivery) -> dict[str, str] | Refusal:
    """Read the texts of a multipart form; the files in it are left out."""
    kind = delivery.header("content-type") or ""
    if not (kind.isascii() and kind.isprintable()):
        return BAD_BODY
    head = f"Content-Type: {kind}\r\n\r\n".encode("ascii")
    message = BytesParser().parsebytes(head + delivery.body)
    parts: Any = message.get_payload()
    if not isinstance(parts, list) or message.defects:
        return BAD_BODY
    if len(parts) > FIELDS:
        return TOO_MANY
    texts: dict[str, str] = {}
    for part in parts:
        name = part.get_param("name", header="content-disposition")
        if isinstance(name, str) and part.get_filename() is None and not part.is_multipart():
            texts[name] = part.get_payload(decode=True).decode("utf-8", "replace")
    return texts or BAD_BODY


def load_any(delivery: Delivery) -> dict[str, Json] | Refusal:
    """Read a body by its content type: JSON, form-encoded or multipart."""
    kind = (delivery.header("content-type") or "").partition(";")[0].strip().lower()
    if kind == "application/x-www-form-urlencoded":
        pairs = load_form(delivery.body)
        return pairs if isinstance(pairs, Refusal) else join_pairs(pairs)
    if kind == "multipart/form-data":
        texts = load_multipart(delivery)
        return texts if isinstance(texts, Refusal) else dict(texts)
    return load_object(delivery.body)


def join_pairs(pairs: list[tuple[str, str]]) -> dict[str, Json]:
    """One value a name; a name that comes several times has a list of its values."""
    joined: dict[str, Json] = {}
    for name, value in pairs:
        known = joined.get(name)
        if known is None:
            joined[name] = value
        else:
            joined[name] = [*known, value] if isinstance(known, list) else [known, value]
    return joined


def to_texts(record: dict[str, Json]) -> dict[str, str]:
    """Flatten an object to texts by name, as a file of such objects is flattened."""
    flat = {path: text for path, text in flatten(record).items() if text}
    return {name: flat[path] for path, name in name_paths(flat).items()}


def text_of(value: Json) -> str:
    """A value as text: lists joined, objects flattened and joined."""
    return " ::: ".join(text for text in flatten({"value": value}).values() if text)


def _is_deep(value: Json, room: int = DEPTH) -> bool:
    if not isinstance(value, dict | list):
        return False
    inner = value.values() if isinstance(value, dict) else value
    return room == 0 or any(_is_deep(each, room - 1) for each in inner)


def _refuse_twins(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    record = dict(pairs)
    if len(record) != len(pairs):
        raise ValueError
    return record


def _refuse_constant(_name: str) -> str:
    raise ValueError


_DECODER: Final[Any] = json.JSONDecoder(
    parse_int=str,
    parse_float=str,
    parse_constant=_refuse_constant,
    object_pairs_hook=_refuse_twins,
)
