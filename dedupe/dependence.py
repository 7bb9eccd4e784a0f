"""Evidence that comes together counts once.

Fellegi and Sunter's sum takes evidence as independent. But a household shares phone, street and
city, and an office phone, company and mail domain: within such a group the strongest agreement
counts in full, the others at a third. Names go with countries, and postal codes with cities.
"""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from dedupe import name_levels as names
from dedupe.comparisons import LEVELS
from dedupe.scores import Weights
from dedupe.similarity import MISSING, Levels

Flags = npt.NDArray[np.bool_]

GROUP = (
    "phone", "street", "street_2", "city", "postal_code", "region", "country", "company",
    "company_id", "domain", "birth_place", "occupation", "email",
)  # fmt: skip
# One fact: who changes jobs changes all of them at once.
_EMPLOYER = ("company", "domain", "email", "occupation")
# Two addresses of one person are seldom in one place; these comparisons are weighed by others then.
MOVED = {"city": "moved_city", "postal_code": "moved_postal_code", "region": "moved_region"}
_DAMPED = np.float32(1 / 3)
_DAMPED_AGAINST = np.float32(0.2)


def expect_countries(weights: dict[str, Weights], levels: Mapping[str, Levels]) -> None:
    """Names go with countries: where names agree, the same country is no surprise."""
    if "country" not in weights or "given_name" not in levels or "family_name" not in levels:
        return
    named = (levels["given_name"] >= names.CLOSE) & (levels["family_name"] >= names.FAMILY_PART)
    weights["country"][named] = np.minimum(weights["country"][named], 0.0)


def expect_cities(weights: dict[str, Weights], levels: Mapping[str, Levels]) -> None:
    """A postal code lies in one city: where it agrees, the city is no surprise."""
    if "postal_code" in weights and "city" in weights:
        known = levels["postal_code"] == len(LEVELS["postal_code"]) - 1
        weights["city"][known] = np.minimum(weights["city"][known], 0.0)


def have_moved(levels: Mapping[str, Levels], place: Flags) -> Flags:
    """Pairs of people at two addresses."""
    if "street" not in levels:
        return np.zeros_like(place)
    moved: Flags = (levels["street"] == 0) & ~place
    return moved


def see_mistyped_domains(levels: dict[str, Levels]) -> None:
    """The domain of a mistyped address is no other domain."""
    if "email" in levels and "domain" in levels:
        mistyped = (levels["email"] == 3) & (levels["domain"] == 0)
        levels["domain"] = np.where(mistyped, MISSING, levels["domain"])


def damp(weights: dict[str, Weights], place: Flags, private: Flags) -> None:
    """Damp all but the strongest agreement, and all but the strongest disagreement, of a group.

    An e-mail is a matter of its own where it agrees, or where both are `private`; else, where it
    differs, it goes with the rest: who changes jobs changes company, mail, phone and town at once.
    The name of a place is its name.
    """
    grouped = {name: weights[name] for name in GROUP if name in weights}
    if "company" in grouped:
        grouped["company"] = np.where(place, np.float32(0), grouped["company"])
    if "email" in grouped:
        grouped["email"] = np.where(private, np.float32(0), np.minimum(grouped["email"], 0))
    if not grouped:
        return
    table = np.stack(list(grouped.values()))
    _count_employer_once(table, np.isin(list(grouped), _EMPLOYER))
    columns = np.arange(table.shape[1])
    kept = np.zeros(table.shape, dtype=np.bool_)
    kept[table.argmax(axis=0), columns] = True
    kept[table.argmin(axis=0), columns] = True
    damped = np.maximum(table * _DAMPED, table * _DAMPED_AGAINST)
    damped[kept] = table[kept]
    for (name, was), now in zip(grouped.items(), damped, strict=True):
        weights[name] = weights[name] + (now - was)


def _count_employer_once(table: Weights, of_employer: Flags) -> None:
    """Of what changes with the employer, only the strongest disagreement counts."""
    facts = table[of_employer]
    if len(facts) > 1:
        table[of_employer] = np.where((facts < 0) & (facts > facts.min(axis=0)), 0, facts)
