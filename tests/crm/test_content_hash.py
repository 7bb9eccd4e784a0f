import json

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from crm.content_hash import content_hashes
from crm.json_text import to_json

CELL = st.none() | st.text(st.characters(codec="utf-8"), max_size=6)
ROWS = st.lists(st.fixed_dictionaries({"a": CELL, "b": CELL, "c'\"?": CELL}), max_size=6)


def frame(rows, columns=("a", "b", "c'\"?")):
    return pd.DataFrame(rows, columns=list(columns)).astype("str")


def test_the_hash_of_a_row_never_changes():
    rows = frame([{"a": "Ann", "b": None}, {"a": "Ann", "b": "ü"}, {"a": "Ann"}])
    assert content_hashes(rows).tolist() == [
        "514d01f8d467f6851a9d6a17fa43f84b",
        "68e78ebc73485ac03cd550ccfa03a1e0",
        "baef98cde29cf108bada46625464ccf2",
    ]


@settings(max_examples=40)
@given(ROWS, st.randoms(use_true_random=False))
def test_the_order_of_rows_and_columns_changes_nothing(rows, random):
    shuffled = random.sample(rows, len(rows))
    turned = frame(shuffled, ["c'\"?", "b", "a"])
    assert sorted(content_hashes(frame(rows))) == sorted(content_hashes(turned))


@settings(max_examples=40)
@given(ROWS)
def test_rows_are_told_apart_and_equal_rows_are_counted(rows):
    hashes = content_hashes(frame(rows))
    assert hashes.is_unique
    assert hashes.str.fullmatch("[0-9a-f]{32}").all()


def test_columns_that_are_empty_change_nothing():
    rows = frame([{"a": "Ann", "b": "x"}])
    assert content_hashes(rows.assign(more=pd.Series([None], dtype="str"))).equals(
        content_hashes(rows)
    )


def test_values_that_move_to_another_column_or_are_cut_elsewhere_are_other_rows():
    rows = frame(
        [{"a": "xy", "b": ""}, {"a": "x", "b": "y"}, {"a": "", "b": "xy"}, {"a": "xy"}, {"b": "xy"}]
    )
    assert content_hashes(rows).nunique() == 5


def test_the_index_is_kept():
    rows = frame([{"a": "x"}, {"a": "y"}]).set_axis([7, 3])
    assert content_hashes(rows).index.tolist() == [7, 3]


def test_a_table_without_columns_has_rows_all_the_same():
    assert content_hashes(pd.DataFrame(index=[0, 1])).is_unique
    assert content_hashes(pd.DataFrame()).empty


def test_a_row_may_have_as_many_cells_as_a_sheet_is_wide():
    wide = pd.DataFrame([{f"c{number}": "x" for number in range(16_384)}], dtype="str")
    assert content_hashes(wide).str.len().tolist() == [32]
    assert json.loads(to_json(wide)[0]) == wide.iloc[0].to_dict()


@settings(max_examples=8)
@given(ROWS)
def test_the_hash_of_a_cell_is_the_same_in_a_wide_row_and_in_a_narrow_one(rows):
    narrow = frame(rows)
    empty = pd.DataFrame(
        None, index=narrow.index, columns=[f"z{n}" for n in range(500)], dtype="str"
    )
    assert list(content_hashes(pd.concat([narrow, empty], axis=1))) == list(content_hashes(narrow))
