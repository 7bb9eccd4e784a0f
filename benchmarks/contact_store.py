"""A store full of generated contacts, to look single leads up in.

The rows take the way of every import except for one step: who is who is known from the generator,
so nothing has to be matched while the store is filled.
"""

import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd

from benchmarks.lead_generator import generate
from crm.store import Store
from dedupe.model import shipped_model
from dedupe.resolution import Resolution
from flows import cleaning, loading
from flows.job import ImportJob
from flows.stages import Cleaned, Fresh, Mapped, Matched

CHUNK: Final = 100_000  # rows of one import
PROBES: Final = 200  # rows of each chunk that are kept back


def fill_stores(
    stores: Sequence[Store], contacts: int, seed: int
) -> Iterator[tuple[int, pd.DataFrame]]:
    """Import the same generated leads into each store until it holds that many contacts.

    Yields after each import how many contacts there are, and standardized records kept back from
    it: about half are of people whom the store holds.
    """
    held = 0
    while held < contacts:
        wanted = min(CHUNK, max(1_000, (contacts - held) * 3 // 2))
        mapped, cleaned, truth, job = _read_leads(wanted, seed)
        probes = cleaned.records.sample(min(PROBES, wanted // 10), random_state=seed)
        kept = cleaned.records.drop(index=probes.index)
        for store in stores:
            created = _load(store, mapped, replace(cleaned, records=kept), truth, job)
        held += created
        seed += 1
        yield held, probes


def _read_leads(rows: int, seed: int) -> tuple[Mapped, Cleaned, pd.Series, ImportJob]:
    """Generated leads, standardized as an import standardizes them, and the person of each row."""
    frame, truth = generate(rows, seed)
    frame["Lead ID"] = f"{seed}-" + frame["Lead ID"]  # each file counts its leads anew
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"leads_{seed}.csv"
        frame.to_csv(path, index=False)
        job = ImportJob(f"leads {seed}", path, "")
        mapped = cleaning.map_columns(cleaning.extract(job), job)
    validated = cleaning.validate(cleaning.standardize(mapped, job), job)
    return mapped, cleaning.quarantine(validated), truth, job


def _load(store: Store, mapped: Mapped, cleaned: Cleaned, truth: pd.Series, job: ImportJob) -> int:
    """Load the rows that are in `cleaned.records`; the number of contacts that came about."""
    rows = cleaned.records.index
    mapped = replace(mapped, raw=mapped.raw.loc[rows], places=mapped.places.loc[rows])
    cleaned = replace(
        cleaned,
        issues=cleaned.issues[cleaned.issues["row"].isin(rows)],
        quarantined=cleaned.quarantined.intersection(rows),
    )
    fresh = loading.skip_seen(store, mapped, cleaned, job)
    nothing = loading.look_up(store, replace(fresh, keys=None))
    matched = Matched(_resolve_by_truth(fresh, truth), nothing)
    plan = loading.merge(mapped, cleaned, fresh, matched, job)
    return store.load(plan).counts["created"]


def _resolve_by_truth(fresh: Fresh, truth: pd.Series) -> Resolution:
    """What matching would find if it made no mistake."""
    rows = fresh.records.index
    person = truth.reindex(rows).to_numpy()
    smallest = pd.Series(rows.to_numpy()).groupby(person).transform("min").to_numpy(np.int64)
    model = shipped_model()
    pairs = pd.DataFrame(
        {
            "left": np.empty(0, np.int64),
            "right": np.empty(0, np.int64),
            "weight": np.empty(0, np.float32),
            "decision": pd.Categorical([], categories=["match", "possible"]),
        }
    )
    return Resolution(
        clusters=pd.Series(smallest, index=rows, name="cluster"),
        pairs=pairs,
        left_out=pd.DataFrame(columns=["key", "rows", "pairs", "why"]),
        model_version=model.version,
        contacts=pd.Series(pd.NA, index=rows, dtype="Int64", name="contact"),
        model=model,
    )
