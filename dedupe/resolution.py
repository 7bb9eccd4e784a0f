"""Resolving: which records are one person (or one company), and why."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from dedupe.clustering import Constraints, Edges, Evidence, cluster, connected
from dedupe.features import Feature, Features, build_features
from dedupe.frequencies import count_frequencies
from dedupe.hashing import NOTHING, Hashes, combine, mix
from dedupe.keys import build_keys
from dedupe.model import Model, shipped_model
from dedupe.pairs import Candidates, pair_records
from dedupe.similarity import Positions
from dedupe.training import train
from dedupe.weights import Scorer, Scores, prior_bits

Pair = tuple[int, int]
Progress = Callable[[str], None]

_CHUNK = 1_000_000  # pairs scored at a time


@dataclass(frozen=True)
class Resolution:
    """What was resolved; see docs/architecture.md for the columns of each frame.

    `contacts` gives the rows whose cluster holds a known contact its id (Int64, else null).
    """

    clusters: pd.Series
    pairs: pd.DataFrame
    left_out: pd.DataFrame
    model_version: str
    contacts: pd.Series


def resolve(  # noqa: PLR0913 - every argument but the first is optional and named
    records: pd.DataFrame,
    *,
    model: Model | None = None,
    known: pd.DataFrame | None = None,
    cannot_link: Iterable[Pair] = (),
    must_link: Iterable[Pair] = (),
    population: int | None = None,
    progress: Progress | None = None,
) -> Resolution:
    """Cluster the records of a standardized frame, alone or against records `known` already.

    `known` has the columns of `records` and `contact`: records of one contact are one cluster
    from the start, two contacts are never joined. Labels of its index must not occur in `records`.
    `cannot_link` and `must_link` are pairs of index labels. `population` is the number of records
    `known` was looked up from, where it is only an extract: the more records there are, the more
    evidence a match needs. `progress` is told the name of each step.
    """
    tell = progress or (lambda _step: None)
    everything = records if known is None else pd.concat([records, known])
    if not everything.index.is_unique:
        raise ValueError("resolve: `records` and `known` must not share index labels")
    tell("normalize")
    features = build_features(everything)
    problem = _Problem.read(everything, features, cannot_link, must_link)
    tell("block")
    candidates = _block(problem)
    tell("score")
    scorer, scores = _score(problem, candidates, model or shipped_model(), population)
    tell("cluster")
    labels = _cluster(problem, scorer, scores)
    return _present(problem, scores, labels, (records, candidates, scorer.model))


@dataclass(frozen=True)
class _Problem:
    """Distinct records as nodes, and what ties or separates them.

    `node[i]` is the node of record `i`; identical records share one. `first[k]` is the first
    record of node `k` in the order of the index.
    """

    index: npt.NDArray[np.int64]
    features: Features
    content: Hashes
    node: Positions
    many: npt.NDArray[np.int64]
    constraints: Constraints

    @classmethod
    def read(
        cls,
        everything: pd.DataFrame,
        features: Features,
        cannot_link: Iterable[Pair],
        must_link: Iterable[Pair],
    ) -> "_Problem":
        count = len(everything)
        content = _hash_content(features, count)
        owners = np.full(count, -1, dtype=np.int64)
        if "contact" in everything:
            contact = everything["contact"].astype("Int64")
            present = contact.notna().to_numpy()
            owners[present] = contact[present].to_numpy(dtype=np.int64)
        cannot = _positions(everything.index, cannot_link)
        must = _positions(everything.index, must_link)
        alone = content == NOTHING
        alone[owners >= 0] = True
        alone[np.concatenate([*cannot, *must])] = True
        distinct = np.where(alone, mix(np.arange(count).astype(np.uint64) ^ content), content)
        _, first, node = np.unique(distinct, return_index=True, return_inverse=True)
        order = np.argsort(first)
        first, node = first[order], np.argsort(order)[node]
        tied_left, tied_right = (node[ends] for ends in must)
        same_owner = _same_owner(owners[first])
        groups = connected(
            np.concatenate([tied_left, np.arange(len(first))]),
            np.concatenate([tied_right, same_owner]),
            len(first),
        )
        return cls(
            everything.index.to_numpy(),
            {name: Feature(f.codes[first], f.values) for name, f in features.items()},
            content[first],
            node,
            np.bincount(node, minlength=len(first)),
            Constraints(groups, owners[first], (node[cannot[0]], node[cannot[1]])),
        )


def _positions(index: pd.Index, links: Iterable[Pair]) -> tuple[Positions, Positions]:
    pairs = np.array(list(links), dtype=np.int64).reshape(-1, 2)
    left, right = index.get_indexer(pairs[:, 0]), index.get_indexer(pairs[:, 1])
    known = (left >= 0) & (right >= 0)
    return left[known], right[known]


def _same_owner(owners: Positions) -> Positions:
    """For each node the first node of the same owner; itself where it has none."""
    own = np.arange(len(owners))
    owned = owners >= 0
    _, first, inverse = np.unique(owners[owned], return_index=True, return_inverse=True)
    own[owned] = np.flatnonzero(owned)[first][inverse]
    return own


def _hash_content(features: Features, count: int) -> Hashes:
    """Hash of all comparison values of each record; `NOTHING` for a record without any."""
    content = np.zeros(count, dtype=np.uint64)
    for name in sorted(features):
        feature = features[name]
        for slot in range(feature.codes.shape[1]):
            hashes = combine(f"{name}{slot}", feature.row_hashes(slot))
            content += hashes
    return np.where(content == NOTHING, NOTHING, mix(content.copy()))


def _block(problem: _Problem) -> Candidates:
    count = len(problem.content)
    kinds = build_keys(problem.features, count)
    splitters = [
        problem.features[name].row_hashes()
        for name in ("given", "family", "birth_date", "postal", "house", "phone_tail", "email",
                     "company", "city")
        if name in problem.features
    ]  # fmt: skip
    return pair_records(kinds, splitters, count)


def _score(
    problem: _Problem, candidates: Candidates, model: Model, population: int | None
) -> tuple[Scorer, Scores]:
    frequencies = count_frequencies(problem.features, problem.many, model.u, model.duplicates)
    records = max(int(problem.many.sum()), population or 0)
    prior = prior_bits(model, records)
    scorer = Scorer(problem.features, model, frequencies, prior, problem.many, records)
    scorer = train(scorer, (candidates.left, candidates.right), problem.content)
    chunks = [
        _keep(scorer.score(candidates.left[at : at + _CHUNK], candidates.right[at : at + _CHUNK]))
        for at in range(0, max(len(candidates.left), 1), _CHUNK)
    ]
    return scorer, _concatenate(chunks)


def _keep(scores: Scores) -> Scores:
    return _select(scores, scores.total >= -4)


def _select(scores: Scores, kept: npt.NDArray[np.bool_]) -> Scores:
    return Scores(
        scores.left[kept],
        scores.right[kept],
        {name: level[kept] for name, level in scores.levels.items()},
        {name: weight[kept] for name, weight in scores.weights.items()},
        scores.total[kept],
    )


def _concatenate(chunks: list[Scores]) -> Scores:
    first = chunks[0]
    return Scores(
        np.concatenate([c.left for c in chunks]),
        np.concatenate([c.right for c in chunks]),
        {name: np.concatenate([c.levels[name] for c in chunks]) for name in first.levels},
        {name: np.concatenate([c.weights[name] for c in chunks]) for name in first.weights},
        np.concatenate([c.total for c in chunks]),
    )


def _cluster(problem: _Problem, scorer: Scorer, scores: Scores) -> Positions:
    def weigh(left: Positions, right: Positions) -> Evidence:
        scored = scorer.score(left, right)
        return Evidence(
            scored.total,
            np.stack(list(scored.weights.values())),
            np.stack([scored.levels[name] >= 0 for name in scored.weights]),
        )

    edges = Edges(scores.left, scores.right, scores.total)
    return cluster(edges, problem.content, problem.constraints, weigh, scorer.model.match)


def _present(
    problem: _Problem,
    scores: Scores,
    labels: Positions,
    about: tuple[pd.DataFrame, Candidates, Model],
) -> Resolution:
    records, candidates, model = about
    own = np.arange(len(records))
    of_record = labels[problem.node]
    smallest = pd.Series(problem.index[own]).groupby(of_record[own]).transform("min")
    clusters = pd.Series(smallest.to_numpy(), index=records.index, name="cluster", dtype="int64")
    owner = np.full(len(labels), -1, dtype=np.int64)
    owned = problem.constraints.owners >= 0
    owner[labels[owned]] = problem.constraints.owners[owned]
    contact = pd.Series(owner[of_record[own]], index=records.index, dtype="Int64")
    return Resolution(
        clusters,
        _pairs_frame(problem, scores, labels, model),
        candidates.left_out,
        model.version,
        contact.mask(contact < 0),
    )


def _pairs_frame(
    problem: _Problem, scores: Scores, labels: Positions, model: Model
) -> pd.DataFrame:
    scores = _select(scores, scores.total >= model.possible)
    first = np.full(len(labels), -1, dtype=np.int64)
    first[problem.node[::-1]] = np.arange(len(problem.node))[::-1]
    left, right = problem.index[first[scores.left]], problem.index[first[scores.right]]
    same = labels[scores.left] == labels[scores.right]
    columns: dict[str, object] = {
        "left": np.minimum(left, right),
        "right": np.maximum(left, right),
        "weight": scores.total,
        "decision": pd.Categorical.from_codes(
            np.where(same, 0, 1), categories=["match", "possible"]
        ),
    }
    for name in scores.weights:
        columns[f"level_{name}"] = scores.levels[name]
        columns[f"weight_{name}"] = scores.weights[name]
    return pd.DataFrame(columns).sort_values(["left", "right"], ignore_index=True)


__all__ = ["Resolution", "replace", "resolve"]
