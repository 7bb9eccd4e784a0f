"""Records of which it is known who is who: generated leads, and public sets on this machine.

Public sets lie under the folder that the environment variable LEADGATE_CORPORA names, as
`people/NAME/records.csv` (`record_id` and the columns of the set) and `people/NAME/truth.csv`
(`record_id,cluster_id`). None of them is part of this repository.
"""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pandas as pd

from benchmarks.lead_damage import Damage
from benchmarks.lead_generator import generate

SEED: Final = 1


@dataclass(frozen=True)
class GeneratedLeads:
    """Leads of the generator, the same on every machine."""

    rows: int
    damage: Damage

    @property
    def name(self) -> str:
        """For instance `leads_20k`, `leads_20k_heavy`, `leads_1m`."""
        count = str(self.rows)
        for zeros, unit in (("000000", "m"), ("000", "k")):
            if count.endswith(zeros):
                count = count.removesuffix(zeros) + unit
                break
        return f"leads_{count}" + ("" if self.damage == "normal" else f"_{self.damage}")

    def write_records(self, path: Path) -> pd.Series:
        """Write the CSV that the tools read; the entity of each row, in the order of the file."""
        frame, truth = generate(self.rows, SEED, self.damage)
        frame.to_csv(path, index=False)
        return truth


@dataclass(frozen=True)
class PublicSet:
    """A labelled set in a folder."""

    folder: Path

    @property
    def name(self) -> str:
        """The name of the folder."""
        return self.folder.name

    def write_records(self, path: Path) -> pd.Series:
        """Write the CSV that the tools read, `record_id` left out; the entity of each row."""
        records = pd.read_csv(self.folder / "records.csv", dtype=str, keep_default_na=False)
        records.drop(columns="record_id").to_csv(path, index=False)
        truth = pd.read_csv(self.folder / "truth.csv", dtype=str).set_index("record_id")
        return truth["cluster_id"].reindex(records["record_id"]).reset_index(drop=True)


LabelledSet = GeneratedLeads | PublicSet


def find_public_sets() -> list[PublicSet]:
    """Every labelled set on this machine, by name; none where LEADGATE_CORPORA is unset."""
    corpora = os.environ.get("LEADGATE_CORPORA")
    if not corpora:
        return []
    folders = sorted(path.parent for path in Path(corpora, "people").glob("*/truth.csv"))
    return [PublicSet(folder) for folder in folders if (folder / "records.csv").is_file()]
