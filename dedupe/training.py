"""Weights learned from the records themselves, without labels, and never far from the shipped ones.

u comes from random pairs: nearly all are of different people. m comes from pairs that are surely
one person by everything *but* the comparison in question, so a comparison never vouches for
itself, and namesakes, which outnumber duplicates in large files and make plain expectation
maximization flip, never enter. Both are drawn towards the shipped values as long as there is
little to learn from, and bounded.
"""

from dataclasses import replace

import numpy as np
import numpy.typing as npt

from dedupe import guards, mailboxes
from dedupe.comparisons import compare
from dedupe.dependence import GROUP, MOVED, have_moved
from dedupe.frequencies import estimate_frequencies
from dedupe.hashing import Hashes
from dedupe.households import count_relatives
from dedupe.model import Model
from dedupe.name_forms import FORMS
from dedupe.name_levels import DIFFERENT, FAMILY_CLOSE, INITIAL
from dedupe.pairs import Pairs
from dedupe.scores import Scores
from dedupe.similarity import Levels
from dedupe.weights import Scorer, prior_bits

_RANDOM_PAIRS = 200_000
_TRAINING_PAIRS = 200_000
_ROUNDS = 4
_U_TRUST = 20_000.0  # random pairs the shipped u is worth
_M_TRUST = 200.0  # sure pairs the shipped m is worth
_SURE = 4.0  # bits beyond a match that make a pair sure
_WRONG = 0.01  # share of matches that may be wrong, as expected by their weights
_BITS = 2.5  # how far a learned weight may be from the shipped one
_VETOES = ("birth_date", "national_id")
_NAMES = ("given_name", "family_name")
# What only one person has, and what people of one household share; from this level on it agrees.
_PERSONAL = {"national_id": 1, "email": 3, "birth_date": 2}
_PLACES = {"street": 3, "phone": 2, "postal_code": 2, "birth_place": 2, "city": 2}
_FIXED = ("external_id", "suffix", "company_id")  # too rare or too odd to be learned


def learn_u(scorer: Scorer, content: Hashes) -> Scorer:
    """Learn u from random pairs; the result scores by it."""
    learned = replace(_learn_u(scorer, content), version=f"{scorer.model.version}+learned")
    return replace(scorer, model=learned)


def learn_from_pairs(scorer: Scorer, pairs: Pairs, content: Hashes) -> Scorer:
    """Learn m and the expected number of duplicates; the result scores by them."""
    left, right = pairs.sample(content, _TRAINING_PAIRS)
    share = len(pairs) / max(len(left), 1)
    levels = compare(scorer.features, left, right)
    one_of_family = count_relatives(levels, scorer.model.one_of_family)
    scorer = replace(scorer, model=replace(scorer.model, one_of_family=one_of_family))
    shipped = scorer.model
    for _ in range(_ROUNDS):
        scores = scorer.weigh(left, right, levels)
        model = replace(
            _learn_m(scores, shipped, scorer),
            duplicates=_count_duplicates(scores, scorer, shipped, share),
        )
        frequencies = estimate_frequencies(scorer.counts, shipped.u, model.duplicates)
        prior = prior_bits(model, scorer.counts.reckoned)
        scorer = replace(scorer, model=model, frequencies=frequencies, prior=prior)
    scores = scorer.weigh(left, right, levels)
    return replace(scorer, model=replace(scorer.model, match=choose_match(scores, shipped.match)))


def choose_match(scores: Scores, least: float) -> float:
    """The weight of a match, `least` or more, by which at most `_WRONG` of all matches are wrong.

    A pair of w bits is wrong with odds of 1 to 2**w. Where most matches are beyond doubt, the
    least threshold holds; where many just reach it, the wrong ones among them add up (Fellegi
    and Sunter choose their thresholds by the errors to be expected, too).
    """
    totals = np.sort(scores.total[scores.total >= least])[::-1]
    wrong = np.cumsum(1 / (1 + np.exp2(totals.astype(np.float64)))) / np.arange(1, len(totals) + 1)
    few = np.flatnonzero(wrong <= _WRONG)
    if not len(few) or few[-1] == len(totals) - 1:
        return least
    return float(np.nextafter(totals[few[-1] + 1], np.float32(np.inf)))


def _learn_u(scorer: Scorer, content: Hashes) -> Model:
    model = scorer.model
    count = len(content)
    if count < 2:
        return model
    order = np.argsort(content, kind="stable")
    draw = np.random.default_rng(1)
    left, right = order[draw.integers(0, count, (2, _RANDOM_PAIRS))]
    different = left != right
    scores = scorer.score(left[different], right[different])
    apart = scores.total < model.possible
    learned = {
        name: _blend(level[apart], name, model, min(count * (count - 1) / 2, _RANDOM_PAIRS))
        for name, level in scores.levels.items()
        if name in model.u and name not in _FIXED
    }
    if "company" in learned:
        places = apart & scorer.without_person(scores)
        worth = _RANDOM_PAIRS * float(places.mean())
        level = scores.levels["company"][places]
        learned["place_company"] = _blend(level, "place_company", model, worth)
    learned |= {MOVED[name]: learned[name] for name in MOVED.keys() & learned.keys()}
    if "email" in learned:
        kinds = mailboxes.compare_kinds(scorer.features, (scores.left, scores.right))
        learned["mixed_email"] = _blend(kinds[apart], "mixed_email", model, _RANDOM_PAIRS)
    return replace(model, u={**model.u, **learned})


def _blend(level: Levels, name: str, model: Model, worth: float) -> tuple[float, ...]:
    """Share of each level among random pairs, drawn to the shipped share and within bounds.

    How rarely two people have forms of one name by chance depends on how many names there are.
    """
    present = level[level >= 0]
    known = np.array(model.u[name])
    least = known / 1.5
    least[FORMS.get(name, [])] /= 2.5
    counts = np.bincount(present, minlength=len(known)) * (worth / max(len(level), 1))
    u = (counts + _U_TRUST * known) / (counts.sum() + _U_TRUST)
    u = np.clip(u, least, known * 16)
    u[0] = max(1 - u[1:].sum(), 0.02)
    return tuple(u.tolist())


def _learn_m(scores: Scores, shipped: Model, scorer: Scorer) -> Model:
    unguarded = scores.total - scores.weights["guard"]
    personal = guards.is_personal(scores.levels, scorer.shared(scores))
    place = scorer.without_person(scores)
    moved = have_moved(scores.levels, place)
    learned = {}
    for name, level in scores.levels.items():
        if name not in shipped.m or name in _FIXED:
            continue
        of_names = name in ("given_name", "family_name")
        rest = (unguarded if of_names else scores.total) - scores.weights[name]
        sure = (rest >= shipped.match + _SURE) & (level >= 0)
        if of_names:
            sure &= personal
        key = name
        if name == "company":
            learned["place_company"] = _pull(level[sure & place], "place_company", shipped)
            sure &= ~place
        if name == "email":
            private = sure & _are_private(scores, scorer)
            learned["private_email"] = _pull(level[private], "private_email", shipped)
            learned["mixed_email"] = _learn_kinds(scores, shipped, scorer)
        if name in MOVED:
            learned[MOVED[name]] = _pull(level[sure & moved], MOVED[name], shipped)
            sure &= ~moved
        learned[key] = _pull(level[sure], key, shipped)
    # Who shares a number or an address is known where there are records enough to learn from.
    lenient = ["circumstances"]
    lenient += [name for name in _VETOES if _is_unreliable(name, scores, shipped)]
    if _shows_no_households(scores, scorer):
        lenient.append("households")
    return replace(scorer.model, m={**shipped.m, **learned}, lenient=tuple(lenient))


def _learn_kinds(scores: Scores, shipped: Model, scorer: Scorer) -> tuple[float, ...]:
    """How often one person has now a private and now another mailbox.

    By pairs that are sure by names and what belongs to one person: those that agree on a home or an
    office have been met in one place, and have mailboxes of one kind.
    """
    elsewhere = {*GROUP, "guard", "household"}
    rest = sum(weight for name, weight in scores.weights.items() if name not in elsewhere)
    kinds = mailboxes.compare_kinds(scorer.features, (scores.left, scores.right))
    return _pull(kinds[(rest >= shipped.match + _SURE) & (kinds >= 0)], "mixed_email", shipped)


def _are_private(scores: Scores, scorer: Scorer) -> npt.NDArray[np.bool_]:
    """Pairs of private mailboxes whose names agree."""
    if not set(_NAMES) <= scores.levels.keys():
        return np.zeros(len(scores.left), dtype=np.bool_)
    private = mailboxes.are_private(scorer.features, (scores.left, scores.right))
    return private & mailboxes.have_names(scores.levels)


def _is_unreliable(name: str, scores: Scores, shipped: Model) -> bool:
    """Whether sure pairs often disagree in a field, so that disagreement cannot be a veto."""
    level = scores.levels.get(name)
    if level is None:
        return False
    rest = scores.total - scores.weights["guard"] - scores.weights[name]
    sure = (rest >= shipped.match + 2 * _SURE) & (level >= 0)
    if "given_name" in scores.levels:
        sure &= scores.levels["given_name"] >= INITIAL
    many = int(sure.sum())
    apart = int((level[sure] <= (1 if name == "birth_date" else 0)).sum())
    return many >= 50 and (apart - np.sqrt(apart)) / many >= 0.025


def _shows_no_households(scores: Scores, scorer: Scorer) -> bool:
    """Whether those who share a family name and a place but no given name are one person here.

    They are relatives in most files, and errors in some. What tells is what only one person has:
    where ids, own e-mails and birth dates could be compared and nearly always agree, these are
    errors. Twins agree on the birth date alone, so all that can be compared has to agree.
    """
    level = {name: scores.levels.get(name) for name in (*_PERSONAL, *_PLACES, *_NAMES)}
    given, family = level["given_name"], level["family_name"]
    if given is None or family is None:
        return False
    near = np.zeros(len(given), dtype=np.bool_)
    for name, least in _PLACES.items():
        near |= _at_least(level[name], least, near)
    related = (given == DIFFERENT) & (family >= FAMILY_CLOSE) & near
    known, agreed = np.zeros_like(related), np.ones_like(related)
    for name, least in _PERSONAL.items():
        present = _at_least(level[name], 0, near)
        known |= present
        agreed &= ~present | _at_least(level[name], least, near)
    if level["email"] is not None:
        agreed &= ~scorer.shared(scores)["email"] | (level["email"] < 0)
    many, same = int((related & known).sum()), int((related & known & agreed).sum())
    return many >= 30 and (same - np.sqrt(many - same)) / many >= 0.7


def _at_least(
    level: Levels | None, least: int, like: npt.NDArray[np.bool_]
) -> npt.NDArray[np.bool_]:
    return np.zeros_like(like) if level is None else level >= least


def _pull(level: Levels, name: str, shipped: Model) -> tuple[float, ...]:
    """Share of each level among sure pairs, drawn to the shipped share and within bounds."""
    known = np.array(shipped.m[name])
    m = (np.bincount(level, minlength=len(known)) + _M_TRUST * known) / (len(level) + _M_TRUST)
    m = np.clip(m, known * 2**-_BITS, known * 2**_BITS)
    return tuple((m / m.sum()).tolist())


def _count_duplicates(scores: Scores, scorer: Scorer, shipped: Model, share: float) -> float:
    """How many other records of one person a record has, by the pairs that seem to be matches."""
    found = 2 * share * float((1 / (1 + np.exp2(-np.clip(scores.total, -40, 40)))).sum())
    records = float(scorer.counts.distinct)
    return float(np.clip((found + 500 * shipped.duplicates) / (records + 500), 0.02, 20))
