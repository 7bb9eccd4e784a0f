"""A mapping that somebody has looked at, saved, and held to from then on.

It is plain JSON, to be kept beside `leadgate.toml`, compared and edited by hand. Its version goes
up by one whenever it is saved with something changed.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from validators.fields import FIELDS
from validators.mapping.columns import ColumnMapping
from validators.mapping.errors import ColumnsChangedError, SavedMappingError

FORMAT: Final = 1


@dataclass(frozen=True)
class SavedMapping:
    """Column → field (None: left out), and how many times that was changed."""

    version: int
    columns: Mapping[str, str | None]


def save_mapping(mapping: ColumnMapping, before: SavedMapping | None = None) -> SavedMapping:
    """Return a mapping as it is to be saved; the version of `before` where nothing changed."""
    columns = {each.column: each.field for each in mapping.columns}
    if before is None:
        return SavedMapping(1, columns)
    return before if dict(before.columns) == columns else SavedMapping(before.version + 1, columns)


def hold_to(saved: SavedMapping, headers: Sequence[str]) -> Mapping[str, str | None]:
    """Return column → field for a table with these headers; raises ColumnsChangedError.

    The order of the columns does not matter.
    """
    gone = [column for column in saved.columns if column not in headers]
    new = [header for header in headers if header not in saved.columns]
    if gone or new:
        raise ColumnsChangedError(gone, new)
    return saved.columns


def write_mapping(saved: SavedMapping) -> str:
    """Return a saved mapping as JSON."""
    content = {
        "leadgate_mapping": FORMAT,
        "version": saved.version,
        "columns": dict(saved.columns),
    }
    return json.dumps(content, indent=2, ensure_ascii=False) + "\n"


def read_mapping(text: str) -> SavedMapping:
    """Read what `write_mapping` wrote; raises SavedMappingError."""
    try:
        content = json.loads(text)
    except ValueError:
        raise SavedMappingError("it is no JSON") from None
    if not isinstance(content, dict) or content.get("leadgate_mapping") != FORMAT:
        raise SavedMappingError("it is no mapping of this version of Leadgate")
    version, columns = content.get("version"), content.get("columns")
    if not isinstance(version, int) or not isinstance(columns, dict):
        raise SavedMappingError("it lacks its version or its columns")
    return SavedMapping(version, _checked(columns))


def _checked(columns: dict[str, Any]) -> dict[str, str | None]:
    for field in columns.values():
        if field is not None and field not in FIELDS:
            raise SavedMappingError(f"it names the field “{field}”, which does not exist")
    return columns
