"""Match weights of record pairs: log2(m/u) for each level, by value where agreement is exact.

The model is Fellegi and Sunter's (1969). Two things are added. Evidence that comes together
(a household shares phone, street and city; an office shares phone, company and mail domain) is
not independent: within such a group the strongest agreement counts in full, the others at a
third. And contradictions outweigh what people of one household or office share (`guards`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from dedupe import guards, households, mailboxes, name_forms
from dedupe import name_levels as names
from dedupe.comparisons import LEVELS, compare, compare_persons
from dedupe.features import Codes, Features
from dedupe.frequencies import COUNTED, HELD, Counts, Frequencies
from dedupe.model import Model
from dedupe.origins import lift_of_names
from dedupe.similarity import MISSING, Levels, Positions

Weights = npt.NDArray[np.float32]
Flags = npt.NDArray[np.bool_]

GROUP = (
    "phone", "street", "street_2", "city", "postal_code", "region", "country", "company",
    "company_id", "domain", "birth_place", "occupation", "email",
)  # fmt: skip
_CLOSE = {"given_name": names.CLOSE, "family_name": names.FAMILY_CLOSE}
# Bits: places of one company look more alike than people do, so a place needs more evidence.
_BRANCHES = 1.5
# One fact: who changes jobs changes all of them at once.
_EMPLOYER = ("company", "domain", "email", "occupation")
_DAMPED = np.float32(1 / 3)
_DAMPED_AGAINST = np.float32(0.2)


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


@dataclass(frozen=True)
class Scorer:
    """Scores pairs of records (positions) by one model."""

    features: Features
    model: Model
    frequencies: Frequencies
    prior: float
    counts: Counts

    def score(self, left: Positions, right: Positions) -> Scores:
        """Compare and weigh the pairs."""
        return self.weigh(left, right, compare(self.features, left, right))

    def score_promising(self, left: Positions, right: Positions) -> Scores:
        """Score the pairs that may be possible matches at least, and leave out the others.

        Names and what belongs to one person alone are compared first: where given names differ and
        nothing personal agrees, nothing else is looked at.
        """
        levels = compare_persons(self.features, left, right)
        kept = np.flatnonzero(~guards.is_hopeless(levels, len(left), self.model))
        left, right = left[kept], right[kept]
        known = {name: level[kept] for name, level in levels.items()}
        scores = self.weigh(left, right, compare(self.features, left, right, known))
        return scores.where(scores.total >= self.model.possible)

    def weigh(self, left: Positions, right: Positions, levels: Mapping[str, Levels]) -> Scores:
        """Weigh pairs whose levels are known."""
        levels = {name: level for name, level in levels.items() if name in LEVELS}
        place = self._of_places(left, right)
        _see_mistyped_domains(levels)
        weights = {
            name: self._weigh_one(name, level, (left, right)) for name, level in levels.items()
        }
        if "company" in weights:
            at = np.flatnonzero(place)
            of_place = (left[at], right[at])
            weights["company"][at] = self._weigh_one(
                "place_company", levels["company"][at], of_place
            )
        self._weigh_swapped_names(weights, levels, (left, right))
        own = mailboxes.weigh(self.features, self.model, (left, right), levels, weights)
        _expect_countries(weights, levels)
        self._expect_names_of_a_country(weights, levels, (left, right))
        self._doubt_attested_numbers(weights, levels, (left, right))
        _damp(weights, place, own)
        _expect_cities(weights, levels)
        weights["prior"] = np.where(place, self.prior - _BRANCHES, self.prior).astype(np.float32)
        levels["prior"] = np.zeros(len(left), dtype=np.int8)
        shared = self._held_by_several(left, right, levels)
        if "circumstances" in self.model.lenient:
            weights["household"] = households.doubt_namesakes(
                levels, weights, shared, self.model.one_of_family
            )
            levels["household"] = np.where(weights["household"] < 0, 0, MISSING).astype(np.int8)
        total = _add(weights, len(left))
        levels["guard"], cap = guards.guard(levels, shared, place, total, self.model)
        weights["guard"] = np.minimum(cap - total, 0).astype(np.float32)
        return Scores(left, right, levels, weights, _add(weights, len(left)))

    def _weigh_one(self, name: str, level: Levels, pairs: tuple[Positions, Positions]) -> Weights:
        m, table = self.model.m[name], self.model.tables[name]
        weights: Weights = table[level]
        if not len(level):
            return weights
        source = COUNTED.get(name) or HELD.get(name)
        if name in self.frequencies.chance and source is not None:
            exact = np.flatnonzero(level == len(m) - 1)
            if len(exact):
                chance = self._chance_of_agreeing(name, source, (pairs[0][exact], pairs[1][exact]))
                weights[exact] = np.log2(m[-1] / np.clip(chance, 1e-7, m[-1]))
        if name in name_forms.FORMS:
            self._weigh_forms(name, level, (pairs, weights))
        if name in _CLOSE and len(close := np.flatnonzero(level == _CLOSE[name])):
            self._doubt_close_names(name, close, (pairs, weights))
        return weights

    def _weigh_forms(
        self, name: str, level: Levels, to: tuple[tuple[Positions, Positions], Weights]
    ) -> None:
        """Forms of a rare name say more than forms of a common one."""
        pairs, weights = to
        codes, chance = self.features[COUNTED[name]].first, self.frequencies.chance[name]
        at = np.flatnonzero(np.isin(level, name_forms.FORMS[name]))
        left, right = codes[pairs[0][at]], codes[pairs[1][at]]
        commoner = np.maximum(chance[left], chance[right])
        if name == "family_name":
            part = self._chance_as_part
            of_part = np.maximum(part[left], part[right])
            commoner += np.where(level[at] == names.FAMILY_PART, of_part, 0)
        exact = (self.model.m[name][-1], self.model.u[name][-1])
        weights[at] = name_forms.weigh_forms(commoner, exact, weights[at])

    @cached_property
    def _chance_as_part(self) -> npt.NDArray[np.float64]:
        """Chance that somebody else has each family name as one of several."""
        held = name_forms.count_as_part(self.features["family"])
        return np.maximum(held - 1 - self.model.duplicates, 0) / self.counts.records

    def _weigh_swapped_names(
        self,
        weights: Mapping[str, Weights],
        levels: Mapping[str, Levels],
        pairs: tuple[Positions, Positions],
    ) -> None:
        """Given and family name in each other's place say the more the rarer both are."""
        if not weights.keys() >= name_forms.NAMES.keys():
            return
        at = name_forms.find_swapped(levels["given_name"], levels["family_name"])
        if len(at):
            known = weights["given_name"][at] + weights["family_name"][at]
            crossed, m = (pairs[0][at], pairs[1][at]), self.model.m["given_name"][names.SWAPPED]
            more = name_forms.weigh_swapped(self.features, self.frequencies, crossed, m, known)
            for name in name_forms.NAMES:
                weights[name][at] += more

    def _doubt_close_names(
        self, name: str, at: Positions, to: tuple[tuple[Positions, Positions], Weights]
    ) -> None:
        """Two names that are both common are two names, not a name and a typing error of it.

        A typing error makes one of some thirty likely others, so a name seen with frequency f
        comes by error from its neighbour less often than by itself where 30 f exceeds m.
        """
        (left, right), weights = to
        codes, seen = self.features[COUNTED[name]].first, self.frequencies.seen[name]
        rarer = np.minimum(seen[codes[left[at]]], seen[codes[right[at]]])
        most = np.log2(self.model.m[name][_CLOSE[name]] / np.maximum(30 * rarer, 1e-9))
        weights[at] = np.minimum(weights[at], most)

    def _expect_names_of_a_country(
        self,
        weights: Mapping[str, Weights],
        levels: Mapping[str, Levels],
        pairs: tuple[Positions, Positions],
    ) -> None:
        """Given names go with family names, as both go with countries."""
        origins = self.counts.origins
        if not origins or not {"given_name", "family_name"} <= weights.keys():
            return
        given, family = levels["given_name"], levels["family_name"]
        at = np.flatnonzero((given >= names.PART) & (family >= names.FAMILY_PART))
        if len(at):
            lift = lift_of_names(origins, self.features, pairs[0][at], pairs[1][at])
            weights["given_name"][at] -= np.minimum(lift, np.maximum(weights["given_name"][at], 0))

    def _doubt_attested_numbers(
        self,
        weights: Mapping[str, Weights],
        levels: Mapping[str, Levels],
        pairs: tuple[Positions, Positions],
    ) -> None:
        """Numbers that are both seen elsewhere are two numbers, as the lines of one office are."""
        if "phone" not in weights:
            return
        at = np.flatnonzero(levels["phone"] == 1)
        if not len(at):
            return
        phone = self.features["phone"]
        often = np.append(phone.counts > 1, True)
        left, right = (often[phone.codes[of[at]]].all(axis=1) for of in pairs)
        attested = left & right
        weights["phone"][at[attested]] = 0.0

    def _chance_of_agreeing(
        self, name: str, source: str, pairs: tuple[Positions, Positions]
    ) -> npt.NDArray[np.float64]:
        """Chance of the value the pair agrees on; the rarest if there are several."""
        codes, chance = self.features[source].codes, self.frequencies.chance[name]
        best = np.full(len(pairs[0]), np.inf)
        for one in range(codes.shape[1]):
            for other in range(codes.shape[1]):
                left, right = codes[pairs[0], one], codes[pairs[1], other]
                equal = (left == right) & (left >= 0)
                best[equal] = np.minimum(best[equal], chance[left[equal]])
        return np.where(np.isinf(best), self.model.u[name][-1], best)

    def shared(self, scores: Scores) -> dict[str, npt.NDArray[np.bool_]]:
        """For e-mail and phone: whether different names hold what a pair holds."""
        return self._held_by_several(scores.left, scores.right, scores.levels)

    def without_person(self, scores: Scores) -> npt.NDArray[np.bool_]:
        """Pairs of records that name no person: companies and places."""
        return self._of_places(scores.left, scores.right)

    def _of_places(self, left: Positions, right: Positions) -> npt.NDArray[np.bool_]:
        features = self.features
        return guards.without_person(features, left) & guards.without_person(features, right)

    def _held_by_several(
        self, left: Positions, right: Positions, levels: Mapping[str, Levels]
    ) -> dict[str, npt.NDArray[np.bool_]]:
        """For e-mail and phone: whether all that a pair agrees on is held by different names."""
        shared: dict[str, npt.NDArray[np.bool_]] = {}
        for name, source in HELD.items():
            if name in levels:
                codes = self.features[source].codes
                several = np.append(self.frequencies.holders[name] > 1, False)
                of_record = self._with_held[name]
                shared[name] = of_record[left] | of_record[right]
                exact = np.flatnonzero(shared[name] & (levels[name] == len(LEVELS[name]) - 1))
                own = _agree_on(codes, ~several, (left[exact], right[exact]))
                shared[name][exact[own]] = False
        return shared

    @cached_property
    def _with_held(self) -> dict[str, npt.NDArray[np.bool_]]:
        """For e-mail and phone: which records have a value that different names hold."""
        with_held: dict[str, npt.NDArray[np.bool_]] = {}
        for name, holders in self.frequencies.holders.items():
            codes, several = self.features[HELD[name]].codes, np.append(holders > 1, False)
            with_held[name] = np.logical_or.reduce([several[slot] for slot in codes.T])
        return with_held


def _agree_on(
    codes: Codes, wanted: npt.NDArray[np.bool_], pairs: tuple[Positions, Positions]
) -> npt.NDArray[np.bool_]:
    """Whether pairs have one of the wanted values in common."""
    common = np.zeros(len(pairs[0]), dtype=np.bool_)
    for one in range(codes.shape[1]):
        left = codes[pairs[0], one]
        for other in range(codes.shape[1]):
            common |= (left == codes[pairs[1], other]) & (left >= 0) & wanted[left]
    return common


def prior_bits(model: Model, records: int) -> float:
    """Log odds that two records drawn at random are of one person."""
    return float(np.log2(model.duplicates / max(records, model.population)))


def _expect_countries(weights: dict[str, Weights], levels: Mapping[str, Levels]) -> None:
    """Names go with countries: where names agree, the same country is no surprise."""
    if "country" not in weights or "given_name" not in levels or "family_name" not in levels:
        return
    named = (levels["given_name"] >= names.CLOSE) & (levels["family_name"] >= names.FAMILY_PART)
    weights["country"][named] = np.minimum(weights["country"][named], 0.0)


def _expect_cities(weights: dict[str, Weights], levels: Mapping[str, Levels]) -> None:
    """A postal code lies in one city: where it agrees, the city is no surprise."""
    if "postal_code" in weights and "city" in weights:
        known = levels["postal_code"] == len(LEVELS["postal_code"]) - 1
        weights["city"][known] = np.minimum(weights["city"][known], 0.0)


def _see_mistyped_domains(levels: dict[str, Levels]) -> None:
    """The domain of a mistyped address is no other domain."""
    if "email" in levels and "domain" in levels:
        mistyped = (levels["email"] == 3) & (levels["domain"] == 0)
        levels["domain"] = np.where(mistyped, MISSING, levels["domain"])


def _damp(weights: dict[str, Weights], place: Flags, private: Flags) -> None:
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


def _add(weights: Mapping[str, Weights], count: int) -> Weights:
    total = np.zeros(count, dtype=np.float32)
    for weight in weights.values():
        total += weight
    return total
