"""The outside: files and forms, read as text. Knows nothing of leads.

The names below are loaded when they are first used; importing the package loads nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from connectors.errors import SourceFileError
    from connectors.reading import read, read_chunks
    from connectors.table import ReadOptions, Table

_HOMES = {
    "ReadOptions": "connectors.table",
    "SourceFileError": "connectors.errors",
    "Table": "connectors.table",
    "read": "connectors.reading",
    "read_chunks": "connectors.reading",
}

__all__ = ["ReadOptions", "SourceFileError", "Table", "read", "read_chunks"]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'connectors' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
