"""A plan cut into the transactions it is written in."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pandas as pd

from crm.contacts import Contacts
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


def cut(plan: Plan) -> Iterator[Chunk]:
    """Yield the chunks of a plan in the order in which they are written."""
    owner = plan.records[plan.records["fate"] != "held"].drop_duplicates("contact")
    chunk_of = owner.set_index("contact")["chunk"]
    contacts, nobody = plan.contacts.split(chunk_of), plan.contacts.take_none()
    accounts = plan.accounts.assign(chunk=chunk_of.reindex(plan.accounts.index))
    names = ("records", "quarantine", "issues", "review", "keys")
    frames = {name: getattr(plan, name) for name in names} | {"accounts": accounts}
    parts = {
        name: {int(str(number)): part for number, part in frame.groupby("chunk")}
        for name, frame in frames.items()
    }
    last = max((number for name in ("records", "quarantine") for number in parts[name]), default=-1)
    for number in range(last + 1):
        yield Chunk(
            contacts=contacts.get(number, nobody),
            **{name: part.get(number, frames[name].iloc[:0]) for name, part in parts.items()},
        )


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
