"""Imports of a few rows, as the main path does them, but in chunks of six rows."""

import csv
import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import select

import crm.plan
from crm import models
from crm.opening import reading
from crm.plan import Plan
from crm.store import Store
from flows import cleaning, loading
from flows.job import ImportJob, Kind
from flows.stages import Cleaned, Mapped

__all__ = ["SmallImport", "describe", "fingerprint", "people"]

HEADER = ("First Name", "Last Name", "Email", "Phone", "Company", "Notes")


def people(names: Sequence[str], note: str) -> list[tuple[str, ...]]:
    """Make a row for each name; `?` gives one that belongs into quarantine."""
    rows: list[tuple[str, ...]] = []
    for number, name in enumerate(names):
        given, _, family = name.partition(" ")
        digits = sum(ord(letter) * 31**place for place, letter in enumerate(name)) % 10_000
        mail = f"{given}.{family}@{family}.example.org".lower()
        known = (given, family, mail, f"+1 415 555 {digits:04d}", f"{family} Ltd")
        unknown = ("", "", "nobody at all", "", "")
        rows.append((*(unknown if name == "?" else known), f"{note} {number}"))
    return rows


@dataclass(frozen=True)
class SmallImport:
    """One file to import; the early stages are run once, whatever happens to the store."""

    source: str
    rows: Sequence[tuple[str, ...]]
    kind: Kind = "lead"
    chunk_rows: int = 6

    @cached_property
    def stages(self) -> tuple[ImportJob, Mapped, Cleaned]:
        """Read, map, standardize and validate the file."""
        with TemporaryDirectory() as folder:
            path = Path(folder) / f"{self.source}.csv"
            with path.open("w", newline="") as file:
                csv.writer(file).writerows([HEADER, *self.rows])
            job = ImportJob(self.source, path, store="", kind=self.kind, default_country="US")
            mapped = cleaning.map_columns(cleaning.extract(job), job)
        standardized = cleaning.standardize(mapped, job)
        return job, mapped, cleaning.quarantine(cleaning.validate(standardized, job))

    def plan(self, store: Store) -> Plan:
        """Match the rows against the store, and plan."""
        crm.plan.CHUNK_ROWS = self.chunk_rows  # type: ignore[misc] # so that there are several
        job, mapped, cleaned = self.stages
        fresh = loading.skip_seen(store, mapped, cleaned, job)
        matched = loading.match(fresh, loading.look_up(store, fresh), job)
        return loading.merge(mapped, cleaned, fresh, matched, job)

    def run(self, store: Store) -> None:
        """Import the rows."""
        store.load(self.plan(store))


def describe(store: Store) -> list[str]:
    """Tell what a store holds, apart from times and from what the order of work decides."""
    golden: dict[int, tuple[object, list[str]]] = {}
    columns = [models.contact.c[name] for name in ("id", "full_name", "email", "fields")]
    tied = select(models.link.c.contact_id, models.source_record.c.raw).join(
        models.source_record, models.source_record.c.id == models.link.c.source_record_id
    )
    counts = ("rows_in", "created", "merged", "quarantined", "already_seen", "status")
    batches = select(*(models.batch.c[name] for name in counts)).order_by(models.batch.c.id)
    with reading(store.engine) as connection:
        alive = select(*columns).where(models.contact.c.merged_into.is_(None))
        for number, *values in connection.execute(alive):
            golden[number] = (tuple(values), [])
        for number, raw in connection.execute(tied.where(models.link.c.active)):
            golden[number][1].append(raw)
        return [
            *sorted(str((values, sorted(raws))) for values, raws in golden.values()),
            *sorted(connection.scalars(select(models.quarantine_row.c.raw))),
            *(str(tuple(row)) for row in connection.execute(batches)),
        ]


def fingerprint(store: Store) -> str:
    """Hash all that a store holds, apart from times."""
    found = hashlib.sha256()
    with reading(store.engine) as connection:
        for table in models.batch.metadata.sorted_tables:
            columns = [each for each in table.c if not re.search("(^|_)at$", each.name)]
            lines = sorted(repr(tuple(row)) for row in connection.execute(select(*columns)))
            found.update(f"{table.name}{lines}".encode())
    return found.hexdigest()
