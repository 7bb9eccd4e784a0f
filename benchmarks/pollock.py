"""`python -m benchmarks.pollock`: how well polluted CSV files are read, on the Pollock scale.

The score of a file is the sum of ten measures between 0 and 1: whether it was read, and precision,
recall and F1 of its header, its records and its cells, all compared as multisets. The simple score
is their mean over all files, the weighted one weighs each file by how common its pollution is.
Nothing is declared: encoding, delimiter, quotes and header are all found out.
"""

import argparse
import tempfile
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from benchmarks.pollock_files import Polluted, make_files
from connectors import SourceFileError, Table, read
from connectors.errors import EmptyFileError

SURPLUS = "(surplus "

Lines = list[list[str]]


@dataclass(frozen=True)
class Scored:
    """The score of one file, from 0 to 10, and whether its reading was flagged where it differs."""

    name: str
    score: float
    weight: float
    is_flagged: bool
    is_same: bool


def main() -> None:
    """Print both scores, and the files that lose most."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.pollock", description=__doc__)
    parser.add_argument("--worst", type=int, default=0, help="how many files to list")
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        scored = [score_file(each, Path(folder)) for each in make_files()]
    simple = sum(each.score for each in scored) / len(scored)
    weighted = sum(each.score * each.weight for each in scored) / sum(
        each.weight for each in scored
    )
    silent = [each for each in scored if not each.is_same and not each.is_flagged]
    print(f"{len(scored)} files, simple score {simple:.3f}, weighted score {weighted:.3f}")
    print(f"read differently from what is meant without a word: {len(silent)}")
    worst = sorted(scored, key=lambda each: (each.score - 10) * each.weight)
    for each in worst[: wanted.worst]:
        print(f"{each.name:<32} {each.score:.3f} weight {each.weight:.2f}")
    for each in silent[: wanted.worst]:
        print(f"silent: {each.name}")


def score_file(polluted: Polluted, folder: Path) -> Scored:
    """Read a polluted file and compare what was read with what was meant."""
    path = folder / f"{polluted.name}.csv"
    path.write_text(polluted.content, encoding="ascii", newline="")
    flagged = False
    try:
        first, *others = read(path)
        lines = list_lines(first)
        flagged = bool(len(first.findings) or others)
    except EmptyFileError:
        lines, flagged = [], True
    except SourceFileError:
        return Scored(polluted.name, 0, polluted.weight, is_flagged=True, is_same=False)
    finally:
        path.unlink()
    same = _stripped(lines) == _stripped(polluted.meant)
    score = 1 + sum(_measures(polluted.meant, lines))
    return Scored(polluted.name, score, polluted.weight, is_flagged=flagged, is_same=same)


def list_lines(table: Table) -> Lines:
    """The header, if there is one, and the rows of a table, each as wide as it was read."""
    names = [name for name in table.rows.columns if not name.startswith(SURPLUS)]
    lines = [] if table.header_line is None else [_as_written(names, table)]
    repeated = table.findings.loc[table.findings["code"] == "row.repeated_header", "row"]
    for row in table.rows.drop(index=repeated).itertuples(index=False):
        cells = ["" if pd.isna(cell) else cell for cell in row]
        while len(cells) > len(names) and not cells[-1]:
            del cells[-1]
        lines.append(cells)
    return lines


def _as_written(names: Sequence[str], table: Table) -> list[str]:
    """The names as they stand in the file: none for a column without one."""
    made_up = set(table.findings.loc[table.findings["code"] == "file.empty_header", "field"])
    return ["" if name in made_up else name for name in names]


def _measures(meant: Lines, lines: Lines) -> list[float]:
    """Precision, recall and F1 of header, records and cells."""
    if not meant:
        return [1.0] * 9
    header, *records = ([cell.strip() for cell in line] for line in meant)
    read_header, *read_records = (
        ([cell.strip() for cell in line] for line in lines) if lines else [[]]
    )
    return [
        *_compare(header, read_header),
        *_compare(map("".join, records), map("".join, read_records)),
        *_compare(
            (cell for line in meant for cell in line), (cell for line in lines for cell in line)
        ),
    ]


def _compare(meant: Iterable[str], lines: Iterable[str]) -> tuple[float, float, float]:
    wanted, found = Counter(meant), Counter(lines)
    if not wanted:
        return 1, 1, 1
    common = (wanted & found).total()
    if not common:
        return 0, 0, 0
    precision, recall = common / wanted.total(), common / found.total()
    return precision, recall, 2 * precision * recall / (precision + recall)


def _stripped(lines: Lines) -> Lines:
    """The lines without outer spaces, empty last cells and empty lines."""
    stripped = []
    for line in lines:
        cells = [cell.strip() for cell in line]
        while cells and not cells[-1]:
            del cells[-1]
        if cells:
            stripped.append(cells)
    return stripped


if __name__ == "__main__":
    main()
