"""`leadgate dedupe`: which rows of lead files are one person or company."""

import csv
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pandas as pd

from dedupe.explanation import explain_pair
from dedupe.resolution import Resolution, resolve
from flows import cleaning
from flows.distributed.choosing import pairing_of
from flows.distributed.workers import open_workers
from flows.job import job_for
from flows.stages import Cleaned, Mapped
from leadgate.cli.arguments import column_map
from leadgate.cli.columns import tell_columns
from leadgate.cli.progress import terminal_steps
from leadgate.settings import load_settings


def run_dedupe(
    config: Path | None,
    files: Sequence[str],
    output: Path,
    mapping: Sequence[str],
    *,
    explain: bool,
) -> int:
    """Write `row,cluster,weight,decision` for every row; rows with errors take part too."""
    settings = load_settings(config)
    overrides = column_map(mapping)
    jobs = [job_for(file, settings, overrides) for file in files]
    with terminal_steps() as run, open_workers(settings.engine) as workers:
        stages = []
        for job in (replace(job, workers=workers) for job in jobs):
            mapped = run(cleaning.map_columns, run(cleaning.extract, job), job)
            stages.append((mapped, run(cleaning.standardize, mapped, job)))
        records, places = _joined(stages)
        resolution = run(resolve, records, pairing=pairing_of(workers))
    for job, (mapped, _) in zip(jobs, stages, strict=True):
        print(job.path, *tell_columns(mapped.mappings), sep="\n", file=sys.stderr)
    _write_clusters(resolution, places, output, several=len(files) > 1)
    print(
        f"{len(records):,} rows, {resolution.clusters.nunique():,} people or companies: {output}",
        file=sys.stderr,
    )
    if explain:
        _write_reasons(resolution, places, output.with_suffix(".pairs.csv"))
    return 0


def _joined(stages: Sequence[tuple[Mapped, Cleaned]]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """All records under one running index, and the file, sheet, line and `row` of each."""
    records, places, start = [], [], 0
    for mapped, cleaned in stages:
        rows = cleaned.records.index
        moved = pd.Index(rows + start, name="record")
        records.append(cleaned.records.set_axis(moved))
        places.append(mapped.places.loc[rows].assign(row=rows).set_axis(moved))
        start += int(rows.max()) + 1 if len(rows) else 0
    return pd.concat(records), pd.concat(places)


def _write_clusters(
    resolution: Resolution, places: pd.DataFrame, output: Path, *, several: bool
) -> None:
    ends = ("left", "right")
    best = (
        pd.concat([resolution.pairs.set_index(end)[["weight", "decision"]] for end in ends])
        .astype({"decision": "str"})
        .sort_values(["decision", "weight"], ascending=[True, False], kind="stable")
        .groupby(level=0)
        .first()
    )
    clusters = resolution.clusters.rename("cluster")
    table = places[["row", "file"]].join(clusters).join(best)
    shared = table["cluster"].duplicated(keep=False)
    table["decision"] = table["decision"].fillna("non-match").mask(shared, "match")
    table["weight"] = table["weight"].round(2)
    columns = ["row", "cluster", "weight", "decision", *(["file"] if several else [])]
    table[columns].to_csv(output, index=False, quoting=csv.QUOTE_MINIMAL)


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
            "reasons": [str(explain_pair(pair)) for _, pair in pairs.iterrows()],
        }
    )
    table.to_csv(output, index=False)
