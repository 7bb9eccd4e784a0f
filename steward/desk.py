"""What the desk works with: the store, and the steps it can start."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from crm.store import Store


class Pipeline(Protocol):
    """The main path, as the desk starts it; the command line hands it over.

    `look` reads a file and maps its columns, `try_out` says what an import would do, `bring_in`
    does it; all three take the path, the name of the source and the columns a person mapped.
    """

    look: Callable[[Path, str, dict[str, str]], Any]
    try_out: Callable[[Path, str, dict[str, str]], Any]
    bring_in: Callable[[Path, str, dict[str, str]], Any]


@dataclass(frozen=True)
class Desk:
    """One desk over one store."""

    store: Store
    public_url: str
    uploads: Path
    pipeline: Pipeline | None = None
    max_upload: int = 200 * 1024 * 1024  # bytes

    @property
    def is_https(self) -> bool:
        """Whether people reach the desk over HTTPS."""
        return self.public_url.startswith("https://")
