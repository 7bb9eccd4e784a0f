"""What pydantic complains about, said in the words of `leadgate.toml`."""

import difflib
from typing import Any, get_args

from pydantic import BaseModel
from pydantic_core import ErrorDetails


def describe_unknown_key(settings: type[BaseModel], location: tuple[int | str, ...]) -> str:
    """Name the key that is not known, its section, and the key that was probably meant."""
    *parents, key = (str(part) for part in location)
    known = list(_section_at(settings, parents).model_fields)
    near = difflib.get_close_matches(key, known, n=1)
    where = f"[{'.'.join(parents)}]" if parents else "the top level"
    hint = f'did you mean "{near[0]}"?' if near else f"known: {', '.join(known)}."
    return f'unknown key "{key}" in {where}; {hint}'


def describe_invalid_value(complaint: ErrorDetails) -> str:
    """Name the key that is missing, or whose value does not fit, and why."""
    key = ".".join(str(part) for part in complaint["loc"])
    if complaint["type"] == "missing":
        return f'the key "{key}" is missing.'
    return f'the value of "{key}" does not fit: {complaint["msg"]}.'


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
