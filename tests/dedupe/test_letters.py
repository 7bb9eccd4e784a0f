"""Bounds by letters alone leave out no pair that the similarities themselves would find."""

from collections.abc import Iterator

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz import fuzz
from rapidfuzz.distance import OSA, JaroWinkler

from dedupe import letters
from dedupe.features import Codes, Feature
from dedupe.texts import as_column


@pytest.fixture(autouse=True, scope="module")
def _look_through_few() -> Iterator[None]:
    """Look through the letters of few pairs as well."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(letters, "_WORTH_IT", 0)
        yield


# Few letters, so that texts are often near to each other; some of several bytes.
TEXTS = st.lists(st.text("abcde1 @ßé語", min_size=1, max_size=9), min_size=2, max_size=8)


def _every_pair(texts: list[str]) -> tuple[Feature, tuple[Codes, Codes]]:
    codes = np.arange(len(texts), dtype=np.int32)
    left, right = np.repeat(codes, len(texts)), np.tile(codes, len(texts))
    return Feature(codes[:, None], as_column(texts)), (left, right)


@given(TEXTS, st.sampled_from([1, 2]))
def test_texts_within_so_many_edits_may_be_near(texts: list[str], most: int) -> None:
    feature, pairs = _every_pair(texts)
    near = letters.may_be_near(feature, pairs, most)
    for left, right, maybe in zip(*pairs, near, strict=True):
        assert maybe or OSA.distance(texts[left], texts[right]) > most


@given(TEXTS, st.sampled_from([0.7, 0.88, 0.9]))
def test_texts_as_similar_as_asked_may_be_alike(texts: list[str], least: float) -> None:
    feature, pairs = _every_pair(texts)
    alike = letters.may_be_alike(feature, pairs, least)
    for left, right, maybe in zip(*pairs, alike, strict=True):
        assert maybe or JaroWinkler.similarity(texts[left], texts[right]) < least


@given(TEXTS)
def test_texts_that_share_most_letters_may(texts: list[str]) -> None:
    feature, pairs = _every_pair(texts)
    share = letters.may_share_letters(feature, pairs, 0.7)
    for left, right, maybe in zip(*pairs, share, strict=True):
        assert maybe or fuzz.token_sort_ratio(texts[left], texts[right]) < 70


@given(TEXTS)
def test_texts_of_which_one_has_all_words_of_the_other_may(texts: list[str]) -> None:
    feature, pairs = _every_pair(texts)
    hold = letters.may_hold_other(feature, pairs)
    for left, right, maybe in zip(*pairs, hold, strict=True):
        assert maybe or fuzz.token_set_ratio(texts[left], texts[right]) < 99


def test_texts_without_a_letter_in_common_are_looked_at_no_further() -> None:
    feature, pairs = _every_pair(["anna", "peter"])
    assert not letters.may_be_alike(feature, pairs, 0.7)[1]
    assert not letters.may_be_near(feature, pairs, 2)[1]


@pytest.mark.parametrize("together", [1, 2, 7, 1_000])
def test_sets_do_not_depend_on_how_many_texts_are_looked_at_together(
    monkeypatch: pytest.MonkeyPatch, together: int
) -> None:
    texts = ["anna", "", "b", "çé", "longer than the others", ""]
    expected = [letters.letter_sets([text])[0] for text in texts]
    monkeypatch.setattr(letters, "_TOGETHER", together)
    assert letters.letter_sets(texts).tolist() == expected
    shifted = pa.concat_arrays([as_column(["before"]), as_column(texts)])[1:]
    assert letters.letter_sets(shifted).tolist() == expected
