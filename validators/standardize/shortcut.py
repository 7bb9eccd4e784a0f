"""Shortcuts: patterns of texts a rule is known to find nothing wrong with.

Most cells of a real file are plain. A shortcut decides them by one pass of a regular expression
over the whole column, and the rule in Python sees the rest only. The law, tested for every
shortcut there is: for a text that matches, the rule answers with the replacement and no finding.
"""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

WHOLE = r"\0"


@dataclass(frozen=True)
class Shortcut:
    """A pattern for whole texts (RE2, ASCII semantics), and what the rule makes of them.

    Texts that match `unless` as well, or are longer than `longest`, are left to the rule.
    """

    pattern: str
    replacement: str = WHOLE
    unless: str | None = None
    longest: int | None = None

    def take(self, texts: NDArray[np.object_]) -> tuple[NDArray[np.object_], NDArray[np.bool_]]:
        """Return the texts, replaced where they match, and where that was; None stays None."""
        column = as_arrow(texts)
        whole = f"^(?:{self.pattern})$"
        known = as_mask(pc.match_substring_regex(column, whole))
        if self.unless:
            known &= ~as_mask(pc.match_substring_regex(column, self.unless))
        if self.longest:
            known &= as_mask(pc.less_equal(pc.utf8_length(column), self.longest))
        if self.replacement == WHOLE or not known.any():
            return texts.copy(), known
        replaced = pc.replace_substring_regex(column, whole, self.replacement)
        return np.where(known, as_objects(replaced), texts), known

    def answer(self, text: str) -> str | None:
        """Return what the shortcut makes of one text; None where it leaves it to the rule."""
        texts, known = self.take(np.array([text], dtype=object))
        return str(texts[0]) if known[0] else None


def as_arrow(texts: NDArray[np.object_]) -> pa.Array:
    """Return texts (None is null) as an Arrow column."""
    return pa.array(texts, type=pa.large_string(), from_pandas=True)


def as_mask(column: pa.Array) -> NDArray[np.bool_]:
    """Return an Arrow column of truths; null is false."""
    return np.asarray(pc.fill_null(column, fill_value=False), dtype=bool)


def as_objects(column: pa.Array) -> NDArray[np.object_]:
    """Return an Arrow column of texts as Python's; null is None."""
    return np.asarray(column.to_numpy(zero_copy_only=False), dtype=object)
