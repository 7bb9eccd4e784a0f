"""Answers under the labels of their questions."""

from collections.abc import Iterable

from connectors.forms.bodies import text_of
from connectors.forms.flattening import Json


def label_answers(answers: Iterable[tuple[str, Json]]) -> dict[str, str]:
    """Text of each answer by its label; questions of one label are told apart by a number."""
    texts: dict[str, str] = {}
    for label, value in answers:
        text = text_of(value)
        if not text:
            continue
        name = free = label.strip() or "question"
        count = 2
        while free in texts:
            free = f"{name} ({count})"
            count += 1
        texts[free] = text
    return texts


def inner(value: Json, *path: str) -> Json:
    """What stands at a path of an object; null where it does not lead anywhere."""
    for key in path:
        value = value.get(key) if isinstance(value, dict) else None
    return value


def items(value: Json, *path: str) -> list[dict[str, Json]]:
    """The objects of the list at a path."""
    found = inner(value, *path)
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []


def word(value: Json, *path: str) -> str:
    """The text at a path, else an empty one."""
    found = inner(value, *path)
    return found if isinstance(found, str) else ""
