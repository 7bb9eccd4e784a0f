"""The polluted files are those of the benchmark; what is read as it is meant scores full marks."""

from collections import Counter
from pathlib import Path

from benchmarks.pollock import score_file
from benchmarks.pollock_files import make_files


def test_there_are_as_many_files_of_each_kind_as_the_benchmark_has() -> None:
    names = [each.name for each in make_files()]
    kinds = Counter(name.rstrip("0123456789x").split("_row")[0] for name in names)
    assert (len(names), len(set(names))) == (2_290, 2_290)
    assert (kinds["row_more_sep"], kinds["row_less_sep"]) == (756, 672)


def test_what_is_read_as_meant_scores_ten_and_what_is_not_is_flagged(tmp_path: Path) -> None:
    scored = {each.name: each for each in (score_file(x, tmp_path) for x in some_files())}
    assert scored["source"].score == scored["preamble"].score == 10
    assert scored["row_less_sep_row3_col2"].score < 10
    assert all(each.is_same or each.is_flagged for each in scored.values())


def some_files():
    """One row of each kind of pollution; `make bench` scores them all."""
    return [each for each in make_files() if "_row" not in each.name or "row3_col2" in each.name]
