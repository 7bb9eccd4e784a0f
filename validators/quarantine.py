"""Which rows may pass the gate."""

import pandas as pd


def split(records: pd.DataFrame, issues: pd.DataFrame) -> tuple[pd.DataFrame, "pd.Index[int]"]:
    """Split records (index `row`) into the clean ones and the index of those with an error.

    Issues of the whole table (row -1) and of rows that are not in `records` hold nobody back.
    """
    errors = issues.loc[issues["severity"] == "error", "row"]
    held = records.index.isin(errors)
    return records[~held], records.index[held]
