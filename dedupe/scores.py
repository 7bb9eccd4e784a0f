"""What the comparison of record pairs gave: levels and weights, for each pair."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from dedupe.similarity import Levels, Positions

Weights = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Scores:
    """Scored record pairs: levels and weights of each comparison; `weights` add up to `total`."""

    left: Positions
    right: Positions
    levels: Mapping[str, Levels]
    weights: Mapping[str, Weights]
    total: Weights

    def where(self, kept: npt.NDArray[np.bool_] | Positions) -> "Scores":
        """The scores of the pairs that are kept."""
        return Scores(
            self.left[kept],
            self.right[kept],
            {name: level[kept] for name, level in self.levels.items()},
            {name: weight[kept] for name, weight in self.weights.items()},
            self.total[kept],
        )

    def of(self, left: Positions, right: Positions) -> "Scores | None":
        """The scores of these pairs (either way round), if all of them are here."""
        own, wanted = _pack(self.left, self.right), _pack(left, right)
        if not len(own) or len(wanted) > len(own):
            return None
        order = np.argsort(own)
        at = order[np.minimum(np.searchsorted(own[order], wanted), len(own) - 1)]
        return self.where(at) if np.array_equal(own[at], wanted) else None


def _pack(left: Positions, right: Positions) -> Positions:
    packed: Positions = (np.minimum(left, right) << 32) | np.maximum(left, right)
    return packed


def concatenate(parts: Sequence[Scores]) -> Scores:
    """Join scores of the same comparisons; at least one part."""
    first = parts[0]
    if len(parts) == 1:
        return first
    return Scores(
        np.concatenate([part.left for part in parts]),
        np.concatenate([part.right for part in parts]),
        {name: np.concatenate([part.levels[name] for part in parts]) for name in first.levels},
        {name: np.concatenate([part.weights[name] for part in parts]) for name in first.weights},
        np.concatenate([part.total for part in parts]),
    )
