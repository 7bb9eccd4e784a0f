"""What two different mailboxes say of two records whose names agree.

Mailboxes are made of names, so among records of one name they are alike by chance: that they are
alike says nothing, and that they are two speaks for two people, if not loudly. For a person has
several: one at home and one at work, one of a household, one of an office, old and new ones.
Hardly anybody has several of one kind, though; and one at home and one at work differ whoever has
them, so that all they tell is how often one person gives now this one and now that one.
"""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from dedupe import name_levels as names
from dedupe.features import Features
from dedupe.model import Model
from dedupe.normalize import without_digits
from dedupe.similarity import MISSING, Levels, Positions

Weights = npt.NDArray[np.float32]
Flags = npt.NDArray[np.bool_]
Pairs = tuple[Positions, Positions]

_DIFFERENT, _SIMILAR, _SAME_BOX, _TYPO = range(4)  # levels of the comparison `email`
_MIXED = 0  # level of `mixed_email`; 1 is that of two mailboxes of one kind
_NUMBERED = np.float32(-6)
# A level without a weight: present (0) in pairs of which two mailboxes tell by themselves.
MAILBOXES = "mailboxes"


def weigh(
    features: Features,
    model: Model,
    pairs: Pairs,
    levels: Mapping[str, Levels],
    weights: dict[str, Weights],
) -> Flags:
    """Weigh mailboxes by the names; returns the pairs of which they tell by themselves.

    Those are two private ones that differ, and two of one domain that are numbered.
    """
    none = np.zeros(len(pairs[0]), dtype=np.bool_)
    if "email" not in weights:
        return none
    numbered = _find_numbered(features, pairs, levels)
    if "given_name" not in levels or "family_name" not in levels:
        weights["email"][numbered] = _NUMBERED
        return numbered
    _expect_names(levels, weights)
    differ = (levels["email"] >= 0) & (levels["email"] < _TYPO) & have_names(levels)
    at = np.flatnonzero(differ)
    at = at[are_private(features, (pairs[0][at], pairs[1][at]))]
    weights["email"][at] = model.tables["private_email"][levels["email"][at]]
    mixed = differ & (compare_kinds(features, pairs) == _MIXED)
    weights["email"][mixed] = min(model.tables["mixed_email"][_MIXED], 0)
    weights["email"][numbered] = np.minimum(weights["email"][numbered], _NUMBERED)
    apart: Flags = numbered.copy()
    apart[at] = True
    return apart


def have_names(levels: Mapping[str, Levels]) -> Flags:
    """Pairs whose given and family names agree, at least in part."""
    given, family = levels["given_name"], levels["family_name"]
    agree: Flags = (given >= names.INITIAL) & (family >= names.FAMILY_PART)
    return agree


def are_private(features: Features, pairs: Pairs) -> Flags:
    """Pairs of records with e-mails at providers alone, such as Gmail."""
    _, private = _find_private(features)
    both: Flags = private[pairs[0]] & private[pairs[1]]
    return both


def compare_kinds(features: Features, pairs: Pairs) -> Levels:
    """0 where one has e-mails at providers alone and the other one does not, 1 for one kind."""
    known, private = _find_private(features)
    levels: Levels = (private[pairs[0]] == private[pairs[1]]).astype(np.int8)
    levels[~(known[pairs[0]] & known[pairs[1]])] = MISSING
    return levels


def _find_private(features: Features) -> tuple[Flags, Flags]:
    """Which records have e-mails, and which have e-mails at providers alone."""
    known = np.asarray((features["email"].codes >= 0).any(axis=1))
    if "mail_domain" not in features:
        return known, known
    return known, known & (features["mail_domain"].codes < 0).all(axis=1)


def _expect_names(levels: Mapping[str, Levels], weights: dict[str, Weights]) -> None:
    """Where names agree, like mailboxes say nothing new.

    Nor does a family name that stands in the very mailbox that agrees.
    """
    email, given, family = levels["email"], levels["given_name"], levels["family_name"]
    named = have_names(levels)
    named |= (given >= names.SIMILAR) & (family == 0)
    named |= (given == names.SIMILAR) & (family >= names.FAMILY_PART)
    for level, most in ((_SIMILAR, 0.0), (_SAME_BOX, 1.0), (_TYPO, 3.0)):
        at = named & (email == level)
        weights["email"][at] = np.minimum(weights["email"][at], most)
    told = (family == names.FAMILY_IN_MAILBOX) & (email >= _TYPO)
    weights["family_name"][told] = 0.0


def _find_numbered(features: Features, pairs: Pairs, levels: Mapping[str, Levels]) -> Flags:
    """Mailboxes of one domain that differ in a number alone: they were given to two namesakes."""
    numbered: Flags = levels["email"] == _SIMILAR
    at = np.flatnonzero(numbered)
    email = features["email"]
    letters = np.append(email.part("letters", without_digits).first, -1)
    left, right = (letters[email.first[of[at]]] for of in pairs)
    numbered[at] = (left == right) & (left >= 0)
    return numbered
