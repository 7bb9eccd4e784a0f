"""What a batch looks like, column by column and code by code, in numbers.

Values are data about people, so a profile holds none of them: but for columns of a kind that names
no person (countries, categories, flags), and there only those that many rows share.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Final

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from validators.fields import FIELDS

# Kinds of fields whose values are the same for many, and say nothing about one person.
SHARED_KINDS: Final = ("category", "country", "flag")
# A value is kept if at least so many rows have it, and of so many at most.
SHARED_BY: Final = 5
VALUES: Final = 20
# Fewer rows than this tell nothing about a source; of more than that, every n-th tells enough.
ENOUGH: Final = 30
LOOKED_AT: Final = 100_000


@dataclass(frozen=True)
class ColumnProfile:
    """A column in numbers.

    `filled`: rows with a value; `looked_at`: how many of those the rest is about: `distinct`
    values, and their lengths in characters. `shares`: the share that each of the commonest
    values has, where values may be kept.
    """

    filled: int
    looked_at: int
    distinct: int
    shortest: int
    longest: int
    mean_length: float
    shares: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Profile:
    """A batch: its rows, its columns by header, and in how many rows each issue code was found."""

    rows: int
    columns: Mapping[str, ColumnProfile]
    issues: Mapping[str, int]

    def as_dict(self) -> dict[str, Any]:
        """Return plain values, for JSON."""
        return asdict(self)

    @classmethod
    def from_dict(cls, told: Mapping[str, Any]) -> "Profile":
        """Return the profile that `as_dict` told of; keys it does not know are passed over."""
        known = ColumnProfile.__dataclass_fields__
        columns = {
            header: ColumnProfile(**{name: column[name] for name in known if name in column})
            for header, column in told["columns"].items()
        }
        return cls(told["rows"], columns, told["issues"])


def profile_rows(
    raw: pd.DataFrame, fields: Mapping[str, str | None], issues: pd.DataFrame
) -> Profile:
    """Profile rows as read (text columns); `fields` says which field each header was taken for."""
    sample = raw.iloc[:: max(1, -(-len(raw) // LOOKED_AT))]
    filled = raw.notna().sum()
    columns = {
        str(header): _profile_column(
            sample[header], int(filled[header]), _is_shared(fields.get(str(header)))
        )
        for header in raw.columns
    }
    found = issues[issues["row"] >= 0].drop_duplicates(["row", "code"])["code"].value_counts()
    return Profile(len(raw), columns, {str(code): int(rows) for code, rows in found.items()})


def _is_shared(field_name: str | None) -> bool:
    return field_name is not None and FIELDS[field_name].kind in SHARED_KINDS


def _profile_column(column: "pd.Series[str]", filled: int, shared: bool) -> ColumnProfile:  # noqa: FBT001 - private
    texts = pa.array(column.astype("str").array, from_pandas=True)
    texts = texts.drop_null() if isinstance(texts, pa.Array) else texts.combine_chunks().drop_null()
    if not len(texts):
        return ColumnProfile(filled, 0, 0, 0, 0, 0.0)
    lengths = pc.utf8_length(texts)
    span = pc.min_max(lengths).as_py()
    return ColumnProfile(
        filled=filled,
        looked_at=len(texts),
        distinct=int(pc.count_distinct(texts).as_py()),
        shortest=int(span["min"]),
        longest=int(span["max"]),
        mean_length=round(float(pc.mean(lengths).as_py()), 2),
        shares=_common_values(texts) if shared else {},
    )


def _common_values(texts: pa.Array) -> dict[str, float]:
    counted = sorted(
        ((entry["counts"], entry["values"]) for entry in pc.value_counts(texts).to_pylist()),
        key=lambda each: (-each[0], each[1]),
    )
    return {
        text: round(rows / len(texts), 4) for rows, text in counted[:VALUES] if rows >= SHARED_BY
    }
