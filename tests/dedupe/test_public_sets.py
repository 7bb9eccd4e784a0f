"""Quality on labelled public data, one shipped configuration for all."""

import os
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from dedupe.resolution import resolve
from validators.mapping.columns import map_columns
from validators.mapping.records import apply_mapping
from validators.standardize.frame import standardize

CORPORA = os.environ.get("LEADGATE_CORPORA")
pytestmark = pytest.mark.skipif(not CORPORA, reason="LEADGATE_CORPORA names no folder of corpora")


@pytest.mark.parametrize(
    ("name", "precision", "f1"),
    [
        ("febrl1", 0.99, 0.998),
        ("febrl2", 0.99, 0.998),
        ("febrl3", 0.99, 0.998),
        ("fake_1000", 1.0, 0.91),
        ("restaurants_fodors_zagats", 0.99, 0.95),
        ("chicago_early_childhood", 0.99, 0.84),
        ("historical_50k", 0.96, 0.88),
    ],
)
def test_public_sets(name: str, precision: float, f1: float) -> None:
    folder = Path(str(CORPORA)) / "people" / name
    rows = pd.read_csv(folder / "records.csv", dtype="str")
    truth = pd.read_csv(folder / "truth.csv", dtype="str").set_index("record_id")
    entity = truth.loc[rows["record_id"], "cluster_id"].to_numpy()
    rows = rows.drop(columns="record_id")
    records, _ = apply_mapping(rows, map_columns(rows))
    found = resolve(standardize(records).records).clusters.to_numpy()
    both = pd.DataFrame({"e": entity, "c": found})
    agreed, claimed, true = (_pairs(both, columns) for columns in (["e", "c"], ["c"], ["e"]))
    assert agreed / claimed >= precision
    assert 2 * agreed / (claimed + true) >= f1


def _pairs(labels: pd.DataFrame, columns: list[str]) -> float:
    sizes = labels.value_counts(columns).to_numpy(dtype=np.int64)
    return float((sizes * (sizes - 1) // 2).sum())
