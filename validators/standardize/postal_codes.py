"""The postal-code column of a table: each code as the row's country writes it."""

import numpy as np
import pandas as pd

from validators.standardize.distinct import Distinct, Found, pair
from validators.standardize.postal_code import postal_shortcut, standardize_postal_code


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
    plain = np.zeros(len(texts), dtype=bool)
    for country in set(contexts):
        shortcut = postal_shortcut(country)
        if shortcut:
            own = np.flatnonzero(contexts == country)
            plain[own] = shortcut.take(texts[own])[1]
    found: Found = []
    for at in np.flatnonzero(~plain):
        if texts[at] is not None:
            cell = standardize_postal_code(texts[at], contexts[at])
            texts[at] = cell.value
            found.extend((int(at), finding) for finding in cell.findings)
    return codes.with_texts(texts).series(), codes.locate(found)
