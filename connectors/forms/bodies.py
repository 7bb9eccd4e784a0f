"""Bodies of deliveries as values: JSON, form-encoded, multipart; with limits, and no exceptions.

A sender who has passed the signature may still send what would harm a reader.
"""

import json
import re
from typing import Any, Final
from urllib.parse import parse_qsl

from connectors.forms.delivery import FIELDS, Delivery, Refusal
from connectors.forms.flattening import Json, flatten, name_paths
from connectors.forms.multipart import TooManyPartsError, split_multipart

DEPTH: Final = 32
BAD_BODY: Final = Refusal("webhook.bad_body")
# Escaped in every form; where they stand, the content type was put before another body.
NO_FORM: Final = re.compile(r'[\x00-\x20"<>{}\x7f]')
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
        text = body.decode("ascii").rstrip("\r\n")
        if NO_FORM.search(text):
            return BAD_BODY
        pairs = parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=FIELDS)
    except UnicodeDecodeError:
        return BAD_BODY
    except ValueError:
        return TOO_MANY
    return pairs or BAD_BODY


def load_multipart(delivery: Delivery) -> dict[str, Json] | Refusal:
    """Read the texts of a multipart form; the files in it are left out."""
    try:
        pairs = split_multipart(delivery.header("content-type") or "", delivery.body)
    except TooManyPartsError:
        return TOO_MANY
    except ValueError:
        return BAD_BODY
    return join_pairs(pairs) if pairs else BAD_BODY


def load_any(delivery: Delivery) -> dict[str, Json] | Refusal:
    """Read a body by its content type: JSON, form-encoded or multipart."""
    kind = (delivery.header("content-type") or "").partition(";")[0].strip().lower()
    if kind == "application/x-www-form-urlencoded":
        pairs = load_form(delivery.body)
        return pairs if isinstance(pairs, Refusal) else join_pairs(pairs)
    if kind == "multipart/form-data":
        return load_multipart(delivery)
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
