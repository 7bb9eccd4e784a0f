"""Why two records were tied, kept as JSON beside the decision it explains."""

import json
from functools import cache
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

from crm.row_texts import compute_texts
from crm.text_runs import concatenate, join_runs
from dedupe.explanation import explain_pair

__all__ = ["IDENTICAL", "INDIRECT", "PINNED", "explain_pairs", "tell_evidence"]


def _plain(level: str, words: str, comparison: str = "record") -> str:
    return json.dumps([{"comparison": comparison, "level": level, "words": words, "weight": 0.0}])


# Where no pair was weighed: equal records are compared once, and some are tied through others.
IDENTICAL: Final = _plain("identical", "all compared values are the same")
INDIRECT: Final = _plain("indirect", "tied through the other records of this person")
# Column of pairs that were weighed with values a person pinned, and what is said of them.
PINNED: Final = "pinned"
WITH_PINS: Final = _plain("pinned", "with the values a person pinned", PINNED)
# Said after what was compared: how likely a match is to begin with, and what was held back.
LAST: Final = ("prior", "household", "guard")
SLIGHT: Final = 0.05  # bits; below this a comparison says nothing


def explain_pairs(pairs: pd.DataFrame) -> pd.Series:
    """Write for each line of `Resolution.pairs` a JSON list of {comparison, level, words, weight}.

    Strongest first; comparisons without a value on either side are left out. Where the column
    `pinned` is true, it is said that pinned values were compared.
    """
    names = [str(name)[len("weight_") :] for name in pairs if str(name).startswith("weight_")]
    if pairs.empty or not names:
        return pd.Series("[]", index=pairs.index, dtype="str")
    weights = pairs[[f"weight_{name}" for name in names]].to_numpy(np.float64)
    levels = pairs[[f"level_{name}" for name in names]].to_numpy(np.int64)
    codes, openings = _code_openings(names, levels)
    last = np.broadcast_to(np.isin(names, LAST), levels.shape)
    order = np.lexsort((codes, -np.abs(weights), last))
    weights, codes = (np.take_along_axis(cells, order, axis=1) for cells in (weights, codes))
    told = (codes >= 0) & (np.abs(weights) >= SLIGHT)
    distinct, which = np.unique(weights[told], return_inverse=True)
    written = pa.array([f"{weight:.2f}" for weight in distinct.tolist()], pa.string())
    lines = concatenate(openings.take(pa.array(codes[told])), written.take(pa.array(which)), "}")
    counts = told.sum(axis=1)
    texts = concatenate("[", join_runs(lines, np.cumsum(counts) - counts), "]")
    said = pd.Series(texts.to_pandas(), dtype="str").set_axis(pairs.index)
    if PINNED not in pairs:
        return said
    return said.mask(pairs[PINNED], said.str[:-1] + ", " + WITH_PINS[1:])


def tell_evidence(evidence: pd.Series) -> pd.Series:
    """Tell JSON lists of evidence in words: `same e-mail (+19.2); …`, null where there is none."""
    lines = """list_transform(
        from_json(c0, '[{"words": "VARCHAR", "weight": "DOUBLE"}]'),
        lambda each: each.words
            || CASE WHEN each.weight IS NULL THEN '' ELSE printf(' (%+.1f)', each.weight) END)"""
    told = compute_texts(evidence.to_frame(), f"array_to_string({lines}, '; ')", [])
    return told.mask(told == "")


def _code_openings(
    names: list[str], levels: npt.NDArray[np.int64]
) -> tuple[npt.NDArray[np.int64], pa.StringArray]:
    """Number of the opening of each cell, in alphabetical order, -1 where it says nothing."""
    found = {
        (place, level): _open(name, level)
        for place, name in enumerate(names)
        for level in np.unique(levels[:, place]).tolist()
        if level >= 0
    }
    openings = sorted(set(found.values()))
    codes = np.full(levels.shape, -1)
    for (place, level), text in found.items():
        codes[levels[:, place] == level, place] = openings.index(text)
    return codes, pa.array(openings, pa.string())


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
    (line,) = explain_pair(pair).lines
    said = {"comparison": comparison, "level": line.level, "words": line.words}
    return json.dumps(said, ensure_ascii=False)[:-1] + ', "weight": '
