"""What pydantic complains about, said in the words of `leadgate.toml`."""

import difflib
import re
from collections.abc import Sequence
from typing import Any, Final, get_args

from pydantic import BaseModel
from pydantic_core import ErrorDetails

TRIED: Final = re.compile(r"float|int|str|bool|constrained-\w+|\w+\[.*\]")


def describe_unknown_key(settings: type[BaseModel], location: tuple[int | str, ...]) -> str:
    """Name the key that is not known, its section, and the key that was probably meant."""
    *parents, key = (str(part) for part in location)
    known = list(_section_at(settings, parents).model_fields)
    near = difflib.get_close_matches(key, known, n=1)
    where = _name_section(location[:-1]) or "the top level"
    hint = f'did you mean "{near[0]}"?' if near else f"known: {', '.join(known)}."
    return f'unknown key "{key}" in {where}; {hint}'


def describe_invalid_value(complaint: ErrorDetails) -> str:
    """Name the key that is missing, or whose value does not fit, and why."""
    # Behind the key stand the kinds of value that were tried.
    parts = [p for p in complaint["loc"] if isinstance(p, int) or not TRIED.fullmatch(p)]
    if parts and isinstance(parts[-1], int):
        return f"{_name_section(parts)} {_why(complaint)}."
    listed = max((at + 1 for at, part in enumerate(parts) if isinstance(part, int)), default=0)
    key = ".".join(map(str, parts[listed:]))
    where = f" of {_name_section(parts[:listed])}" if listed else ""
    if complaint["type"] == "missing":
        return f'the key "{key}"{where} is missing.'
    return f'the value of "{key}"{where} does not fit: {_why(complaint)}.'


def _name_section(location: Sequence[int | str]) -> str:
    """Name a section, of several the which: [[rules]] number 2, as people count."""
    if location and isinstance(location[-1], int):
        return f"[[{'.'.join(map(str, location[:-1]))}]] number {location[-1] + 1}"
    return f"[{'.'.join(map(str, location))}]" if location else ""


def _why(complaint: ErrorDetails) -> str:
    return complaint["msg"].removeprefix("Value error, ").removesuffix(".")


def _section_at(settings: type[BaseModel], path: list[str]) -> type[BaseModel]:
    """The section a path leads to; the names of sources are passed over."""
    section = settings
    for part in path:
        if part in section.model_fields:
            section = _model_in(section.model_fields[part].annotation) or section
    return section


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    found = (_model_in(argument) for argument in get_args(annotation))
    return next((model for model in found if model), None)
