"""What was resolved, row by row and pair by pair."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from dedupe.model import Model
from dedupe.problem import Problem
from dedupe.scores import Scores
from dedupe.similarity import Positions


@dataclass(frozen=True)
class Outcome:
    """Scored pairs of nodes, scores of each repeated node with itself, and the node labels.

    A repeated node that weighs too little with itself says too little: its records are identical
    and yet not surely one person, so they stay apart.
    """

    problem: Problem
    scores: Scores
    itself: Scores
    labels: Positions
    model: Model
    left_out: Sequence[tuple[str, int, int]]

    @property
    def of_records(self) -> Positions:
        """Label of each record."""
        weak = np.zeros(len(self.labels), dtype=np.bool_)
        weak[self.itself.left] = self.itself.total < self.model.match
        node = self.problem.node
        own = len(self.labels) + np.arange(len(node))
        return np.where(weak[node], own, self.labels[node])

    def contact_of(self, record: int) -> int | None:
        """Known contact that the record at a position joined."""
        labels = self.of_records
        owners = self.problem.constraints.owners[self.problem.node]
        joined = owners[(labels == labels[record]) & (owners >= 0)]
        return int(joined[0]) if len(joined) else None

    def clusters(self, rows: pd.Index) -> pd.Series:
        """Cluster of each row: the smallest row in it."""
        labels = self.of_records[: len(rows)]
        smallest = pd.Series(rows.to_numpy()).groupby(labels).transform("min")
        return pd.Series(smallest.to_numpy(dtype=np.int64), index=rows, name="cluster")

    def contacts(self, rows: pd.Index) -> pd.Series:
        """Known contact in each row's cluster, null where there is none."""
        owners = self.problem.constraints.owners
        of_label = np.full(len(self.labels) + len(self.problem.node), -1, dtype=np.int64)
        owned = owners >= 0
        of_label[self.labels[owned]] = owners[owned]
        contact = pd.Series(of_label[self.of_records[: len(rows)]], index=rows, dtype="Int64")
        return contact.mask(contact < 0).rename("contact")

    def pairs(self) -> pd.DataFrame:
        """Pairs that are a match or possible, with all levels and weights."""
        problem, scores = self.problem, self.scores
        frames = []
        kept = scores.total >= self.model.possible
        left, right = problem.first[scores.left[kept]], problem.first[scores.right[kept]]
        frames.append(self._frame(scores, np.flatnonzero(kept), left, right))
        repeated, place = self._repetitions()
        first = problem.first[problem.node[repeated]]
        frames.append(self._frame(self.itself, place, first, repeated))
        pairs = pd.concat(frames, ignore_index=True)
        return pairs.sort_values(["left", "right"], ignore_index=True)

    def _repetitions(self) -> tuple[Positions, Positions]:
        """Records identical to an earlier one, and the place of their node in `itself`."""
        problem = self.problem
        place = np.full(len(self.labels), -1, dtype=np.int64)
        place[self.itself.left] = np.arange(len(self.itself.left))
        place[self.itself.left[self.itself.total < self.model.match]] = -1
        repeated = np.flatnonzero(problem.first[problem.node] != np.arange(len(problem.node)))
        repeated = repeated[place[problem.node[repeated]] >= 0]
        return repeated, place[problem.node[repeated]]

    def _frame(
        self, scores: Scores, at: Positions, left: Positions, right: Positions
    ) -> pd.DataFrame:
        labels, index = self.of_records, self.problem.index
        columns: dict[str, npt.NDArray[np.generic] | pd.Categorical[str]] = {
            "left": np.minimum(index[left], index[right]),
            "right": np.maximum(index[left], index[right]),
            "weight": scores.total[at],
            "decision": pd.Categorical.from_codes(
                (labels[left] != labels[right]).astype(np.int8),
                categories=pd.Index(["match", "possible"]),
            ),
        }
        for name in scores.weights:
            columns[f"level_{name}"] = scores.levels[name][at]
            columns[f"weight_{name}"] = scores.weights[name][at]
        return pd.DataFrame(columns)
