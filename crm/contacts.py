"""Golden records of the contacts an import touches, ready to be written."""

from dataclasses import dataclass, fields, replace
from typing import Final

import pandas as pd

from crm.json_text import to_json
from dedupe.survivorship import Golden, SurvivorshipPolicy, golden
from validators.fields import FIELDS

__all__ = ["COLUMNS", "MEMBER_COLUMNS", "Contacts", "build_contacts", "doubtful_frame"]

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

    def split(self, chunk: pd.Series) -> dict[int, "Contacts"]:
        """Cut by the chunk of each contact."""
        parts: dict[int, dict[str, pd.DataFrame]] = {}
        for each in fields(self):
            frame: pd.DataFrame = getattr(self, each.name)
            owner = frame.index if each.name == "golden" else frame["contact"]
            for number, part in frame.groupby(chunk.reindex(owner).to_numpy()):
                parts.setdefault(int(str(number)), {})[each.name] = part
        return {number: replace(self.take_none(), **part) for number, part in parts.items()}

    def take_none(self) -> "Contacts":
        """Take no contact at all."""
        return Contacts(**{each.name: getattr(self, each.name).iloc[:0] for each in fields(self)})


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
    for name in FIELDS:
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
