"""What looks wrong only beside the other cells of a row, or beside the other rows.

Submissions of bots, one word in two name fields, and a phone or an address that far too many
different people give.
"""

from collections.abc import Iterator
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from validators.fields import EMAIL_FIELDS, PHONE_FIELDS
from validators.issues import make_issues

Rows = NDArray[np.bool_]
Found = Iterator[tuple[int, str | None, str, str | None, str | None]]

# Links as programs post them; people type or paste bare addresses.
POSTED_LINK: Final = r"(?i)<a\s[^>]*href|\[url[=\]]|\[link[=\]]"
LINK: Final = r"(?i)https?://|www\."
# Capitals inside a word, as in BestSeoRank; one is a McDonald or a DeVito.
CAMEL: Final = (
    r"^[A-Z]?[a-z]+[A-Z][a-z]+[A-Z]\w*$|^[a-z]+[A-Z]{2,}\w*$|^[A-Z][a-z]+[A-Z]{2,}[a-z]*$"
)
BOT_POINTS: Final = 3
# So many rows, of so many different people and companies, do not share one number.
SHARED: Final = 25
DIFFERENT: Final = 0.8


def find_suspicious(records: pd.DataFrame) -> pd.DataFrame:
    """Return issues about standardized records (index `row`): bots, and values that repeat."""
    return make_issues([*_bots(records), *_repeated_names(records), *_shared_by_strangers(records)])


def _bots(records: pd.DataFrame) -> Found:
    """Add up what speaks for a program: posted links twice, many links, a name of capitals."""
    if "notes" not in records:
        return
    notes = records["notes"].fillna("")
    linked = np.flatnonzero(notes.str.contains(LINK).to_numpy(dtype=bool))
    if not len(linked):
        return
    notes = notes.iloc[linked]
    posted, links = notes.str.count(POSTED_LINK), notes.str.count(LINK)
    points = 2 * (posted >= 2).astype(int) + (posted >= 1).astype(int) + (links >= 3).astype(int)
    names = [name for name in ("given_name", "family_name", "full_name") if name in records]
    for name in names:
        points += records[name].iloc[linked].str.contains(CAMEL).fillna(value=False).astype(int)
    for row in notes.index[points >= BOT_POINTS].tolist():
        yield row, "notes", "row.bot", None, None


def _repeated_names(records: pd.DataFrame) -> Found:
    """Find the same word as first and last name; there are people called so, but few."""
    if not {"given_name", "family_name"} <= set(records.columns):
        return
    given, family = records["given_name"], records["family_name"]
    same = (given.str.lower() == family.str.lower()).fillna(value=False).astype(bool)
    for row, name in zip(records.index[same].tolist(), given[same], strict=True):
        yield row, "family_name", "name.repeated", name, None


def _shared_by_strangers(records: pd.DataFrame) -> Found:
    """Find phones and addresses that many rows have, nearly each with another name and company."""
    for field in (*EMAIL_FIELDS, *PHONE_FIELDS):
        if field not in records:
            continue
        column = records[field].dropna()
        counts = column.value_counts()
        often = column[column.isin(counts.index[counts >= SHARED])]
        if often.empty:
            continue
        # Colleagues share a switchboard; they also share a company.
        for told_by in (("company",), ("given_name", "family_name", "full_name")):
            often = _given_by_many(often, _who(records.loc[often.index], told_by))
        for row, value in zip(often.index.tolist(), often, strict=True):
            yield row, field, f"{_kind(field)}.shared", value, str(counts[value])


def _given_by_many(values: "pd.Series[str]", who: "pd.Series[str]") -> "pd.Series[str]":
    """Keep the values of which nearly every row says somebody else."""
    pairs = pd.DataFrame({"value": values, "who": who})
    total = values.value_counts()
    different = pairs.drop_duplicates()["value"].value_counts().reindex(total.index)
    return values[values.isin(total.index[different >= DIFFERENT * total])]


def _who(records: pd.DataFrame, fields: tuple[str, ...]) -> "pd.Series[str]":
    texts = [records[name].fillna("") for name in fields if name in records]
    joined = pd.Series("", index=records.index, dtype="str")
    for text in texts:
        joined = joined.str.cat(text, sep="|")
    # Rows that say nothing are as different from each other as rows can be.
    blank = joined.str.strip("|") == ""
    rows = pd.Series(records.index.astype("str"), index=records.index)
    return joined.mask(blank, rows)


def _kind(field: str) -> str:
    return "email" if field in EMAIL_FIELDS else "phone"
