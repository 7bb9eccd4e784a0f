"""Golden records of the contacts an import touches, ready to be written."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from crm.json_text import to_json
from dedupe.survivorship import Golden, SurvivorshipPolicy, golden
from validators.fields import FIELDS

__all__ = ["COLUMNS", "MEMBER_COLUMNS", "Contacts", "build_contacts", "doubtful_frame", "split"]

# Golden fields with a column of their own; the others share the column `fields`.
COLUMNS: Final = (
    "full_name",
    "given_name",
    "family_name",
    "email",
    "phone",
    "company",
    "country",
)
MEMBER_COLUMNS: Final = ("contact", "trust", "occurred_at", "content_hash", "doubtful")


@dataclass(frozen=True)
class Contacts:
    """Golden records in the shape of their tables, records still under their labels.

    `golden`: index `contact`, the columns of the table and `company_record`, the label of the
    record that speaks for the company: the one the golden company came from, else the e-mail
    (null where there is neither). The others are those of `dedupe.survivorship.Golden`.
    """

    golden: pd.DataFrame
    provenance: pd.DataFrame
    alternates: pd.DataFrame
    emails: pd.DataFrame
    phones: pd.DataFrame


def split(frame: pd.DataFrame, chunk: pd.Series, count: int) -> list[pd.DataFrame]:
    """Cut a frame by the chunk (0…`count`-1) of each of its lines, their order kept."""
    numbers = chunk.to_numpy(dtype=np.int64)
    if (np.diff(numbers) < 0).any():
        order = np.argsort(numbers, kind="stable")
        frame, numbers = frame.iloc[order], numbers[order]
    bounds = np.searchsorted(numbers, range(count + 1))
    return [frame.iloc[bounds[number] : bounds[number + 1]] for number in range(count)]


def build_contacts(members: pd.DataFrame, policy: SurvivorshipPolicy | None) -> Contacts:
    """Compute golden records; `members` are all records of the contacts, index their label."""
    result = golden(members, doubtful_frame(members["doubtful"]), policy)
    values = result.fields.reindex(
        columns=list(dict.fromkeys([*COLUMNS, *result.fields.columns]))
    ).astype("str")
    table = values[list(COLUMNS)].copy()
    table["fields"] = to_json(values.drop(columns=list(COLUMNS)))
    table["company_record"] = _company_records(result)
    return Contacts(table, result.provenance, result.alternates, result.emails, result.phones)


def doubtful_frame(texts: pd.Series) -> pd.DataFrame:
    """Spread JSON lists of doubtful fields into boolean columns, those that occur."""
    filled = texts.dropna()
    spread = {}
    for name in FIELDS if len(filled) else ():
        named = filled[filled.str.contains(f'"{name}"', regex=False)]
        if len(named):
            spread[name] = texts.index.isin(named.index)
    return pd.DataFrame(spread, index=texts.index)


def _company_records(result: Golden) -> pd.Series:
    """Label of the record that speaks for each contact's company."""
    spoken = pd.Series(pd.NA, index=result.fields.index, dtype="Int64")
    sole = result.provenance[result.provenance["field"] == "*"]
    for field in ("company", "email"):
        named = result.provenance[result.provenance["field"] == field]
        source = pd.concat([named, sole]).set_index("contact")["record"]
        if field in result.fields:
            source = source.reindex(spoken.index).where(result.fields[field].notna())
            spoken = spoken.fillna(source.astype("Int64"))
    return spoken
