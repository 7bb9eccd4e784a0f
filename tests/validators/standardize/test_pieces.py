"""A table in pieces is worked on as a table at once is."""

import pandas as pd
import pytest

from validators.standardize import pieces, standardize
from validators.standardize.pieces import cut, work_on


def shout(piece):
    return piece["a"].str.upper()


def fail(piece):
    del piece
    raise ValueError("no piece is good enough")


FRAME = pd.DataFrame({"a": [f"x{at}" for at in range(7)]}, dtype="str", index=range(10, 17))


def test_a_cut_loses_no_row_and_keeps_their_order(monkeypatch):
    monkeypatch.setattr(pieces, "LARGEST", 2)
    parts = cut(FRAME, 2)
    assert [len(part) for part in parts] == [2, 2, 2, 1]
    assert pd.concat(parts).equals(FRAME)


def test_a_table_without_rows_is_one_piece():
    assert [len(part) for part in cut(FRAME.head(0), 3)] == [0]


def test_a_helper_does_the_same_as_the_process_itself():
    parts = cut(FRAME, 3)
    done = work_on(parts, pd.DataFrame.isna, processes=2)
    assert pd.concat(done).equals(FRAME.isna())


def test_what_a_helper_cannot_do_is_done_here_and_fails_here():
    parts = cut(FRAME, 2)
    # The helper cannot import this module, so its piece comes back.
    assert pd.concat(work_on(parts, shout, processes=2)).tolist() == [f"X{at}" for at in range(7)]
    with pytest.raises(ValueError, match="good enough"):
        work_on(parts, fail, processes=2)


def test_a_table_standardized_by_two_processes_is_the_same(monkeypatch):
    rows = pd.DataFrame(
        {
            "full_name": ["Dr. John Smith", "ANNA MEYER", "test", "Cher"] * 5,
            "email": ["a@gmial.com", "anna@example.com", "x", None] * 5,
            "phone": ["030 1234567 ext. 5", "+12025550123", "12", None] * 5,
            "occurred_at": ["03/04/2024", "25/04/2024", "2024-01-01", None] * 5,
        },
        dtype="str",
    )
    alone = standardize(rows, default_country="DE")
    monkeypatch.setattr(pieces, "count_processes", lambda _: 2)
    together = standardize(rows, default_country="DE")
    pd.testing.assert_frame_equal(together.records, alone.records)
    pd.testing.assert_frame_equal(together.issues, alone.issues)
