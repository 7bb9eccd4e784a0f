"""The phone columns of a table: which country a row's numbers belong to, and their extensions."""

from collections.abc import Callable
from typing import Final

import numpy as np
import pandas as pd

from validators.issues import concat_issues
from validators.standardize.distinct import Distinct, Found, Texts, pair
from validators.standardize.phone import COUNTRY_UNKNOWN, standardize_phone
from validators.standardize.phone_plans import read_digits, read_plain, take_apart
from validators.words import words

# Endings that say where someone is. Left out: those used all over the world (.co, .io, .me, .tv).
COUNTRY_ENDINGS: Final = {
    ending: ending.upper()
    for ending in words(
        """
        at au be bg br ca ch cl cn cy cz de dk ee es fi fr gr hk hr hu ie il in is it jp kr lt lu
        lv mt mx nl no nz pe ph pl pt ro rs ru se sg si sk th tr tw ua za
        """
    )
} | {"uk": "GB"}

Series = dict[str, "pd.Series[str]"]


def standardize_phones(
    columns: dict[str, Distinct], fields: tuple[str, ...], default_country: str | None
) -> tuple[Series, pd.DataFrame]:
    """Standardize phone columns; `phone_ext` comes out of `phone` where the row has none yet.

    The region of a number is the row's country, else the country its website or e-mail ends in,
    else the default country, else unknown.
    """
    done: Series = {}
    issues = []
    if fields:
        regions = row_regions(columns, default_country)
    for field in fields:
        numbers, extensions, found = _read(*pair(columns[field], regions))
        done[field] = numbers
        issues.append(found)
        if field == "phone" and extensions is not None:
            own = columns["phone_ext"].series() if "phone_ext" in columns else extensions
            done["phone_ext"] = own.where(own.notna(), extensions).rename("phone_ext")
    return done, concat_issues(issues)


def _read(
    numbers: Distinct, regions: Texts
) -> tuple["pd.Series[str]", "pd.Series[str] | None", pd.DataFrame]:
    """Read numbers of a region each; return them, their extensions (if any has one), the issues."""
    taken = take_apart(numbers.texts)
    values, plain = read_plain(taken.digits, regions)
    digits, nowhere = read_digits(taken.digits, regions)
    values[nowhere] = digits[nowhere]
    found: Found = [(at, COUNTRY_UNKNOWN) for at in np.flatnonzero(nowhere).tolist()]
    extensions = taken.extensions
    for at in np.flatnonzero(~(plain | nowhere)).tolist():
        if numbers.texts[at] is not None:
            phone = standardize_phone(numbers.texts[at], regions[at])
            values[at], extensions[at] = phone.value, phone.extension
            found.extend((at, finding) for finding in phone.findings)
    some = any(extension is not None for extension in extensions)
    return (
        numbers.with_texts(values).series(),
        numbers.with_texts(extensions).series() if some else None,
        numbers.locate(found),
    )


def row_regions(columns: dict[str, Distinct], default_country: str | None) -> Texts:
    """Return the region of each row's phone numbers, "" where it is unknown."""
    rows = len(next(iter(columns.values())).codes)
    regions = np.full(rows, "", dtype=object)
    for field in ("country", "website", "email"):
        if field in columns:
            _fill(regions, columns[field], _ending if field != "country" else str)
    regions[regions == ""] = default_country or ""
    return regions


def _fill(regions: Texts, column: Distinct, read: Callable[[str], str]) -> None:
    """Write what a column tells where nothing is known yet; it may tell nothing ("") of a row."""
    rows = np.flatnonzero(regions == "")
    asked, at = np.unique(column.codes[rows], return_inverse=True)
    texts = [column.texts[code] if code >= 0 else None for code in asked.tolist()]
    told = [read(text) if text is not None else "" for text in texts]
    regions[rows] = np.array([*told, ""], dtype=object)[at]


def _ending(address: str) -> str:
    """Return the country that the host of an address ends in, or ""."""
    host = address.rpartition("@")[2].rpartition("//")[2].partition("/")[0]
    return COUNTRY_ENDINGS.get(host.rpartition(".")[2], "")
