"""Texts that a spreadsheet would run as formulas, made harmless, and back again without loss.

A cell that begins with `=`, `+`, `-`, `@`, one of their full-width forms, a tab, a line break or
a NUL can be taken for a formula (CWE-1236). An apostrophe in front makes it text. A text that
has apostrophes before such a sign gets one more, so that taking one away restores every text.
"""

import re
from collections.abc import Callable
from typing import Final

import pandas as pd

__all__ = ["guard_frame", "guard_text", "unguard_frame", "unguard_text"]

_LIVE: Final = re.compile("'*[=+\\-@\t\r\n\0\uff1d\uff0b\uff0d\uff20]")


def guard_text(text: str) -> str:
    """Return the text as a spreadsheet may hold it: never a formula."""
    return "'" + text if _LIVE.match(text) else text


def unguard_text(text: str) -> str:
    """Return the text that `guard_text` was given."""
    return text[1:] if text.startswith("'") and _LIVE.match(text) else text


def guard_frame(frame: pd.DataFrame) -> pd.DataFrame:
    """Guard every text of a frame, and its column names; numbers and missing values stay."""
    return _change_texts(frame, guard_text)


def unguard_frame(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the frame that `guard_frame` was given."""
    return _change_texts(frame, unguard_text)


def _change_texts(frame: pd.DataFrame, change: Callable[[str], str]) -> pd.DataFrame:
    columns = [_change_column(frame.iloc[:, at], change) for at in range(frame.shape[1])]
    if not columns:
        return frame.copy()
    together = pd.concat(columns, axis=1)
    together.columns = [change(str(name)) for name in frame.columns]
    return together


def _change_column(column: pd.Series, change: Callable[[str], str]) -> pd.Series:
    if isinstance(column.dtype, pd.StringDtype):
        # Few texts look like formulas, and finding them is quick.
        live = column.str.match(_LIVE, na=False)
        return column.where(~live, column[live].map(change)) if live.any() else column
    if pd.api.types.is_numeric_dtype(column.dtype):
        return column
    return column.map(
        lambda value: change(value) if isinstance(value, str) else value, na_action="ignore"
    )
