"""`[holding]`: when a whole reading waits for a person before anything of it is loaded."""

from pathlib import Path

from pydantic import Field

from leadgate.settings.section import Section


class Holding(Section):
    """Left out, a limit holds nothing back; few rows are never too many of a kind."""

    folder: Path = Path("leadgate-held")  # where the files on hold are kept
    rejected_percent: float | None = Field(None, ge=0, lt=100)
    possible_percent: float | None = Field(None, ge=0, lt=100)
    least_rows: int = Field(30, ge=1)
