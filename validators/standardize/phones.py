"""The phone columns of a table: which country a row's numbers belong to, and their extensions."""

from typing import Final

import numpy as np
import pandas as pd

from validators.issues import concat_issues
from validators.standardize.distinct import Distinct, Finding, Texts, pair
from validators.standardize.phone import standardize_phone

# Endings that say where someone is. Left out: endings used all over the world (.co, .io, .me, .tv).
COUNTRY_ENDINGS: Final = {
    ending: ending.upper()
    for ending in """
    at au be bg br ca ch cl cn cy cz de dk ee es fi fr gr hk hr hu ie il in is it jp kr lt lu lv mt
    mx nl no nz pe ph pl pt ro rs ru se sg si sk th tr tw ua za
    """.split()
} | {"uk": "GB"}


def standardize_phones(
    columns: dict[str, Distinct],
    fields: tuple[str, ...],
    default_country: str | None,
) -> tuple[dict[str, "pd.Series[str]"], pd.DataFrame]:
    """Standardize phone columns; `phone_ext` comes out of `phone` where the row has none yet.

    The region of a number is the row's country, else the country its e-mail or website ends in,
    else the default country, else unknown.
    """
    regions = row_regions(columns, default_country)
    done: dict[str, pd.Series[str]] = {}
    issues = []
    for field in fields:
        numbers, contexts = pair(columns[field], regions)
        series, extensions, found = _read(numbers, contexts)
        done[field] = series
        issues.append(found)
        if field == "phone" and extensions.notna().any():
            own = columns["phone_ext"].series() if "phone_ext" in columns else extensions
            done["phone_ext"] = own.where(own.notna(), extensions).rename("phone_ext")
    return done, concat_issues(issues)


def _read(
    numbers: Distinct, contexts: Texts
) -> tuple["pd.Series[str]", "pd.Series[str]", pd.DataFrame]:
    values: list[str | None] = []
    extensions: list[str | None] = []
    found: list[tuple[int, Finding]] = []
    for at, (text, region) in enumerate(zip(numbers.values, contexts, strict=True)):
        phone = standardize_phone(text, region) if text is not None else None
        values.append(phone.value if phone else None)
        extensions.append(phone.extension if phone else None)
        if phone and phone.findings:
            found.extend((at, finding) for finding in phone.findings)
    series = numbers.with_values(values).series()
    return series, numbers.with_values(extensions).series(), numbers.locate(found)


def row_regions(columns: dict[str, Distinct], default_country: str | None) -> Texts:
    """Return the region of each row's phone numbers, "" where it is unknown."""
    rows = len(next(iter(columns.values())).codes)
    regions = np.full(rows, default_country or "", dtype=object)
    for field in ("website", "email"):
        if field in columns:
            _overlay(regions, columns[field], [_ending(text) for text in columns[field].values])
    if "country" in columns:
        _overlay(regions, columns["country"], [text or "" for text in columns["country"].values])
    return regions


def _overlay(regions: Texts, column: Distinct, known: list[str]) -> None:
    per_row = np.array([*known, ""], dtype=object)[column.codes]
    told = per_row != ""
    regions[told] = per_row[told]


def _ending(address: str | None) -> str:
    """Return the country the host of an address ends in, or ""."""
    if address is None:
        return ""
    host = (
        address.rpartition("@")[2] if "@" in address else address.split("//")[-1].partition("/")[0]
    )
    return COUNTRY_ENDINGS.get(host.rpartition(".")[2], "")
