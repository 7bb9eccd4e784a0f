"""Text as every database can keep it."""

import pandas as pd

__all__ = ["storable"]


def storable(texts: pd.Series) -> pd.Series:
    """Show a NUL as ␀, for PostgreSQL cannot keep it in a text."""
    return texts.str.replace("\x00", "␀", regex=False)
