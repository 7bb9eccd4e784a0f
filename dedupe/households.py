"""Namesakes in one household: father and son, or two cousins of one given name.

That two records agree on a rare family name and on a home makes them one family; it does not make
them one person. So the weight of such a pair is reckoned twice: against strangers, as usual, and
against relatives of one given name. Relatives share family name, home and often the telephone at
home, and what is left to tell them apart is the given name, which runs in families, and what is a
person's own. The smaller weight holds.
"""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from dedupe import name_levels as names
from dedupe.similarity import Levels

Weights = npt.NDArray[np.float32]
Floats = npt.NDArray[np.floating]
Flags = npt.NDArray[np.bool_]

# Bits by which one person is likelier than the pairs of one family and home tell: most relatives
# have names of their own, and what else they do not share counts besides.
_BESIDES = 1.3
_TRUST = 200  # pairs the shipped odds are worth
# The most that a given name says within a family.
_GIVEN_NAME = 6.0
_SAME_HOUSE = 3  # least level of `street`
_PERSONAL = {"national_id": 1, "birth_date": 2}  # the least level at which they agree
# What relatives share; e-mails and numbers that different names hold are of the family, too.
FAMILY = (
    "prior", "family_name", "street", "street_2", "city", "postal_code", "region", "country",
    "birth_place", "shared_email", "shared_phone",
)  # fmt: skip


def doubt_namesakes(
    levels: Mapping[str, Levels],
    weights: Mapping[str, Weights],
    shared: Mapping[str, Flags],
    one_of_family: float,
) -> Weights:
    """Bits by which pairs weigh less against relatives of one name than against strangers."""
    if "given_name" not in levels or "family_name" not in levels:
        return np.zeros(len(weights["prior"]), dtype=np.float32)
    of_family = np.zeros(len(weights["prior"]), dtype=np.float32)
    for name in FAMILY:
        if name in weights:
            of_family += weights[name]
    for name, of_several in shared.items():
        of_family += np.where(of_several, np.maximum(weights[name], 0), 0)
    return exceed(of_family, weights["given_name"], one_of_family).astype(np.float32)


def exceed(of_family: Floats, given_name: Floats, one_of_family: float) -> Floats:
    """Bits, none or negative, by which what relatives share and the given name say too much."""
    within = one_of_family - of_family + np.minimum(_GIVEN_NAME - given_name, 0)
    bits: Floats = np.minimum(within, 0)
    return bits


def count_relatives(levels: Mapping[str, Levels], shipped: float) -> float:
    """Log odds that two records of one family name and home are one person, by their given names.

    Relatives differ in the given name, nearly always, and in what only one person has: where that
    agrees, another given name is an error. Drawn to the `shipped` odds.
    """
    if not {"given_name", "family_name", "street"} <= levels.keys():
        return shipped
    home = (levels["family_name"] >= names.FAMILY_CLOSE) & (levels["street"] >= _SAME_HOUSE)
    one = int((home & (levels["given_name"] >= names.INITIAL)).sum())
    two = int((home & (levels["given_name"] == names.DIFFERENT) & ~_is_one(levels, home)).sum())
    odds = 2 ** (shipped - _BESIDES)
    trusted = _TRUST / (1 + odds)
    return float(np.log2((one + odds * trusted) / (two + trusted))) + _BESIDES


def _is_one(levels: Mapping[str, Levels], like: Flags) -> Flags:
    """Whether pairs agree in what only one person has."""
    agree = np.zeros_like(like)
    for name, least in _PERSONAL.items():
        if name in levels:
            agree |= levels[name] >= least
    return agree
