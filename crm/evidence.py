"""Why two records were tied, kept as JSON beside the decision it explains."""

import json
from functools import cache
from typing import Final

import pandas as pd

from dedupe.explanation import explain_pair

__all__ = ["IDENTICAL", "INDIRECT", "explain_pairs"]


def _plain(level: str, words: str) -> str:
    return json.dumps([{"comparison": "record", "level": level, "words": words, "weight": 0.0}])


# Where no pair was weighed: equal records are compared once, and some are tied through others.
IDENTICAL: Final = _plain("identical", "all compared values are the same")
INDIRECT: Final = _plain("indirect", "tied through the other records of this person")
# Said after what was compared: how likely a match is to begin with, and what was held back.
LAST: Final = ("prior", "guard")
SLIGHT: Final = 0.05  # bits; below this a comparison says nothing


def explain_pairs(pairs: pd.DataFrame) -> pd.Series:
    """Write for each line of `Resolution.pairs` a JSON list of {comparison, level, words, weight}.

    Strongest first; comparisons without a value on either side are left out.
    """
    told: list[list[tuple[bool, float, str]]] = [[] for _ in range(len(pairs))]
    for column in pairs.columns[pairs.columns.str.startswith("weight_")]:
        name = column.removeprefix("weight_")
        levels, weights = pairs[f"level_{name}"].tolist(), pairs[column].tolist()
        for lines, level, weight in zip(told, levels, weights, strict=True):
            if level >= 0 and abs(weight) >= SLIGHT:
                said = f"{_open(name, level)}{weight:.2f}}}"
                lines.append((name in LAST, -abs(weight), said))
    texts = [f"[{','.join(said for _, _, said in sorted(lines))}]" for lines in told]
    return pd.Series(texts, index=pairs.index, dtype="str")


@cache
def _open(comparison: str, level: int) -> str:
    """All of a line's JSON but its weight; there are few, while there are many pairs."""
    pair = {
        "left": 0,
        "right": 0,
        "weight": 1.0,
        "decision": "match",
        f"level_{comparison}": level,
        f"weight_{comparison}": 1.0,
    }
    (line,) = explain_pair(pd.Series(pair)).lines
    said = {"comparison": comparison, "level": line.level, "words": line.words}
    return json.dumps(said, ensure_ascii=False)[:-1] + ', "weight": '
