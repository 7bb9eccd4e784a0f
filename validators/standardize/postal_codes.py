"""The postal-code column of a table: each code as the row's country writes it."""

import numpy as np
import pandas as pd

from validators.standardize.distinct import Distinct, Found, pair
from validators.standardize.postal_code import standardize_postal_code


def standardize_postal_codes(
    columns: dict[str, Distinct], default_country: str | None
) -> tuple["pd.Series[str]", pd.DataFrame]:
    """Standardize the postal codes by the row's country, else by the default country."""
    column = columns["postal_code"]
    countries = np.full(len(column.codes), default_country or "", dtype=object)
    if "country" in columns:
        known = columns["country"].series()
        countries = known.fillna(default_country or "").to_numpy(dtype=object)
    codes, contexts = pair(column, countries)
    texts = codes.texts.copy()
    found: Found = []
    for at, (text, country) in enumerate(zip(codes.texts, contexts, strict=True)):
        if text is not None:
            cell = standardize_postal_code(text, country)
            texts[at] = cell.value
            found.extend((at, finding) for finding in cell.findings)
    return codes.with_texts(texts).series(), codes.locate(found)
