"""Texts of neighbouring lines joined into one, all at once."""

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

__all__ = ["concatenate", "join_runs", "run_starts"]

Ints = npt.NDArray[np.int64]


def concatenate(*parts: "pa.StringArray | Iterable[str | None] | str") -> pa.StringArray:
    """Write the texts of several arrays, or the same text, one after the other line by line."""
    arrays = [each if isinstance(each, str) else pa.array(each, pa.string()) for each in parts]
    texts = pc.binary_join_element_wise(*arrays, "")
    return texts.combine_chunks() if isinstance(texts, pa.ChunkedArray) else texts


def run_starts(*keys: npt.NDArray[np.generic]) -> Ints:
    """Where lines with other keys than the line before begin; equal keys are neighbours."""
    size = len(keys[0])
    fresh = np.ones(size, dtype=bool)
    if size:
        fresh[1:] = np.logical_or.reduce([key[1:] != key[:-1] for key in keys])
    return np.flatnonzero(fresh)


def join_runs(texts: pa.StringArray, starts: Ints) -> pa.StringArray:
    """Join each run of texts, of which `starts` are the first lines, with commas.

    A run may be empty: it starts where the next one does.
    """
    bounds = pa.array(np.append(starts, len(texts)), pa.int32())
    return pc.binary_join(pa.ListArray.from_arrays(bounds, texts), ",")
