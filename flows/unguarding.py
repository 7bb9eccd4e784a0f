"""Texts of other tools' exports, and our own, that were guarded against being run as formulas."""

import pandas as pd

from reports.spreadsheet_safety import unguard_text

__all__ = ["unguard_records"]


def unguard_records(records: pd.DataFrame) -> pd.DataFrame:
    """Restore guarded texts: `'+49…` is `+49…`; what only begins with an apostrophe stays."""
    return records.apply(_unguard) if records.shape[1] else records


def _unguard(texts: pd.Series) -> pd.Series:
    guarded = texts.str.startswith("'", na=False)
    if not guarded.any():
        return texts
    return texts.where(~guarded, texts[guarded].map(unguard_text)).astype("str")
