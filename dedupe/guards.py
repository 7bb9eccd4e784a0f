"""Contradictions that no amount of shared circumstances may outweigh.

A guard puts a ceiling on the weight of a pair: households share phone and address, offices phone
and domain, twins a birth date, fathers and sons a name. The reason is kept as a level.
"""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from dedupe import name_levels as names
from dedupe.features import Features
from dedupe.model import Model
from dedupe.similarity import Levels, Positions

Flags = npt.NDArray[np.bool_]

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


def without_person(features: Features, rows: Positions) -> Flags:
    """Records that name a company or place and no person."""
    person = np.zeros(len(rows), dtype=np.bool_)
    for name in ("given", "family"):
        if name in features:
            person |= features[name].first[rows] >= 0
    return ~person


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
    count = len(place)
    level = _Level(levels, count)
    same_id, same_birth = level.at_least("national_id", 1), level.at_least("birth_date", 3)
    personal = is_personal(levels, shared)
    # gary.taylor@ is no error of mary.taylor@
    surely = personal & ((level["email"] != 3) | same_id | level.at_least("birth_date", 2))
    at_home = level.at_least("street", 3) | level.at_least("phone", 1)
    good_names = level.at_least("given_name", names.CLOSE) & level.at_least(
        "family_name", names.FAMILY_CLOSE
    )
    given, family = level["given_name"], level["family_name"]
    no_given = (given < 0) & ~place
    below, maybe = model.possible - 1.0, model.match - 0.5

    other_birth = level.between("birth_date", 0, 1) & ~level.at_least("national_id", 2)
    other_address = (level["street"] == 0) | (level["street"] == 2)
    other_id = (level["national_id"] == 0) & ~(same_birth & good_names)

    def strict(name: str) -> bool:
        return name not in model.lenient

    homes = _share_circumstances(level) & strict("households")
    work, own_phone, married = _tell_by_circumstances(level, shared)
    if strict("circumstances"):
        work = own_phone = married = np.zeros(count, dtype=np.bool_)
    rules: list[tuple[int, Flags, float]] = [
        (_TWINS, (given == names.DIFFERENT) & same_birth & at_home & ~same_id & homes, maybe),
        (_GIVEN, (given == names.DIFFERENT) & ~same_id & ~same_birth & homes, below),
        (_SIMILAR, (given == names.SIMILAR) & ~surely & homes & ~work, maybe),
        (_NO_GIVEN, no_given & ~personal & homes & ~work, maybe),
        (_FAMILY, (family == 0) & ~personal & homes & ~married, maybe),
        (_BIRTH, other_birth & strict("birth_date"), maybe),
        (_SUFFIX, (level["suffix"] == 0) & ~same_id, below),
        (_NATIONAL, other_id & strict("national_id"), maybe),
        (_ONE_SUFFIX, (level["suffix"] == 1) & ~surely & ~own_phone, maybe),
        (_BRANCHES, place & other_address, maybe),
        (_PARTLY, place & level.between("company", 1, 2) & (level["phone"] == 0), maybe),
        (_PARTLY, place & (level["phone"] == 0) & (total < model.match + _OFFICES), maybe),
        (_COMPANY, place & (level["company"] == 0) & ~level.at_least("company_id", 1), maybe),
        (_FORM, place & (level["legal_form"] == 0) & ~level.at_least("company_id", 1), maybe),
    ]
    reason = np.zeros(count, dtype=np.int8)
    cap = np.full(count, np.inf, dtype=np.float32)
    for code, applies, ceiling in rules:
        tighter = applies & (ceiling < cap)
        reason[tighter], cap[tighter] = code, ceiling
    return reason, cap


def is_personal(levels: Mapping[str, Levels], shared: Mapping[str, Flags]) -> Flags:
    """Pairs that agree on something one person has: an id, a birth date, an e-mail of their own."""
    count = len(levels["prior"])
    level = _Level(levels, count)
    own_mail = level.at_least("email", 3) & ~shared.get("email", np.zeros(count, dtype=np.bool_))
    born = level.at_least("birth_date", 2)
    return own_mail | born | level.at_least("national_id", 1) | level.at_least("external_id", 1)


def _share_circumstances(level: "_Level") -> Flags:
    """Pairs that agree on what people of one household or office share."""
    shared = level.at_least("email", 3)
    for name, least in _CIRCUMSTANCES:
        shared |= level.at_least(name, least)
    return shared


def _tell_by_circumstances(level: "_Level", shared: Mapping[str, Flags]) -> tuple[Flags, ...]:
    """Pairs that circumstances tell to be one, where it is known who shares them.

    Those who agree on the employer (relatives share a home, but hardly an employer); those who
    agree on a number no other name holds; those of one given name who agree on such a number or on
    the home, and not on an office: they have married. None of them differs in the e-mail.
    """
    one_mail = level["email"] != 0
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
