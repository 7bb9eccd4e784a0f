"""Times as the store keeps them: text, ISO 8601, UTC, whole seconds."""

from datetime import UTC, datetime
from typing import Final

import numpy as np
import pandas as pd

__all__ = ["TIME_FORMAT", "utc_now", "utc_texts"]

TIME_FORMAT: Final = "%Y-%m-%dT%H:%M:%SZ"


def utc_now() -> str:
    """Write the present time."""
    return datetime.now(tz=UTC).strftime(TIME_FORMAT)


def utc_texts(times: pd.Series) -> pd.Series:
    """Write ISO dates and times as `2026-11-22T05:09:00Z`; what has no zone is taken as UTC.

    What cannot be read becomes null.
    """
    codes, distinct = pd.factorize(times)
    parsed = pd.to_datetime(distinct, format="ISO8601", utc=True, errors="coerce")
    seconds = parsed.tz_localize(None).to_numpy("datetime64[s]")
    texts = np.append(np.datetime_as_string(seconds, timezone="UTC"), "NaT")
    written = pd.Series(texts, dtype="str").replace("NaT", None)
    return written.iloc[codes].set_axis(times.index)  # what has no time has the code -1
