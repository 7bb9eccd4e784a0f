"""Resolving: which records are one person (or one company), and why."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
import pandas as pd

from dedupe.clustering import Edges, Evidence, cluster
from dedupe.cores import side_by_side
from dedupe.evidence import read_evidence
from dedupe.frequencies import OF_PLACES, count_places, count_values, estimate_frequencies
from dedupe.model import Model, cautious_model, shipped_model
from dedupe.outcome import Outcome
from dedupe.pairs import Pairing, block, summarize
from dedupe.problem import Pair, Problem, Rows, read_problem
from dedupe.scores import Scores
from dedupe.similarity import Positions
from dedupe.training import learn_from_pairs, learn_u
from dedupe.weights import Scorer, prior_bits

Progress = Callable[[str], None]

_ENOUGH = 200  # records to learn anything from
_TOGETHER = 20_000  # records from which on a thread is worth it
_CAUTION = 3.0  # bits more that a match needs where nothing could be learned


@dataclass(frozen=True)
class Resolution:
    """What was resolved; see docs/architecture.md for the columns of each frame.

    `contacts` gives the rows whose cluster holds a known contact its id (Int64, else null). `model`
    is the model that decided, with what it learned; it can be saved and given to `resolve` again.
    """

    clusters: pd.Series
    pairs: pd.DataFrame
    left_out: pd.DataFrame
    model_version: str
    contacts: pd.Series
    model: Model


def resolve(  # noqa: PLR0913 - every argument but the first is optional and named
    records: pd.DataFrame,
    *,
    model: Model | None = None,
    known: pd.DataFrame | None = None,
    cannot_link: Iterable[Pair] = (),
    must_link: Iterable[Pair] = (),
    population: int | None = None,
    progress: Progress | None = None,
    pairing: Pairing = block,
) -> Resolution:
    """Cluster the records of a standardized frame, alone or against records `known` already.

    `known` has the columns of `records` and `contact`: records of one contact are one cluster
    from the start, two contacts are never joined. Labels of its index must not occur in `records`.
    `cannot_link` and `must_link` are pairs of index labels. `population` is the number of records
    `known` was looked up from, where it is only an extract: the more records there are, the more
    evidence a match needs. `progress` is told the name of each step. `pairing` finds the pairs to
    compare; by default on this machine.

    Without a `model` the shipped weights are the start and the records are learned from, where
    there are enough and `population` does not say that they are an extract; a `model` that is
    given decides as it is.
    """
    tell = progress or (lambda _step: None)
    everything = records if known is None else pd.concat([records, known])
    if not everything.index.is_unique:
        raise ValueError("resolve: `records` and `known` must not share index labels")
    tell("normalize")
    problem = read_problem(everything, Rows.of(everything), cannot_link, must_link)
    index = records.index
    del records, everything  # the texts of many records are not kept beside what was made of them
    outcome = decide(problem, model, population, tell, pairing)
    return Resolution(
        outcome.clusters(index),
        outcome.pairs(),
        summarize(outcome.left_out),
        outcome.model.version,
        outcome.contacts(index),
        outcome.model,
    )


def decide(
    problem: Problem,
    model: Model | None = None,
    population: int | None = None,
    tell: Progress = lambda _step: None,
    pairing: Pairing = block,
) -> Outcome:
    """Do what `resolve` does, for records that are columns already."""
    tell("block")
    learns = model is None and population is None and len(problem.many) >= _ENOUGH
    prepare = partial(_prepare, problem, model, population, learns=learns)
    if len(problem.many) < _TOGETHER:
        pairs, scorer = pairing(problem), prepare()
    else:  # what needs no pairs is done while they are sought
        pairs, scorer = side_by_side(partial(pairing, problem), prepare)
    tell("score")
    if learns:
        scorer = learn_from_pairs(scorer, pairs, problem.content)
    scores = pairs.score(scorer)
    tell("cluster")
    labels = _cluster(problem, scorer, scores)
    repeated = np.flatnonzero((problem.many > 1) & problem.fresh)
    none = np.zeros(len(scores.left), dtype=np.bool_)
    itself = _score_repeated(scorer, repeated) if len(repeated) else scores.where(none)
    return Outcome(problem, scores, itself, labels, scorer.model, pairs.left_out)


def _prepare(
    problem: Problem, model: Model | None, population: int | None, *, learns: bool
) -> Scorer:
    """A scorer of these records, as far as no pairs are needed for it."""
    given, model = model is not None, model or shipped_model()
    counts = count_values(problem.features, problem.many, population or 0)
    frequencies = estimate_frequencies(counts, model.u, model.duplicates)
    prior = prior_bits(model, counts.reckoned)
    scorer = Scorer(problem.features, model, frequencies, prior, counts)
    if learns:
        return learn_u(scorer, problem.content)
    return scorer if given else replace(scorer, model=cautious_model(_CAUTION))


def _score_repeated(scorer: Scorer, repeated: Positions) -> Scores:
    """Score each repeated record with itself: however often it is told, it is no other company."""
    features, counts = scorer.features, scorer.counts
    if "company" in features:
        once = np.ones(len(features["company"].codes), dtype=np.int64)
        counts = replace(
            counts, counted={**counts.counted, OF_PLACES: count_places(features, once)}
        )
        frequencies = estimate_frequencies(counts, scorer.model.u, scorer.model.duplicates)
        scorer = replace(scorer, counts=counts, frequencies=frequencies)
    return scorer.score(repeated, repeated)


def _cluster(problem: Problem, scorer: Scorer, scores: Scores) -> Positions:
    def weigh(left: Positions, right: Positions) -> Evidence:
        scored = scores.of(left, right) or scorer.score(left, right)
        return read_evidence(scored, scorer.shared(scored), scorer.model.one_of_family)

    edges = Edges(scores.left, scores.right, scores.total)
    return cluster(edges, problem.content, problem.constraints, weigh, scorer.model.match)
