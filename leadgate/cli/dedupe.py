"""`leadgate dedupe`: which rows of lead files are one person or company."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

import numpy as np
import numpy.typing as npt
import pandas as pd

from dedupe.explanation import explain_each
from dedupe.resolution import Resolution, resolve
from flows import cleaning
from flows.distributed.choosing import pairing_of
from flows.distributed.workers import open_workers
from flows.job import ImportJob, job_for
from flows.running import Run
from leadgate.cli.arguments import column_map
from leadgate.cli.columns import tell_columns
from leadgate.cli.csv_lines import Column, write_lines
from leadgate.cli.progress import terminal_steps
from leadgate.settings import load_settings
from validators.mapping import ColumnMapping


def run_dedupe(
    config: Path | None,
    files: Sequence[str],
    output: Path | None,
    mapping: Sequence[str],
    *,
    explain: bool,
) -> int:
    """Write `row,cluster,weight,decision` for every row; rows with errors take part too.

    Without `output` it goes to stdout, or, where reasons are asked for, they do.
    """
    settings = load_settings(config)
    overrides = column_map(mapping)
    jobs = [job_for(file, settings, overrides) for file in files]
    with terminal_steps() as run, open_workers(settings.engine) as workers:
        read = [_read(replace(job, workers=workers), run) for job in jobs]
        records, places = _joined(read)
        mappings = [file.mappings for file in read]
        del read  # resolving needs the memory
        resolution = run(resolve, records, pairing=pairing_of(workers))
    for job, mapped in zip(jobs, mappings, strict=True):
        print(job.path, *tell_columns(mapped), sep="\n", file=sys.stderr)
    found = f"{len(records):,} rows, {resolution.clusters.nunique():,} people or companies"
    print(found if output is None else f"{found}: {output}", file=sys.stderr)
    _write(resolution, places, output, explain=explain, several=len(files) > 1)
    return 0


def _write(
    resolution: Resolution,
    places: pd.DataFrame,
    output: Path | None,
    *,
    explain: bool,
    several: bool,
) -> None:
    if output is not None:
        with output.open("wb") as file:
            _write_clusters(resolution, places, file, several=several)
        if explain:
            _write_reasons(resolution, places, output.with_suffix(".pairs.csv"))
    elif explain:
        _tell_reasons(resolution, places, several=several)
    else:
        _write_clusters(resolution, places, sys.stdout.buffer, several=several)


@dataclass(frozen=True)
class _File:
    """What is kept of a file: its standardized records, where each of them stands, its columns."""

    records: pd.DataFrame
    places: pd.DataFrame
    mappings: tuple[ColumnMapping, ...]


def _read(job: ImportJob, run: Run) -> _File:
    """Read and standardize a file; its raw rows and issues are let go of."""
    mapped = run(cleaning.map_columns, run(cleaning.extract, job), job)
    cleaned = run(cleaning.standardize, mapped, job)
    return _File(cleaned.records, mapped.places, mapped.mappings)


def _joined(files: Sequence[_File]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """All records under one running index, and the file, sheet, line and `row` of each."""
    records, places, start = [], [], 0
    for file in files:
        rows = file.records.index
        moved = pd.Index(rows + start, name="record")
        records.append(file.records.set_axis(moved))
        places.append(file.places.loc[rows].assign(row=rows).set_axis(moved))
        start += int(rows.max()) + 1 if len(rows) else 0
    return pd.concat(records), pd.concat(places)


def _write_clusters(
    resolution: Resolution, places: pd.DataFrame, file: BinaryIO, *, several: bool
) -> None:
    """One line a row, with the weight of the best pair it is in; matches go before others."""
    clusters = resolution.clusters.reindex(places.index)
    weight, matched = _best_pairs(resolution, places.index)
    shared = clusters.duplicated(keep=False).to_numpy()
    decision = np.where(np.isnan(weight), "non-match", np.where(matched, "match", "possible"))
    columns: dict[str, Column] = {
        "row": places["row"],
        "cluster": clusters,
        "weight": weight.round(2) + np.float32(0),  # no -0.0
        "decision": np.where(shared, "match", decision),
    }
    write_lines(file, columns | ({"file": places["file"]} if several else {}))


def _best_pairs(
    resolution: Resolution, rows: pd.Index
) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.bool_]]:
    """Weight of the best pair of each row (NaN: none), and whether it is a match."""
    pairs = resolution.pairs
    match = np.tile((pairs["decision"] == "match").to_numpy(), 2)
    at = np.concatenate([rows.get_indexer(pd.Index(pairs[end])) for end in ("left", "right")])
    weights = np.tile(pairs["weight"].to_numpy(), 2)
    best = np.full((2, len(rows)), -np.inf, dtype=np.float32)
    for matched in (True, False):
        of = match == matched
        np.maximum.at(best[int(matched)], at[of], weights[of])
    matched = ~np.isneginf(best[1])
    weight = np.where(matched, best[1], best[0])
    weight[np.isneginf(weight)] = np.nan
    return weight, matched


def _tell_reasons(resolution: Resolution, places: pd.DataFrame, *, several: bool) -> None:
    """Say of each pair that is a match or a possible match where it stands, and why it is one."""
    pairs = resolution.pairs
    names = "row " + places["row"].astype(str) + " (line " + places["line"].astype(str) + ")"
    if several:
        names = places["file"].astype(str) + " " + names
    ends = (names.loc[pairs[end]].tolist() for end in ("left", "right"))
    for left, right, reasons in zip(*ends, explain_each(pairs), strict=True):
        print(f"{left} and {right}: {reasons}")


def _write_reasons(resolution: Resolution, places: pd.DataFrame, output: Path) -> None:
    """One line a pair that is a match or a possible match, with the reasons in words."""
    pairs = resolution.pairs
    table = pd.DataFrame(
        {
            **{end: places.loc[pairs[end], "row"].to_numpy() for end in ("left", "right")},
            **{
                f"{end}_file": places.loc[pairs[end], "file"].to_numpy()
                for end in ("left", "right")
            },
            "weight": pairs["weight"].round(2).to_numpy(),
            "decision": pairs["decision"].to_numpy(),
            "reasons": [str(reasons) for reasons in explain_each(pairs)],
        }
    )
    table.to_csv(output, index=False)
