"""Blocking keys: stable for years, the same wherever they are made."""

import subprocess
import sys

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dedupe.hashing import combine, hash_text, hash_texts, mix
from dedupe.keys import Keys, blocking_keys
from dedupe.pairs import pair_records

ROWS = pd.DataFrame(
    {
        "given_name": ["Bob", "Robert", "Ann", None],
        "family_name": ["Lee", "Lee", "Müller", None],
        "email": ["bob.lee+x@gmail.com", "boblee@googlemail.com", None, None],
        "phone": ["+12125550147", "2125550147", None, None],
        "postal_code": ["10002", "10002", "80331", None],
    },
    index=[10, 11, 12, 13],
).astype("str")


def test_hashes_are_pinned_because_they_are_stored() -> None:
    assert hash_text("acme") == 0x47C1FBD24D546BB6
    assert hash_text("Иван") == 0x4C1C6BB2F5D92B4D


def test_keys_are_the_same_in_another_process() -> None:
    program = "from dedupe.hashing import hash_text; print(hash_text('acme'))"
    other = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert int(other.stdout) == hash_text("acme")


@given(st.lists(st.text(max_size=12), max_size=20))
def test_a_text_has_one_hash_wherever_it_stands(texts: list[str]) -> None:
    texts = [text.encode("utf-8", "ignore").decode() for text in texts]
    assert hash_texts(pa.array(texts, pa.string())).tolist() == [hash_text(t) for t in texts]


def test_combined_hashes_know_their_kind_and_order() -> None:
    a, b = hash_texts(pa.array(["a"])), hash_texts(pa.array(["b"]))
    nothing = np.zeros(1, np.uint64)
    assert combine("x", a, b) != combine("y", a, b)
    assert combine("x", a, b) != combine("x", b, a)
    assert combine("x", a, b, ordered=False) == combine("x", b, a, ordered=False)
    assert combine("x", a, nothing) == nothing


def test_records_of_one_person_share_keys_and_empty_records_have_none() -> None:
    keys = blocking_keys(ROWS)
    kinds = keys[keys["row"].isin([10, 11])].groupby("key")["row"].nunique()
    shared = keys[keys["key"].isin(kinds[kinds == 2].index)]["kind"].unique()
    assert set(shared) >= {"e-mail", "phone", "nickname", "family name, postal code"}
    assert 13 not in set(keys["row"])
    assert keys["key"].dtype == np.int64
    assert not keys.duplicated().any()


@pytest.mark.parametrize("row", [10, 11, 12, 14])
def test_keys_of_a_record_do_not_depend_on_its_batch(row: int) -> None:
    # A mailbox can tell a family name, and others may hold that name or not.
    tells = {"given_name": "Emma", "family_name": "Stone", "email": "emueller@example.com"}
    rows = pd.concat([ROWS, pd.DataFrame([tells], index=[14], dtype="str")])
    rows.loc[12, "family_name"] = "Mueller"
    alone, together = blocking_keys(rows.loc[[row]]), blocking_keys(rows)
    assert set(alone["key"]) == set(together.loc[together["row"] == row, "key"])


def _keys(hashes: list[int]) -> Keys:
    return Keys("test", np.arange(len(hashes)), mix(np.array(hashes, np.uint64)))


@given(st.lists(st.integers(0, 4), max_size=30))
def test_all_who_share_a_key_are_paired_once(hashes: list[int]) -> None:
    found = pair_records([_keys(hashes), _keys(hashes)], [], len(hashes))
    pairs = list(zip(found.left.tolist(), found.right.tolist(), strict=True))
    wanted = [
        (i, j)
        for i in range(len(hashes))
        for j in range(i + 1, len(hashes))
        if hashes[i] == hashes[j]
    ]
    assert pairs == wanted
    assert not found.left_out


def test_a_hot_key_is_split_and_what_is_left_out_is_counted() -> None:
    count = 1000
    finer = mix(np.repeat(np.arange(count // 2), 2).astype(np.uint64))
    found = pair_records([_keys([7] * count)], [finer], count)
    assert len(found.left) == count // 2
    assert found.left_out == [("test", count, count * (count - 1) // 2 - count // 2)]
