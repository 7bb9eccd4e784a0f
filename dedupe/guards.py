"""Contradictions that no amount of shared circumstances may outweigh.

A guard puts a ceiling on the weight of a pair: households share phone and address, offices phone
and domain, twins a birth date, fathers and sons a name. The reason is kept as a level.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain

import numpy as np
import numpy.typing as npt

from dedupe import name_levels as names
from dedupe.model import Model
from dedupe.similarity import Levels

Flags = npt.NDArray[np.bool_]
_Rule = tuple[int, Flags, float]  # a reason, the pairs it applies to, their ceiling

# Bits more that two places need whose phones differ: offices of one firm share name and street, and
# what lies right at the threshold is theirs as often as not.
_OFFICES = 0.5

REASONS = (
    "none",
    "given names differ",
    "given names are only similar",
    "a given name is missing",
    "family names differ",
    "birth dates differ",
    "suffixes differ",
    "national ids differ",
    "company names differ",
    "may be twins",
    "only one has a suffix",
    "addresses of branches differ",
    "company names agree in part, phones do not",
    "legal forms differ",
)
(
    _NONE, _GIVEN, _SIMILAR, _NO_GIVEN, _FAMILY, _BIRTH, _SUFFIX, _NATIONAL, _COMPANY, _TWINS,
    _ONE_SUFFIX, _BRANCHES, _PARTLY, _FORM,
) = range(len(REASONS))  # fmt: skip


def is_final(reason: Levels) -> Flags:
    """Reasons that keep two records, and the groups they are in, apart whatever else agrees."""
    final: Flags = (reason == _SUFFIX) | (reason == _BRANCHES)
    return final


def is_about_suffixes(reason: Levels) -> Flags:
    """Reasons that lie in generation suffixes."""
    about: Flags = (reason == _SUFFIX) | (reason == _ONE_SUFFIX)
    return about


def is_hopeless(levels: Mapping[str, Levels], count: int, model: Model) -> Flags:
    """Pairs that cannot become possible matches, by names and personal values alone."""
    level = _Level(levels, count)
    if "households" in model.lenient:
        return np.zeros(count, dtype=np.bool_)
    personal = level.at_least("birth_date", 2) | level.at_least("national_id", 1)
    personal |= level.at_least("external_id", 1)
    hopeless: Flags = (level["given_name"] == names.DIFFERENT) & ~personal
    return hopeless


def guard(
    levels: Mapping[str, Levels],
    shared: Mapping[str, Flags],
    place: Flags,
    total: npt.NDArray[np.float32],
    model: Model,
) -> tuple[Levels, npt.NDArray[np.float32]]:
    """Reason (a position in `REASONS`) and ceiling (bits, infinite without reason) of each pair.

    `shared` marks pairs whose e-mail or phone different names hold, `place` pairs of records that
    name no person; `total` is the weight before any guard.
    """
    level = _Level(levels, len(place))
    work, own_phone, married = _tell_by_circumstances(level, shared, model)
    personal = is_personal(levels, shared)
    seen = _Seen(level, place, personal, _is_sure(level, personal), model)
    reason = np.zeros(len(place), dtype=np.int8)
    cap = np.full(len(place), np.inf, dtype=np.float32)
    for code, applies, ceiling in chain(
        _rule_on_names(seen, work, married),
        _rule_on_own_values(seen, own_phone),
        _rule_on_places(seen, total),
    ):
        tighter = applies & (ceiling < cap)
        reason[tighter], cap[tighter] = code, ceiling
    return reason, cap


def _rule_on_names(seen: "_Seen", work: Flags, married: Flags) -> Iterator[_Rule]:
    """Names that differ or are missing, where pairs agree on what a household shares."""
    level, homes = seen.level, seen.share_circumstances()
    given, family = level["given_name"], level["family_name"]
    differ = (given == names.DIFFERENT) & ~seen.same_id & homes
    at_home = level.at_least("street", 3) | level.at_least("phone", 1)
    no_given = (given < 0) & ~seen.place
    yield _TWINS, differ & seen.same_birth & at_home, seen.maybe
    yield _GIVEN, differ & ~seen.same_birth, seen.below
    yield _SIMILAR, (given == names.SIMILAR) & ~seen.surely & homes & ~work, seen.maybe
    yield _NO_GIVEN, no_given & ~seen.personal & homes & ~work, seen.maybe
    yield _FAMILY, (family == 0) & ~seen.personal & homes & ~married, seen.maybe


def _rule_on_own_values(seen: "_Seen", own_phone: Flags) -> Iterator[_Rule]:
    """Birth dates, suffixes and national ids: nobody has two of them."""
    level = seen.level
    good_names = level.at_least("given_name", names.CLOSE) & level.at_least(
        "family_name", names.FAMILY_CLOSE
    )
    other_birth = level.between("birth_date", 0, 1) & ~level.at_least("national_id", 2)
    other_id = (level["national_id"] == 0) & ~(seen.same_birth & good_names)
    yield _BIRTH, other_birth & seen.is_strict("birth_date"), seen.maybe
    yield _SUFFIX, (level["suffix"] == 0) & ~seen.same_id, seen.below
    yield _NATIONAL, other_id & seen.is_strict("national_id"), seen.maybe
    yield _ONE_SUFFIX, (level["suffix"] == 1) & ~seen.surely & ~own_phone, seen.maybe


def _rule_on_places(seen: "_Seen", total: npt.NDArray[np.float32]) -> Iterator[_Rule]:
    """Branches, offices and companies of similar names, where no person is named."""
    level, place, maybe = seen.level, seen.place, seen.maybe
    other_address = (level["street"] == 0) | (level["street"] == 2)
    other_phone = place & (level["phone"] == 0)
    unnumbered = place & ~level.at_least("company_id", 1)
    yield _BRANCHES, place & other_address, maybe
    yield _PARTLY, other_phone & level.between("company", 1, 2), maybe
    yield _PARTLY, other_phone & (total < seen.model.match + _OFFICES), maybe
    yield _COMPANY, unnumbered & (level["company"] == 0), maybe
    yield _FORM, unnumbered & (level["legal_form"] == 0), maybe


def is_personal(levels: Mapping[str, Levels], shared: Mapping[str, Flags]) -> Flags:
    """Pairs that agree on something one person has: an id, a birth date, an e-mail of their own."""
    count = len(levels["prior"])
    level = _Level(levels, count)
    own_mail = level.at_least("email", 3) & ~shared.get("email", np.zeros(count, dtype=np.bool_))
    born = level.at_least("birth_date", 2)
    return own_mail | born | level.at_least("national_id", 1) | level.at_least("external_id", 1)


def _is_sure(level: "_Level", personal: Flags) -> Flags:
    """Personal pairs but those of a mistyped e-mail: gary.taylor@ is no error of mary.taylor@."""
    surely: Flags = level["email"] != 3
    surely |= level.at_least("national_id", 1) | level.at_least("birth_date", 2)
    return personal & surely


def _tell_by_circumstances(
    level: "_Level", shared: Mapping[str, Flags], model: Model
) -> tuple[Flags, ...]:
    """Pairs that circumstances tell to be one, where it is known who shares them; else none.

    Those who agree on the employer (relatives share a home, but hardly an employer); those who
    agree on a number no other name holds; those of one given name who agree on such a number or on
    the home, and not on an office: they have married. None of them differs in the e-mail.
    """
    one_mail = level["email"] != 0
    if "circumstances" not in model.lenient:
        return (np.zeros_like(one_mail),) * 3
    work = one_mail & level.at_least("company", 3) & (level["occupation"] != 0)
    own_phone = one_mail & level.at_least("phone", 3)
    if "phone" in shared:
        own_phone &= ~shared["phone"]
    home = one_mail & level.at_least("street", 3) & (level["phone"] != 0)
    office = level.at_least("company", 2) | level.at_least("domain", 1)
    married = (level["given_name"] == names.EXACT) & (own_phone | home) & ~office
    return work, own_phone, married


_CIRCUMSTANCES = (("phone", 1), ("street", 3), ("postal_code", 2), ("company", 2), ("domain", 1))


class _Level:
    """Levels by name, missing where the comparison is."""

    def __init__(self, levels: Mapping[str, Levels], count: int) -> None:
        self._levels = levels
        self._missing = np.full(count, -1, dtype=np.int8)

    def __getitem__(self, name: str) -> Levels:
        return self._levels.get(name, self._missing)

    def at_least(self, name: str, least: int) -> Flags:
        return self[name] >= least

    def between(self, name: str, least: int, most: int) -> Flags:
        return (self[name] >= least) & (self[name] <= most)


@dataclass(frozen=True)
class _Seen:
    """What several rules ask of the pairs, and the two ceilings they put on them.

    `personal` marks pairs that agree on something one person has, `surely` those that do so by no
    mistyped value.
    """

    level: _Level
    place: Flags
    personal: Flags
    surely: Flags
    model: Model

    @property
    def below(self) -> float:
        """Bits of a pair that is no possible match."""
        return self.model.possible - 1.0

    @property
    def maybe(self) -> float:
        """Bits of a pair that is a possible match at most."""
        return self.model.match - 0.5

    @property
    def same_id(self) -> Flags:
        return self.level.at_least("national_id", 1)

    @property
    def same_birth(self) -> Flags:
        return self.level.at_least("birth_date", 3)

    def is_strict(self, name: str) -> bool:
        return name not in self.model.lenient

    def share_circumstances(self) -> Flags:
        """Pairs that agree on what people of one household or office share, if that tells."""
        shared = self.level.at_least("email", 3)
        for name, least in _CIRCUMSTANCES:
            shared |= self.level.at_least(name, least)
        return shared & self.is_strict("households")
