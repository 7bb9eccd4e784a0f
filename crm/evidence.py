"""Why two records were tied, kept as JSON beside the decision it explains."""

import json
from functools import cache
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

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
BETWEEN: Final = r"\}, ?\{"  # the lines of a list; no words of ours hold braces
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
    """Tell JSON lists of evidence in words: `same e-mail (+19.2); …`, null where there is none.

    Of many pairs few lines are distinct; only those are read.
    """
    bare = pc.utf8_slice_codeunits(pa.array(evidence, pa.string()), 1, -1)
    bare = bare.combine_chunks() if isinstance(bare, pa.ChunkedArray) else bare
    lists = pc.split_pattern_regex(bare, BETWEEN)
    lines = lists.flatten().dictionary_encode()
    said = pa.array([_tell_line(line) for line in lines.dictionary.to_pylist()], pa.string())
    told = pc.binary_join(pa.ListArray.from_arrays(lists.offsets, said.take(lines.indices)), "; ")
    words = pd.Series(told, dtype="str").set_axis(evidence.index)
    return words.mask(evidence.isna() | (words == ""))


def _tell_line(line: str) -> str:
    """What one object of a list says, of which splitting took the braces."""
    if not line.strip("{}"):
        return ""
    said = json.loads("{" + line.strip("{}") + "}")
    weight = said.get("weight")
    return str(said["words"]) + ("" if weight is None else f" ({weight:+.1f})")


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
