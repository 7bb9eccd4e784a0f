"""Match weights of record pairs: log2(m/u) for each level, by value where agreement is exact.

The model is Fellegi and Sunter's (1969). Two things are added. Evidence that comes together counts
once (`dependence`). And contradictions outweigh what people of one household or office share
(`guards`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from dedupe import guards, households, mailboxes, name_forms
from dedupe import name_levels as names
from dedupe.comparisons import LEVELS, compare, compare_persons
from dedupe.dependence import (
    MOVED,
    damp,
    expect_cities,
    expect_countries,
    have_moved,
    see_mistyped_domains,
)
from dedupe.features import Codes, Features, without_person
from dedupe.frequencies import COUNTED, HELD, Counts, Frequencies
from dedupe.model import Model
from dedupe.origins import lift_of_names, lift_of_place
from dedupe.scores import Scores, Weights
from dedupe.similarity import MISSING, Levels, Positions

Flags = npt.NDArray[np.bool_]

_CLOSE = {"given_name": names.CLOSE, "family_name": names.FAMILY_CLOSE}
_IN_A_COUNTRY = {"city": "city", "postal_code": "postal", "region": "region"}
# Bits: places of one company look more alike than people do, so a place needs more evidence.
_BRANCHES = 1.5


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
        see_mistyped_domains(levels)
        weights = {
            name: self._weigh_one(name, level, (left, right)) for name, level in levels.items()
        }
        if "company" in weights:
            at = np.flatnonzero(place)
            of_place = (left[at], right[at])
            weights["company"][at] = self._weigh_one(
                "place_company", levels["company"][at], of_place
            )
        moved = np.flatnonzero(have_moved(levels, place))
        for name in MOVED.keys() & weights.keys():
            addresses = (left[moved], right[moved])
            weights[name][moved] = self._weigh_one(MOVED[name], levels[name][moved], addresses)
        self._weigh_swapped_names(weights, levels, (left, right))
        own = mailboxes.weigh(self.features, self.model, (left, right), levels, weights)
        expect_countries(weights, levels)
        self._expect_names_of_a_country(weights, levels, (left, right))
        self._doubt_attested_numbers(weights, levels, (left, right))
        damp(weights, place, own)
        expect_cities(weights, levels)
        weights["prior"] = np.where(place, self.prior - _BRANCHES, self.prior).astype(np.float32)
        levels[mailboxes.MAILBOXES] = np.where(own, 0, MISSING).astype(np.int8)
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
                if name == "given_name":
                    alike = self._chance_of_initials[self.features[source].first[pairs[0][exact]]]
                    chance = np.maximum(chance, alike)
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
    def _chance_of_initials(self) -> npt.NDArray[np.float64]:
        """Chance that the name of somebody else begins with each given name that is an initial."""
        return name_forms.share_initials(self.features["given"])

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
        """Given names go with family names, and both with places, as all go with countries."""
        origins = self.counts.origins
        if not origins or not {"given_name", "family_name"} <= weights.keys():
            return
        given, family = levels["given_name"], levels["family_name"]
        at = np.flatnonzero((given >= names.PART) & (family >= names.FAMILY_PART))
        if len(at):
            lift = lift_of_names(origins, self.features, pairs[0][at], pairs[1][at])
            weights["given_name"][at] -= np.minimum(lift, np.maximum(weights["given_name"][at], 0))
        for name, source in _IN_A_COUNTRY.items():
            if source in origins and name in weights:
                of_place = at[levels[name][at] == len(LEVELS[name]) - 1]
                lift = lift_of_place(origins, self.features, source, pairs[0][of_place])
                known = np.maximum(weights[name][of_place], 0)
                weights[name][of_place] -= np.minimum(lift, known)

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
        return without_person(features, left) & without_person(features, right)

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


def _add(weights: Mapping[str, Weights], count: int) -> Weights:
    total = np.zeros(count, dtype=np.float32)
    for weight in weights.values():
        total += weight
    return total
