"""Synthetic leads with known duplicates.

    python -m benchmarks.lead_generator --rows 20000 --seed 1 -o leads.csv --truth truth.csv

A person sends one lead or several; in between they move, marry, change jobs, numbers and
addresses, and somebody types it in. Households share a phone and an address, colleagues share a
switchboard and an office, and names are as common as names are: the namesakes are the hard part.
The same seed always gives the same file. About 35 % of the rows repeat a person seen before.
"""

import argparse
import sys
import time
from collections import Counter
from pathlib import Path
from typing import get_args

import numpy as np
import pandas as pd

from benchmarks.lead_damage import RATES, Damage, to_series
from benchmarks.lead_places import read_countries
from benchmarks.lead_records import write_records
from benchmarks.lead_world import Integers, build_world

# How many leads one person sends: 1, 2, … 8 (1.55 on average, hence 35 % duplicates).
_LEADS_PER_PERSON = (0.70, 0.17, 0.07, 0.03, 0.015, 0.008, 0.004, 0.003)


def generate(rows: int, seed: int, damage: Damage = "normal") -> tuple[pd.DataFrame, pd.Series]:
    """Leads as a CRM exports them, and the person behind each.

    The frame holds text columns (`Lead ID`, `First Name`, … missing is null) under the index
    0 … rows - 1; the series holds one int64 label a person under the same index.
    """
    rng = np.random.default_rng(seed)
    countries = read_countries()
    shares = np.floor(rows * np.array([country.share for country in countries])).astype(int)
    shares[0] += rows - shares.sum()
    frames, labels, persons = [], [], 0
    taken: Counter[str] = Counter()
    for country, share in zip(countries, shares, strict=True):
        if share:
            person = _draw_senders(int(share), rng)
            world = build_world(country, int(person[-1]) + 1, taken, rng)
            frames.append(write_records(world, person, RATES[damage], rng))
            labels.append(person + persons)
            persons += int(person[-1]) + 1
    order = rng.permutation(rows)
    clusters = pd.Series(np.concatenate(labels)[order], name="cluster_id", dtype="int64")
    columns = {
        name: to_series(np.concatenate([frame[name] for frame in frames])[order])
        for name in frames[0]
    }
    ids = to_series(np.array([f"L{number:08d}" for number in range(1, rows + 1)], dtype=object))
    return pd.DataFrame({"Lead ID": ids, **columns}), clusters


def _draw_senders(rows: int, rng: np.random.Generator) -> Integers:
    """The person of each row, row by row: 0, 0, 1, 2, 2, 2 and so on."""
    counts = 1 + rng.choice(len(_LEADS_PER_PERSON), size=rows, p=_LEADS_PER_PERSON)
    return np.repeat(np.arange(rows), counts)[:rows]


def main() -> None:
    """Write the file, and the truth where asked for."""
    options = _read_options()
    start = time.perf_counter()
    frame, clusters = generate(options.rows, options.seed, options.damage)
    frame.to_csv(options.output, index=False)
    if options.truth:
        truth = pd.DataFrame({"record_id": frame["Lead ID"], "cluster_id": clusters})
        truth.to_csv(options.truth, index=False)
    seconds = time.perf_counter() - start
    print(
        f"{options.rows:,} leads of {clusters.nunique():,} people in {seconds:.1f} s",
        file=sys.stderr,
    )


def _read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--rows", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--damage", choices=get_args(Damage), default="normal")
    parser.add_argument("-o", "--output", type=Path, required=True, help="CSV of the leads")
    parser.add_argument("--truth", type=Path, help="CSV of record_id,cluster_id in row order")
    return parser.parse_args()


if __name__ == "__main__":
    main()
