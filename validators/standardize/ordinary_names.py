"""Whole columns of names that are plainly names.

The law, tested over generated names: every reading of such a text returns it as it is.
"""

from string import ascii_lowercase
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from validators.standardize.cells import LONE_LETTERS
from validators.standardize.distinct import Texts
from validators.standardize.full_name import SALUTATIONS, SUFFIXES
from validators.standardize.name import KEYS_IN_A_ROW, STAND_INS
from validators.standardize.shortcut import as_arrow, as_mask
from validators.words import words

SMALL: Final = "".join(letter for letter in LONE_LETTERS if letter.islower() and letter != "\u0131")
WORD: Final = f"[A-Z](?:[{SMALL}]?[a-z]+)+[{SMALL}]?"
SHAPED: Final = f"^{WORD}(?:[ \\-]{WORD})*$"
# Titles and stand-ins, and what makes two people or a company of a name.
NO_NAMES: Final = (
    SALUTATIONS
    | SUFFIXES
    | STAND_INS
    | words(
        "and und et gmbh inc ltd llc llp corp plc gbr ohg ek sarl srl pty kg bv nv oy aps sl sa"
    )
)
MASHED: Final = "|".join([KEYS_IN_A_ROW.pattern, *(letter * 3 for letter in ascii_lowercase)])


def find_ordinary(texts: Texts) -> NDArray[np.bool_]:
    """Mark the names of capitalized words that no rule of names has anything to say about."""
    column = as_arrow(texts)
    ordinary = as_mask(pc.match_substring_regex(column, SHAPED))
    lowered = pc.utf8_lower(column.filter(pa.array(ordinary)))
    # Words written apart may make one stand-in together.
    bare = pc.replace_substring_regex(lowered, r"[ \-]", "")
    joined = ~as_mask(pc.is_in(bare, value_set=_as_values(STAND_INS)))
    parts = pc.split_pattern_regex(lowered, r"[ \-]")
    sound = are_sound(pc.list_flatten(parts))
    at = np.asarray(pc.list_parent_indices(parts))
    unsound = np.bincount(at[~sound], minlength=len(lowered)) > 0
    ordinary[ordinary] = joined & ~unsound
    return ordinary


def are_sound(parts: pa.Array) -> NDArray[np.bool_]:
    """Mark the words, in small letters, that are neither listed nor typed at random."""
    encoded = parts.dictionary_encode()
    known = encoded.dictionary
    sound = ~as_mask(pc.is_in(known, value_set=_as_values(NO_NAMES)))
    sound &= as_mask(pc.match_substring_regex(known, "[aeiouy]"))
    sound &= ~as_mask(pc.match_substring_regex(known, MASHED))
    for period in (2, 3):
        repeats = pc.equal(
            pc.utf8_slice_codeunits(known, period), pc.utf8_slice_codeunits(known, 0, -period)
        )
        thrice = pc.greater_equal(pc.utf8_length(known), 3 * period)
        sound &= ~as_mask(pc.and_(repeats, thrice))
    return sound[np.asarray(encoded.indices, dtype=np.intp)]


def _as_values(known: frozenset[str]) -> pa.Array:
    return as_arrow(np.array(sorted(known), dtype=object))
