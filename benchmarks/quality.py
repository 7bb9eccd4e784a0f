"""Quality, time and memory of finding duplicates, here and in other tools.

    python -m benchmarks.quality --tools leadgate --rows 20000 100000
    python -m benchmarks.quality --sets febrl3 --rows --heavy -o table.md

Each tool runs as a command in a process of its own, one after the other: its time runs from the
start of the process to the clusters on the disk. Tools: leadgate as shipped, Splink
(peers/splink_configurations.py), goldenmatch as its README runs it. `make bench-peers` sets up the
environment of the other two.
"""

import argparse
import os
import platform
import signal
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import pandas as pd

from benchmarks.labelled_sets import GeneratedLeads, LabelledSet, find_public_sets
from benchmarks.metrics import Quality, measure_quality
from benchmarks.stopwatch import LOG, Measured, measure
from benchmarks.tools import CLUSTERS, PEERS_PYTHON, RECORDS, find_command, find_version, name_tool

LIMIT: Final = 20 * 60
HEADER: Final = (
    *("set", "rows", "tool", "precision", "recall", "F1", "B³ F1"),
    *("seconds", "CPU s", "MB", "vs Splink"),
)


@dataclass(frozen=True)
class Outcome:
    """What one tool made of one set; `trouble` says why nothing was measured."""

    set_name: str
    rows: int
    tool: str
    measured: Measured | None = None
    quality: Quality | None = None
    trouble: str = ""


def main() -> None:
    """Print a table as it comes about; write it as Markdown where asked to."""
    options = _read_options()
    sets = _choose_sets(options)
    _print_line(HEADER)
    outcomes = []
    for labelled in sets:
        of_set = list(run_tools(labelled, options.tools, options.limit))
        for outcome in of_set:
            _print_line(_write_cells(outcome, of_set))
        outcomes.append(of_set)
    if options.output:
        options.output.write_text(write_markdown(outcomes, _describe_machine(options.tools)))


def run_tools(labelled: LabelledSet, tools: Sequence[str], limit: int) -> Iterator[Outcome]:
    """Run each tool on one set, one at a time, at most `limit` seconds each."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        truth = labelled.write_records(folder / RECORDS)
        for tool in tools:
            yield _run_tool(tool, labelled.name, truth, folder, limit)


def _run_tool(tool: str, name: str, truth: pd.Series, folder: Path, limit: int) -> Outcome:
    command = find_command(tool, name)
    if command is None:
        return Outcome(name, len(truth), tool, trouble="no configuration for this set")
    (folder / CLUSTERS).unlink(missing_ok=True)
    with tempfile.TemporaryDirectory() as home:  # goldenmatch remembers earlier runs at home
        measured = measure(
            command, folder, limit=limit, environment={"HOME": home, "DO_NOT_TRACK": "1"}
        )
    if measured.stopped:
        trouble = f"stopped after {limit} s"
    elif measured.exit_code:
        said = (folder / LOG).read_text(errors="replace").strip().splitlines()
        print(f"{tool} on {name}:", *said[-3:], sep="\n  ", file=sys.stderr)
        killed = measured.exit_code == -signal.SIGKILL
        trouble = "out of memory" if killed else f"failed with exit code {measured.exit_code}"
    else:
        quality = measure_quality(truth, read_clusters(folder / CLUSTERS, len(truth)))
        return Outcome(name, len(truth), tool, measured, quality)
    return Outcome(name, len(truth), tool, measured, trouble=trouble)


def read_clusters(path: Path, rows: int) -> pd.Series:
    """The label of each row of `row,cluster`; a row that is not there has none."""
    table = pd.read_csv(path, usecols=["row", "cluster"], dtype={"cluster": str})
    return table.drop_duplicates("row").set_index("row")["cluster"].reindex(range(rows))


def write_markdown(outcomes: Sequence[Sequence[Outcome]], machine: str) -> str:
    """The table of several sets, under a line about the machine."""
    lines = [machine, "", _join(HEADER), _join(["---", "--:", "---", *["--:"] * 8])]
    lines += [_join(_write_cells(outcome, of_set)) for of_set in outcomes for outcome in of_set]
    return "\n".join(lines) + "\n"


def _join(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _write_cells(outcome: Outcome, of_set: Sequence[Outcome]) -> list[str]:
    cells = [outcome.set_name, f"{outcome.rows:,}", outcome.tool]
    figures, shares = [""] * 3, [outcome.trouble, "", "", ""]
    if measured := outcome.measured:
        times = (f"{seconds:,.1f}" for seconds in (measured.seconds, measured.cpu_seconds))
        figures = [*times, f"{measured.megabytes:,.0f}"]
    if quality := outcome.quality:
        values = (quality.precision, quality.recall, quality.f1, quality.bcubed_f1)
        shares = [f"{value:.4f}" for value in values]
    return [*cells, *shares, *figures, _compare(outcome, of_set) if quality else ""]


def _compare(outcome: Outcome, of_set: Sequence[Outcome]) -> str:
    """The wall time as a multiple of Splink's on the same set."""
    for other in of_set:
        if other.tool == "splink" and other.quality and other.measured and outcome.measured:
            return f"{outcome.measured.seconds / other.measured.seconds:.2f}"
    return ""


def _print_line(cells: Sequence[str]) -> None:
    widths = (26, 9, 12, 9, 7, 7, 7, 8, 8, 7, 9)
    line = [
        cell.ljust(width) if column in (0, 2) else cell.rjust(width)
        for column, (cell, width) in enumerate(zip(cells, widths, strict=True))
    ]
    print(" ".join(line).rstrip(), flush=True)


def _describe_machine(tools: Sequence[str]) -> str:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    versions = list(dict.fromkeys(find_version(tool) for tool in tools))
    return (
        f"{datetime.now(tz=UTC):%Y-%m-%d}, {os.cpu_count()} cores, {memory:.0f} GB of memory, "
        f"{platform.system()} {platform.machine()}, Python {platform.python_version()}; "
        f"{', '.join(versions)}."
    )


def _choose_sets(options: argparse.Namespace) -> list[LabelledSet]:
    public = find_public_sets()
    if not public:
        print("No public sets: LEADGATE_CORPORA names no folder with any.", file=sys.stderr)
    if options.sets is not None:
        names = {labelled.name for labelled in public}
        for missing in sorted(set(options.sets) - names):
            print(f"{missing} is not there; left out.", file=sys.stderr)
        public = [labelled for labelled in public if labelled.name in options.sets]
    return [
        *public,
        *(GeneratedLeads(rows, "normal") for rows in options.rows),
        *(GeneratedLeads(rows, "heavy") for rows in options.heavy),
    ]


def _read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.quality",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add = parser.add_argument
    add("--rows", type=int, nargs="*", default=[20_000, 100_000], help="sizes of generated leads")
    add("--heavy", type=int, nargs="*", default=[20_000], help="the same, heavily damaged")
    add("--sets", nargs="*", help="public sets by name; all of them unless given")
    add("--tools", type=name_tool, nargs="+", default=["leadgate"])
    add("--limit", type=int, default=LIMIT, help="seconds until a tool is stopped")
    add("-o", "--output", type=Path, help="Markdown file to write the table to")
    options = parser.parse_args()
    if options.tools != ["leadgate"] and not PEERS_PYTHON.exists():
        parser.error("the environment of the other tools is missing; `make bench-peers` makes it")
    return options


if __name__ == "__main__":
    main()
