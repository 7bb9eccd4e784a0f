"""Weights learned from the records themselves, without labels, and never far from the shipped ones.

u comes from random pairs: nearly all are of different people. m comes from pairs that are surely
one person by everything *but* the comparison in question, so a comparison never vouches for
itself, and namesakes, which outnumber duplicates in large files and make plain expectation
maximization flip, never enter. Both are drawn towards the shipped values as long as there is
little to learn from, and bounded.
"""

from dataclasses import replace

import numpy as np

from dedupe import guards
from dedupe.frequencies import count_frequencies
from dedupe.hashing import Hashes, mix
from dedupe.model import Model
from dedupe.name_levels import INITIAL
from dedupe.similarity import Levels, Positions
from dedupe.weights import Scorer, Scores, prior_bits

_RANDOM_PAIRS = 200_000
_TRAINING_PAIRS = 200_000
_ROUNDS = 4
_U_TRUST = 20_000.0  # random pairs the shipped u is worth
_M_TRUST = 200.0  # sure pairs the shipped m is worth
_SURE = 4.0  # bits beyond a match that make a pair sure
_BITS = 2.5  # how far a learned weight may be from the shipped one
_VETOES = ("given_name", "birth_date", "national_id")
_FIXED = ("external_id", "suffix", "company_id")  # too rare or too odd to be learned


def train(scorer: Scorer, pairs: tuple[Positions, Positions], content: Hashes) -> Scorer:
    """Learn u, m and the expected number of duplicates; the result scores by them."""
    scorer = replace(scorer, model=_learn_u(scorer, content))
    left, right = _sample(pairs, content)
    share = len(pairs[0]) / max(len(left), 1)
    first = scorer.score(left, right)
    shipped = scorer.model
    for _ in range(_ROUNDS):
        scores = scorer.weigh(left, right, first.levels)
        model = replace(
            _learn_m(scores, shipped, scorer),
            duplicates=_count_duplicates(scores, scorer, shipped, share),
        )
        frequencies = count_frequencies(scorer.features, scorer.many, shipped.u, model.duplicates)
        prior = prior_bits(model, scorer.records)
        scorer = replace(scorer, model=model, frequencies=frequencies, prior=prior)
    return scorer


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
        name: _blend(level[apart], model.u[name], min(count * (count - 1) / 2, _RANDOM_PAIRS))
        for name, level in scores.levels.items()
        if name in model.u and name not in _FIXED
    }
    if "company" in learned:
        learned["place_company"] = learned["company"]
    return replace(model, u={**model.u, **learned})


def _blend(level: Levels, shipped: tuple[float, ...], worth: float) -> tuple[float, ...]:
    """Share of each level among random pairs, drawn to the shipped share and within bounds."""
    present = level[level >= 0]
    known = np.array(shipped)
    counts = np.bincount(present, minlength=len(known)) * (worth / max(len(level), 1))
    u = (counts + _U_TRUST * known) / (counts.sum() + _U_TRUST)
    u = np.clip(u, known / 1.5, known * 16)
    u[0] = max(1 - u[1:].sum(), 0.02)
    return tuple(u.tolist())


def _sample(pairs: tuple[Positions, Positions], content: Hashes) -> tuple[Positions, Positions]:
    """At most `_TRAINING_PAIRS` pairs, chosen by content so that the order of rows is no matter."""
    left, right = pairs
    if len(left) <= _TRAINING_PAIRS:
        return left, right
    ticket = mix(content[left] + content[right])
    kept = ticket < np.quantile(ticket, _TRAINING_PAIRS / len(left))
    return left[kept], right[kept]


def _learn_m(scores: Scores, shipped: Model, scorer: Scorer) -> Model:
    unguarded = scores.total - scores.weights["guard"]
    personal = guards.is_personal(scores.levels, scorer.shared(scores))
    place = scorer.without_person(scores)
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
        learned[key] = _pull(level[sure], key, shipped)
    lenient = tuple(name for name in _VETOES if _is_unreliable(name, scores, shipped, scorer))
    return replace(scorer.model, m={**shipped.m, **learned}, lenient=lenient)


def _is_unreliable(name: str, scores: Scores, shipped: Model, scorer: Scorer) -> bool:
    """Whether sure pairs often disagree in a field, so that disagreement cannot be a veto.

    Sure are pairs that agree on something personal other than the field: twins, who differ in
    given name and id, agree on a birth date, so a birth date alone makes no pair sure.
    """
    level = scores.levels.get(name)
    if level is None:
        return False
    rest = scores.total - scores.weights["guard"] - scores.weights[name]
    sure = (rest >= shipped.match + 2 * _SURE) & (level >= 0)
    if name != "national_id" and "national_id" in scores.levels:
        sure &= scores.levels["national_id"] >= 1
    elif name != "email" and "email" in scores.levels:
        mine = ~scorer.shared(scores)["email"]
        sure &= (scores.levels["email"] >= 3) & mine
    elif name == "given_name":
        return False
    if name != "given_name" and "given_name" in scores.levels:
        sure &= scores.levels["given_name"] >= INITIAL
    many = int(sure.sum())
    apart = int((level[sure] <= (1 if name == "birth_date" else 0)).sum())
    return many >= 50 and apart / many - np.sqrt(apart) / many >= 0.025


def _pull(level: Levels, name: str, shipped: Model) -> tuple[float, ...]:
    """Share of each level among sure pairs, drawn to the shipped share and within bounds."""
    known = np.array(shipped.m[name])
    m = (np.bincount(level, minlength=len(known)) + _M_TRUST * known) / (len(level) + _M_TRUST)
    m = np.clip(m, known * 2**-_BITS, known * 2**_BITS)
    return tuple((m / m.sum()).tolist())


def _count_duplicates(scores: Scores, scorer: Scorer, shipped: Model, share: float) -> float:
    """How many other records of one person a record has, by the pairs that seem to be matches."""
    found = 2 * share * float((1 / (1 + np.exp2(-np.clip(scores.total, -40, 40)))).sum())
    records = float(len(scorer.many))
    return float(np.clip((found + 500 * shipped.duplicates) / (records + 500), 0.02, 20))
