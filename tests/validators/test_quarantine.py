import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from validators.grading import grade_issues
from validators.issues import make_issues
from validators.quarantine import split

CODES = ["email.invalid", "email.role", "cell.mojibake"]


def frame(rows):
    return pd.DataFrame({"email": ["a@example.com"] * rows}, dtype="str").set_axis(
        pd.Index(np.arange(rows) * 2, name="row")
    )


def test_a_row_with_an_error_is_held_and_others_pass():
    issues = make_issues(
        [
            (0, "email", "email.invalid", "x", None),
            (2, "email", "email.role", "info@x.de", None),
            (4, "city", "cell.mojibake", "Ã¼", "ü"),
        ]
    )
    clean, held = split(frame(3), issues)
    assert list(clean.index) == [2, 4]
    assert list(held) == [0]


def test_an_issue_of_the_whole_table_holds_nobody_back():
    clean, held = split(frame(1), make_issues([(-1, None, "file.empty", None, None)]))
    assert len(clean) == 1
    assert len(held) == 0


def test_a_graded_issue_counts_by_its_grade():
    issues = make_issues([(0, "email", "email.role", "info@x.de", None)])
    _, held = split(frame(1), grade_issues(issues, {"email.role": "error"}))
    assert list(held) == [0]


@settings(max_examples=50)
@given(st.integers(0, 8), st.lists(st.tuples(st.integers(-1, 20), st.sampled_from(CODES))))
def test_every_row_is_either_clean_or_held(rows, found):
    records = frame(rows)
    clean, held = split(records, make_issues((r, "email", c, None, None) for r, c in found))
    assert sorted([*clean.index, *held]) == list(records.index)
