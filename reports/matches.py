"""The pairs that were merged or wait for review: both records, what differs, and why."""

import json
from collections import Counter
from collections.abc import Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
import pandas as pd

from crm import ids
from reports.comparing import compare_records, name_record
from reports.issue_groups import place_of
from reports.model import Listed, Match, Place, Reason
from reports.tables import join_duplicates, tabulate_duplicates

WORKERS: Final = 2


@dataclass
class _Decided:
    """The pairs of one decision, as far as they were read: the first, how many, how heavy."""

    heaviest_first: bool
    first: pd.DataFrame | None = None
    total: int = 0
    weights: Counter[int] = field(default_factory=Counter)

    def add(self, pairs: pd.DataFrame, most: int) -> None:
        self.total += len(pairs)
        bits = np.floor(pairs["weight"].dropna()).astype("int64").value_counts()
        self.weights.update(bits.to_dict())
        known = pairs if self.first is None else pd.concat([self.first, pairs])
        order = known.sort_values(
            ["weight", "record", "other_record"], ascending=[not self.heaviest_first, True, True]
        )
        self.first = order.head(most)

    def listed(self) -> Listed[Match]:
        rows = () if self.first is None else self.first.itertuples()
        return Listed(tuple(describe_match(row) for row in rows), self.total)


@dataclass(frozen=True)
class Pairs:
    """All pairs of a batch: the first of each decision, how many weigh what, and the table."""

    review: Listed[Match]
    merged: Listed[Match]
    weights: dict[str, dict[int, int]]
    table: pd.DataFrame


def gather_pairs(chunks: Iterable[pd.DataFrame], most: int) -> Pairs:
    """Read the frames of `Store.batch_match_chunks`, keeping `most` pairs of each decision.

    What most likely is one person comes first, and what was merged on the weakest ground.
    """
    review, merged = _Decided(heaviest_first=True), _Decided(heaviest_first=False)
    tables: list[pd.DataFrame] = []
    # Frames are set out as tables while the next ones are being read, but not many wait for it.
    with ThreadPoolExecutor(WORKERS) as workers:
        coming: list[Future[pd.DataFrame]] = []
        for chunk in chunks:
            if len(coming) >= WORKERS:
                tables.append(coming.pop(0).result())
            coming.append(workers.submit(tabulate_duplicates, chunk))
            review.add(chunk[chunk["decision"] == "review"], most)
            merged.add(chunk[chunk["decision"] == "merged"], most)
        tables += [each.result() for each in coming]
    weights = {"merged": dict(merged.weights), "review": dict(review.weights)}
    return Pairs(review.listed(), merged.listed(), weights, join_duplicates(tables))


def describe_match(row: Any) -> Match:
    """One line of `Store.batch_match_chunks`."""
    values, others = _present(row.values), _present(row.other_values)
    return Match(
        decision=row.decision,
        weight=_number(row.weight),
        contact=_show("contact", row.contact),
        other_contact=_show("contact", row.other_contact),
        record=_show("source_record", row.record),
        other_record=_show("source_record", row.other_record),
        place=place_of(row),
        other_place=_other_place(row),
        name=name_record(values) or "no name",
        other_name=name_record(others) or "no name",
        fields=compare_records(values, others),
        reasons=tuple(
            Reason(str(each["comparison"]), str(each["words"]), _number(each["weight"]))
            for each in _parse(row.evidence) or ()
        ),
    )


def _other_place(row: Any) -> Place:
    """The other record's place; its data row counts in another file, so it is not told."""
    line = None if pd.isna(row.other_line) else int(row.other_line)
    file, sheet = (
        value if isinstance(value, str) else None for value in (row.other_file, row.other_sheet)
    )
    return Place(file, sheet, None, line)


def _present(values: str | None) -> dict[str, str]:
    return {name: value for name, value in (_parse(values) or {}).items() if value}


def _parse(text: str | None) -> Any:
    return json.loads(text) if isinstance(text, str) else None


def _number(value: Any) -> float | None:
    return None if pd.isna(value) else float(value)


def _show(table: str, number: Any) -> str | None:
    return None if pd.isna(number) else ids.show(table, int(number))
