"""What forms of a name say: nicknames, parts, errors, and two names in each other's place.

Whoever misspells a name has that name. So a form says about as much as the name itself: much where
it is rare, and little where it is common. The commoner one of two forms is the name; the other
one is often seen nowhere else.
"""

import numpy as np
import numpy.typing as npt

from dedupe.features import Feature, Features
from dedupe.frequencies import Frequencies
from dedupe.name_levels import (
    CLOSE,
    FAMILY_CLOSE,
    FAMILY_PART,
    FAMILY_SWAPPED,
    NICKNAME,
    PART,
    SWAPPED,
)
from dedupe.normalize import first_letter, first_word, last_word
from dedupe.similarity import Levels, Positions

Weights = npt.NDArray[np.float32]
Floats = npt.NDArray[np.float64]

NAMES = {"given_name": "given", "family_name": "family"}
# The levels at which two values are forms of one name.
FORMS = {"given_name": [PART, CLOSE, NICKNAME], "family_name": [FAMILY_PART, FAMILY_CLOSE]}
# Bits that a form of a name says more, or less, than such forms do on average.
_MOST = 3.0


def weigh_forms(commoner: Floats, exact: tuple[float, float], known: Weights) -> Weights:
    """Bits of forms of one name: more than `known` for a rare name, and less for a common one.

    `commoner` is the chance that somebody else has the commoner form. `exact` are m and u of exact
    agreement, and no form says more than the name itself would.
    """
    m, usual = exact
    rarity = np.clip(np.log2(usual / commoner), -_MOST, _MOST)
    bits: Weights = np.minimum(known + rarity, np.log2(m / commoner)).astype(np.float32)
    return bits


def count_as_part(family: Feature) -> Floats:
    """How many records hold each family name as the first or last one of several.

    Where people have two family names, few are called Caballero alone, and many in part.
    """
    first, last = family.part("first", first_word), family.part("last", last_word)
    one, other = first.row_hashes(), last.row_hashes()
    several = np.flatnonzero(one != other)
    words, at = np.unique(np.concatenate((one[several], other[several])), return_inverse=True)
    if not len(words):
        return np.zeros(len(family.distinct))
    held = np.bincount(at, np.tile(family.counts[several], 2))
    place = np.minimum(np.searchsorted(words, family.hashes), len(words) - 1)
    return np.where(words[place] == family.hashes, held[place], 0.0)


def share_initials(given: Feature) -> Floats:
    """For given names that are an initial alone, how many of all names begin with it; else 0.

    Two people who write an initial agree on it by chance as often as their names begin alike.
    """
    letters = given.part("letter", first_letter).first
    held = np.bincount(letters + 1, given.counts, minlength=2)[1:]
    shares: Floats = np.where(given.sizes == 1, held[letters], 0) / max(held.sum(), 1)
    return shares


def find_swapped(given: Levels, family: Levels) -> Positions:
    """The pairs whose given and family names stand in each other's place."""
    return np.flatnonzero((given == SWAPPED) & (family == FAMILY_SWAPPED))


def weigh_swapped(
    features: Features,
    frequencies: Frequencies,
    pairs: tuple[Positions, Positions],
    m: float,
    known: Weights,
) -> Weights:
    """Bits that swapped names say more, each of the two, than the `known` ones of both together.

    Another person is by chance called as one record reads (James Thomas, whose names are common
    both ways round), or as the other one reads, and was swapped, too (`m`). Only names that are
    equal crosswise say more than swapped names do on average.
    """
    one, other = (_chance_of_reading(features, frequencies, of) for of in pairs)
    chance = np.minimum(one, other) + m * np.maximum(one, other)
    both = features["names"].codes
    equal = (both[pairs[0], :2] == both[pairs[1], 1::-1]).all(axis=1)
    more = (np.log2(m / chance) - known) / 2
    bits: Weights = np.clip(more, -_MOST, np.where(equal, _MOST, 0)).astype(np.float32)
    return bits


def _chance_of_reading(features: Features, frequencies: Frequencies, rows: Positions) -> Floats:
    """Chance that somebody else has the names of a record as they stand; missing ones are sure."""
    chance = np.ones(len(rows))
    for name, source in NAMES.items():
        of_values = np.append(frequencies.chance[name], 1.0)
        chance *= of_values[features[source].first[rows]]
    return chance
