"""What an import did, in numbers: the summary that scripts read."""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from crm.ids import show
from crm.store import LoadResult

FATES = ("created", "merged", "held", "quarantined", "already_seen")


@dataclass(frozen=True)
class Outcome:
    """The counts of one import; `rows_in` is the sum of the five fates."""

    batch: str | None
    source: str
    rows_in: int
    created: int
    merged: int
    held: int
    quarantined: int
    already_seen: int
    blank: int
    review: int
    seconds: float
    report: Path | None = None
    # What is unlike the last batches of the source, in sentences.
    drift: tuple[str, ...] = ()
    # The id under which all of it waits for a person, such as h3, and why, in sentences.
    on_hold: str | None = None
    reasons: tuple[str, ...] = ()
    # Rows of sales or costs that cannot be counted: line, code and field of each, without values.
    rejected: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """No row is lost: an outcome that does not add up is a fault of ours."""
        if sum(self.fates().values()) != self.rows_in:
            raise AssertionError(f"fates {self.fates()} do not add up to {self.rows_in} rows")

    @classmethod
    def of(
        cls, source: str, result: LoadResult, page: Path | None, seconds: float = 0.0
    ) -> "Outcome":
        """What the store says of a load, as a summary."""
        batch = None if result.batch is None else show("batch", result.batch)
        counts: Mapping[str, Any] = result.counts
        return cls(
            batch=batch,
            source=source,
            **{name: counts[name] for name in ("rows_in", *FATES, "blank", "review")},
            seconds=round(seconds, 2),
            report=page,
        )

    @classmethod
    def of_hold(
        cls, source: str, rows: int, blank: int, on_hold: str, reasons: tuple[str, ...]
    ) -> "Outcome":
        """A reading that waits as a whole."""
        fates: dict[str, Any] = dict.fromkeys(FATES, 0) | {"held": rows}
        return cls(
            batch=None,
            source=source,
            rows_in=rows,
            **fates,
            blank=blank,
            review=0,
            seconds=0.0,
            on_hold=on_hold,
            reasons=reasons,
        )

    def fates(self) -> dict[str, int]:
        """How many rows met each fate."""
        return {fate: getattr(self, fate) for fate in FATES}

    def as_json(self) -> dict[str, str | int | float | None]:
        """The summary of the command line's contract."""
        return {
            name: str(value) if isinstance(value, Path) else value
            for name, value in dataclasses.asdict(self).items()
        }

    def as_markdown(self) -> str:
        """The summary as a small table."""
        batch = self.batch or (f"on hold: {self.on_hold}" if self.on_hold else "nothing new")
        lines = [f"| {fate.replace('_', ' ')} | {rows:,} |" for fate, rows in self.fates().items()]
        return "\n".join(
            [
                f"**{self.source}**: {self.rows_in:,} rows in {self.seconds:.1f} s ({batch})",
                "",
                "| fate | rows |",
                "|---|--:|",
                *lines,
                "",
                f"Possible matches that wait for review: {self.review:,}",
                *(f"- {reason}" for reason in self.reasons),
            ]
        )
