"""The ids of source records while their import goes on."""

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pandas as pd

__all__ = ["RecordIds"]


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
