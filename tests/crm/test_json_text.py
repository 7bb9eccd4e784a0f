import json

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from crm.json_text import from_json, to_json

CELL = st.none() | st.text(st.characters(codec="utf-8"), max_size=8)
NAMES = ["a", 'b"', "c'?", "ü"]


@settings(max_examples=60)
@given(st.lists(st.fixed_dictionaries(dict.fromkeys(NAMES, CELL)), max_size=5), st.booleans())
def test_what_is_written_is_read_back_and_blanks_are_left_out(rows, many):
    rows = rows * 100 if many else rows  # few are read by Python, many by Arrow
    frame = pd.DataFrame(rows, columns=NAMES, index=range(7, 7 + len(rows))).astype("str")
    texts = to_json(frame)
    filled = [{name: value for name, value in row.items() if value is not None} for row in rows]
    assert [json.loads(text) for text in texts] == filled
    read = from_json(texts, NAMES)
    assert read.index.equals(frame.index)
    pd.testing.assert_frame_equal(read.reindex(columns=NAMES).astype("str"), frame)


def test_members_nobody_asked_for_are_passed_over():
    texts = pd.Series(['{"a":"1","z":"2"}', '{"z":"3"}'])
    read = from_json(texts, ["a", "b"])
    assert read.columns.tolist() == ["a"]
    assert read["a"].tolist()[0] == "1"
    assert read["a"].isna().tolist() == [False, True]
