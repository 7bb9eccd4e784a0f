"""What travels between the steps: frames that share the index `row`, in frozen dataclasses."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pandas as pd

from connectors.table import Table
from validators.mapping import ColumnMapping

if TYPE_CHECKING:  # a check needs neither the store nor the matching
    from crm.batch import Candidates, Seen
    from dedupe.resolution import Resolution


@dataclass(frozen=True)
class Received:
    """A source as read: its tables, and the SHA-256 of the file's bytes."""

    tables: tuple[Table, ...]
    digest: str


@dataclass(frozen=True)
class Mapped:
    """Rows under the names of fields.

    `raw`: all rows as read; `places`: their `file`, `sheet` and `line`; `records`: columns named
    like fields; `mappings`: one a table of `received`; `issues`: found while reading; `attributes`:
    header -> `attributes.NAME` of the columns that are kept beyond the vocabulary;
    `of_tables`: for each table of `received`, those of `issues` that are about it as a whole.
    """

    received: Received
    raw: pd.DataFrame
    places: pd.DataFrame
    records: pd.DataFrame
    mappings: tuple[ColumnMapping, ...]
    issues: pd.DataFrame
    attributes: Mapping[str, str] = field(default_factory=dict)
    of_tables: tuple[pd.DataFrame, ...] = ()


@dataclass(frozen=True)
class Cleaned:
    """Standardized records of all rows, every issue found in them, and who may not pass.

    `quarantined`: the rows with at least one error; empty until `quarantine` has looked.
    """

    records: pd.DataFrame
    issues: pd.DataFrame
    quarantined: "pd.Index[int]"


@dataclass(frozen=True)
class Fresh:
    """The sound rows the store has not seen, and what was seen.

    `cleaned`: the records of all rows, of which these are some. `keys`: their blocking keys, None
    where the store is empty.
    """

    cleaned: pd.DataFrame
    rows: "pd.Index[int]"
    keys: pd.DataFrame | None
    hashes: "pd.Series[str]"
    seen: "Seen"

    def records(self, fields: Collection[str] | None = None) -> pd.DataFrame:
        """Copy the records of the rows, or some fields of them.

        Not kept: of a large import, the copy is as large as what it is made of.
        """
        names = [name for name in self.cleaned if fields is None or name in fields]
        return self.cleaned.loc[self.rows, names]


@dataclass(frozen=True)
class Matched:
    """The decision about every fresh row, within the batch and against the store."""

    resolution: "Resolution"
    candidates: "Candidates"
