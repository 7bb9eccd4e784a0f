"""Components of one size take their steps together, and each ends as if it were alone."""

from itertools import combinations, product

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from dedupe.linkage import FORBIDDEN, Compared, Linkage

THRESHOLD = 2.0


@st.composite
def components(draw: st.DrawFn) -> tuple[int, Compared, np.ndarray]:
    """Components of one size: their nodes, what is known of the pairs, what is one from the start.

    Weights are whole and halves, so that no order of adding them makes a difference.
    """
    nodes, many = draw(st.integers(2, 6)), draw(st.integers(1, 5))
    dice = np.random.default_rng(draw(st.integers(0, 2**32)))
    shape = (4, many, nodes * (nodes - 1) // 2)
    present = dice.random(shape) < 0.8
    weights = np.where(present, dice.integers(-8, 13, shape) / 2, 0).astype(np.float32)
    total = np.where(dice.random(shape[1:]) < 0.1, FORBIDDEN, weights.sum(axis=0))
    several = dice.random(4) < 0.4
    vague = (2, 3) if draw(st.booleans()) else None
    known = dice.integers(0, draw(st.sampled_from([3, 1_000])), (many, nodes))
    return nodes, Compared(total.astype(np.float32), weights, present, several, vague), known


def link_alone(nodes: int, at: int, compared: Compared, known: np.ndarray) -> list[list[int]]:
    """Group one component as the definition says it, from the pairs of members every time."""
    pairs = {pair: place for place, pair in enumerate(combinations(range(nodes), 2))}
    groups = [
        [node for node in range(nodes) if known[node] == label]
        for label in dict.fromkeys(known.tolist())
    ]

    def weigh(one: list[int], other: list[int]) -> float:
        between = [pairs[min(pair), max(pair)] for pair in product(one, other)]
        total = compared.total[at, between]
        strongest = FORBIDDEN if total.min() == FORBIDDEN else total.max()
        said = []
        for row, several in enumerate(compared.several):
            there = compared.present[row, at, between]
            weights = compared.weights[row, at, between][there].astype(np.float64)
            said.append(0.0 if not len(weights) else weights.max() if several else weights.mean())
        if compared.vague and compared.present[compared.vague[1], at, between].any():
            said[compared.vague[0]] = 0.0
        bits = sum(said) - np.log2(min(len(one), len(other)))
        return bits if strongest >= THRESHOLD else -np.inf

    while len(groups) > 1:
        between = {
            (i, j): weigh(groups[i], groups[j]) for i, j in combinations(range(len(groups)), 2)
        }
        one, other = max(between, key=lambda pair: between[pair])  # the first of the strongest
        if between[one, other] < THRESHOLD:
            break
        groups[one] = sorted(groups[one] + groups.pop(other))
        groups.sort()
    return sorted(groups)


@given(components())
@settings(max_examples=150)
def test_components_that_take_their_steps_together_end_as_each_of_them_alone(
    given_components: tuple[int, Compared, np.ndarray],
) -> None:
    nodes, compared, known = given_components
    triangle = np.triu_indices(nodes, 1)
    linked = Linkage.read(nodes, triangle, compared).link(known, THRESHOLD)
    for at, group in enumerate(linked):
        found = [np.flatnonzero(group == label).tolist() for label in np.unique(group)]
        assert sorted(found) == link_alone(nodes, at, compared, known[at])
