"""What the desk works with: the store, and the steps it can start."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from crm.acts import Who
from crm.store import Store
from leadgate.settings.desk_section import DeskSection

if TYPE_CHECKING:
    from steward.access.oidc import Provider


class Pipeline(Protocol):
    """What can be done with a file that was handed in; the front door hands it over.

    Each takes the file, the name of its source, and the columns that a person mapped.
    """

    def sources(self) -> Sequence[str]:
        """Name the sources a file can be said to be from."""
        ...

    def look(self, path: Path, source: str, columns: Mapping[str, str]) -> dict[str, Any]:
        """Read a file and map its columns: `tables`, and `samples` of values by column."""
        ...

    def try_out(self, path: Path, source: str, columns: Mapping[str, str]) -> dict[str, Any]:
        """Say what an import would do."""
        ...

    def start(self, path: Path, source: str, columns: Mapping[str, str]) -> None:
        """Begin the import in a process of its own."""
        ...

    def file_of(self, folder: Path) -> Path | None:
        """Find the file that was handed in into this folder; None where there is none."""
        ...

    def state_of(self, folder: Path) -> dict[str, Any]:
        """Read where the import of an upload stands.

        `status` new, running, done or failed; `step` of `steps`, `said`, and once it is done
        `outcome`.
        """
        ...

    def release(self, hold: str, who: Who) -> None:
        """Release a file on hold, and begin its import in a process of its own."""
        ...

    def discard(self, hold: str, who: Who) -> None:
        """Discard a file on hold."""
        ...

    def resubmit(self, path: Path, actor: str) -> dict[str, Any]:
        """Take the rows of a repaired sheet; says how many were taken and how many wait."""
        ...


@dataclass(frozen=True)
class Desk:
    """One desk over one store; `reports` and `uploads` are folders."""

    store: Store
    public_url: str
    uploads: Path
    reports: Path = Path("leadgate-reports")
    pipeline: Pipeline | None = None
    max_upload: int = 200 * 1024 * 1024  # bytes
    # For the insights: the earned part of revenue, and the currency of amounts that name none.
    margin: float = 1.0
    currency: str = ""
    settings: DeskSection = field(default_factory=DeskSection)
    provider: "Provider | None" = None  # that signs people in

    @property
    def is_https(self) -> bool:
        """Whether people reach the desk over HTTPS."""
        return self.public_url.startswith("https://")
