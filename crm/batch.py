"""What travels into a plan: values only, no open store among them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import pandas as pd

if TYPE_CHECKING:
    from dedupe.accounts import Accounts
    from dedupe.resolution import Resolution

__all__ = ["BatchInput", "Candidates", "Incoming", "Mark", "Matching", "Seen"]

Kind = Literal["lead", "call", "visit"]


@dataclass(frozen=True)
class BatchInput:
    """One import of one source.

    `content_hash` is of the file's bytes. A higher `trust` is believed first. `reading` says for
    people, one mapping a table, how the file was read and which column became which field.
    """

    source: str
    content_hash: str
    file: str | None = None
    kind: Kind = "lead"
    trust: int = 0
    on_possible_match: Literal["review", "hold"] = "review"
    model_version: str = ""
    blank: int = 0
    reading: Sequence[Mapping[str, object]] = ()


@dataclass(frozen=True)
class Incoming:
    """What the earlier steps found in the rows of a reading; every index is `row`.

    `raw` has every row as read, `places` its `file`, `sheet` and `line`, `hashes` its content
    hash. `records` are standardized (rows that are seen or in quarantine may be among them), `keys`
    the blocking keys (`row`, `key`, `kind`) of the rows to load where anybody had to ask for them
    (else they are made when they are written), `accounts` their companies.
    """

    raw: pd.DataFrame
    places: pd.DataFrame
    hashes: pd.Series
    records: pd.DataFrame
    issues: pd.DataFrame
    quarantined: pd.Index
    keys: pd.DataFrame | None
    accounts: "Accounts | None" = None


@dataclass(frozen=True)
class Mark:
    """How far the store had been written when it was looked at."""

    merge_event: int
    quarantine_row: int


@dataclass(frozen=True)
class Seen:
    """Which rows were imported before.

    `rows`: index `row`, seen rows only; `batch` (int64) that imported it, its `fate`, and
    `resumed`: whether that is the unfinished batch `resumes`, which this import continues.
    """

    rows: pd.DataFrame
    resumes: int | None
    imported_at: str
    mark: Mark


@dataclass(frozen=True)
class Candidates:
    """Records of the contacts that share a blocking key with new rows.

    `records`: index the id of the source record, negated, so never a row; columns `contact`,
    `source_record`, `trust`, `occurred_at`, `content_hash`, `doubtful` (JSON) and fields. All
    records of a contact are there, and each as it would read with pinned values, under a label of
    its own (`crm.pinned_records`). `hot` counts the keys left out because too many contacts share
    them; `population` is how many records the store holds, of which these are an extract.
    `cannot_link` and `must_link` are pairs of rows and labels of which people judged that they
    are not, or are, the same person.
    """

    records: pd.DataFrame
    hot: int
    population: int
    cannot_link: tuple[tuple[int, int], ...] = ()
    must_link: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True)
class Matching:
    """What deduplication decided about the rows to load and the candidates."""

    resolution: "Resolution"
    candidates: pd.DataFrame
