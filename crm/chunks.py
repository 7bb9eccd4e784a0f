"""A plan cut into the transactions it is written in."""

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pandas as pd

from crm.contacts import Contacts, split
from crm.plan import Plan

__all__ = ["Chunk", "RecordIds", "cut"]


@dataclass(frozen=True)
class Chunk:
    """The part of a plan that is written in one transaction; see `Plan` for the frames."""

    records: pd.DataFrame
    quarantine: pd.DataFrame
    issues: pd.DataFrame
    review: pd.DataFrame
    contacts: Contacts
    accounts: pd.DataFrame
    keys: pd.DataFrame

    @property
    def rows(self) -> int:
        """How many rows of the reading it holds."""
        return len(self.records) + len(self.quarantine)


def cut(plan: Plan) -> list[Chunk]:
    """Cut a plan into its chunks, in the order in which they are written."""
    owner = plan.records[plan.records["fate"] != "held"].drop_duplicates("contact")
    chunk_of = owner.set_index("contact")["chunk"]
    numbers = pd.concat([plan.records["chunk"], plan.quarantine["chunk"]])
    count = 1 + int(numbers.max()) if len(numbers) else 0
    names = ("records", "quarantine", "issues", "review", "keys")
    parts = {
        name: split(getattr(plan, name), getattr(plan, name)["chunk"], count) for name in names
    }
    parts["accounts"] = split(plan.accounts, chunk_of.reindex(plan.accounts.index), count)
    contacts = plan.contacts.split(chunk_of, count)
    return [
        Chunk(contacts=contacts[number], **{name: part[number] for name, part in parts.items()})
        for number in range(count)
    ]


@dataclass
class RecordIds:
    """Ids of source records by label: a row written meanwhile, or -id of one stored before."""

    of_row: npt.NDArray[np.int64] = field(default_factory=lambda: np.zeros(1, dtype=np.int64))

    def add(self, rows: pd.Index, ids: npt.NDArray[np.int64]) -> None:
        """Remember the ids of rows."""
        size = int(rows.max()) + 1 if len(rows) else 0
        if size > len(self.of_row):
            self.of_row = np.pad(self.of_row, (0, 2 * size - len(self.of_row)))
        self.of_row[rows.to_numpy()] = ids

    def find(self, labels: pd.Series) -> pd.Series:
        """Id of each label; null where the label is."""
        numbers = labels.fillna(0).to_numpy(dtype=np.int64)
        ids = np.where(numbers < 0, -numbers, self.of_row[np.maximum(numbers, 0)])
        return pd.Series(ids, index=labels.index, dtype="Int64").mask(labels.isna())
