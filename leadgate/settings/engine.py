"""`[engine]`: what does the work that grows with the number of rows."""

from pathlib import Path
from typing import Literal

from pydantic import Field

from leadgate.settings.section import Section


class Engine(Section):
    """This machine alone, or the workers of a cluster of Dask's `distributed`."""

    kind: Literal["local", "distributed"] = "local"
    # tcp://HOST:PORT; without it, workers are started on this machine.
    scheduler: str | None = None
    workers: int = Field(2, ge=1)
    # Where files for the workers are put; all machines have to see it.
    folder: Path | None = None
