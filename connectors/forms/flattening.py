"""From nested submissions to columns: what a form sends, one text a path."""

from collections import Counter
from collections.abc import Iterable
from typing import Final, TypeAlias

Json: TypeAlias = "str | bool | list[Json] | dict[str, Json] | None"
Path: TypeAlias = tuple[str, ...]

JOINED_BY: Final = " ::: "
LABELS: Final = ("label", "title", "question", "name", "key")
VALUES: Final = ("value", "values", "answer")


def flatten(record: dict[str, Json]) -> dict[Path, str | None]:
    """Flatten an object to texts by path.

    Lists are joined by “ ::: ”. Answers given as objects with a label and a value stand under
    their label. A path met twice joins its texts.
    """
    flat: dict[Path, str | None] = {}
    for path, text in _leaves((), record):
        before = flat.get(path)
        flat[path] = f"{before}{JOINED_BY}{text}" if before and text else before or text
    return flat


def name_paths(paths: Iterable[Path]) -> dict[Path, str]:
    """Name each path by its last key where no other path ends in it, else by all its keys."""
    paths = list(paths)
    leaves = Counter(path[-1] for path in paths)
    names: dict[Path, str] = {}
    taken: set[str] = set()
    for path in paths:
        name = path[-1] if leaves[path[-1]] == 1 else ".".join(path)
        count, free = 2, name
        while free in taken:
            free = f"{name} ({count})"
            count += 1
        taken.add(free)
        names[path] = free
    return names


def _leaves(path: Path, value: Json) -> Iterable[tuple[Path, str | None]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _leaves((*path, key.strip() or "column"), inner)
    elif isinstance(value, list):
        yield from _items(path, value)
    else:
        yield path or ("value",), _text(value)


def _items(path: Path, items: list[Json]) -> Iterable[tuple[Path, str | None]]:
    if not items:
        yield path, None
    for item in items:
        answer = _answer(item)
        yield from _leaves(path, item) if answer is None else _leaves((*path, answer[0]), answer[1])


def _answer(item: Json) -> tuple[str, Json] | None:
    """The label and the value of an answer, where an object is one."""
    if not isinstance(item, dict):
        return None
    label = next((item[key] for key in LABELS if isinstance(item.get(key), str) and item[key]), "")
    value = next((key for key in VALUES if key in item), None)
    return (str(label).strip(), item[value]) if label and value else None


def _text(value: str | bool | None) -> str | None:  # noqa: FBT001 - a value of JSON
    if isinstance(value, bool):
        return "true" if value else "false"
    return value or None
