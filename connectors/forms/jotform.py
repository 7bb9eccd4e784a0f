"""JotForm signs nothing and sends no headers of ours: a secret part of the address stands in."""

import re
from typing import Final

from connectors.forms.bodies import load_multipart, load_object
from connectors.forms.delivery import Delivery, Event, Refusal, event_id
from connectors.forms.flattening import Json
from connectors.forms.labels import label_answers, word

QUESTION: Final = re.compile(r"q(\d+)_(.+)", re.ASCII)


def read(delivery: Delivery) -> tuple[Event, ...] | Refusal:
    """One event a submission; questions are named by the unique names of their fields."""
    form = load_multipart(delivery)
    if isinstance(form, Refusal):
        return form
    answers = load_object(word(form, "rawRequest"))
    if isinstance(answers, Refusal):
        return answers
    asked: list[tuple[str, Json]] = []
    for key, value in answers.items():
        question = QUESTION.fullmatch(key)
        if question:
            asked += _parts(question[2], value)
    name = event_id(word(form, "submissionID"), delivery.body)
    return (Event(name, label_answers(asked), word(answers, "submitDate") or None),)


def _parts(name: str, value: Json) -> list[tuple[str, Json]]:
    """A name or address in parts, each under its own; another value under the question's."""
    if not isinstance(value, dict):
        return [(name, value)]
    if set(value) <= {"area", "country", "full", "phone"}:
        return [(name, [" ".join(text for text in value.values() if isinstance(text, str))])]
    return [(f"{name} {key}", part) for key, part in value.items()]
