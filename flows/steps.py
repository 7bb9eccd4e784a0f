"""The steps of the main path: plain functions from values to values.

`extract`, `skip_seen`, `look_up`, `load` and `report` touch the outside world; everything between
is computation on frames.
"""

import hashlib
from collections.abc import Callable

import pandas as pd

from connectors.reading import read
from connectors.table import Table
from crm.plan import Plan
from crm.plan import plan as plan_load
from crm.store import Candidates, LoadResult, Seen, Store
from dedupe.accounts import resolve_accounts
from dedupe.blocking import blocking_keys
from dedupe.resolution import Resolution, resolve
from flows.job import ImportJob
from flows.stages import Cleaned, Mapped, Matched, Received
from validators.issues import concat_issues
from validators.mapping import apply_mapping, map_columns
from validators.quarantine import split
from validators.schemas import validate
from validators.standardize import standardize

Progress = Callable[[int, int], None]


def extract(job: ImportJob) -> Received:
    """Read the source: every row of every sheet, as text."""
    tables = read(job.path, job.reading)
    digest = hashlib.sha256(job.path.read_bytes()).hexdigest()
    return Received(tables, digest)
