"""What the insights are asked for: the days they are about, and what of the revenue is earned."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

import pandas as pd

__all__ = ["Terms", "choose_terms"]


@dataclass(frozen=True)
class Terms:
    """The days from `since` to `until`, both counted; `margin`: the earned part of revenue."""

    since: date
    until: date
    margin: float = 1.0

    @property
    def start(self) -> pd.Timestamp:
        """The first day."""
        return pd.Timestamp(self.since)

    @property
    def end(self) -> pd.Timestamp:
        """The last day."""
        return pd.Timestamp(self.until)

    def holds(self, days: pd.Series) -> pd.Series:
        """Which of these days are among them."""
        return (days >= self.start) & (days <= self.end)

    def months(self) -> pd.PeriodIndex:
        """The months that lie within the days, whole or in part."""
        return pd.period_range(self.start, self.end, freq="M")


def choose_terms(since: date | None, until: date | None, margin: float = 1.0) -> Terms:
    """The period as it was asked for: up to today, twelve months long, where nothing is said."""
    last = until or datetime.now(UTC).date()
    first = since or (pd.Timestamp(last) - pd.DateOffset(months=12, days=-1)).date()
    return Terms(first, last, margin)
