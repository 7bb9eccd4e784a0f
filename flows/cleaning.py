"""The first half of the main path: from a file to clean records. No store, no matching.

`extract` touches the outside world; the others are computation on frames.
"""

import hashlib
from dataclasses import replace

import pandas as pd

from connectors.reading import read
from flows.attributes import name_attributes
from flows.columns import find_unsure, map_table, pass_over_notes, read_saved
from flows.distributed.choosing import work_of
from flows.job import ImportJob
from flows.stages import Cleaned, Mapped, Received
from flows.unguarding import unguard_records
from validators.calls import face_the_person
from validators.grading import grade_issues
from validators.issues import TABLE_ROW, concat_issues
from validators.mapping.changing import find_changes
from validators.own_rules import find_breaches
from validators.own_schemas import find_misfits, load_schema
from validators.quarantine import split
from validators.schemas import validate as validate_records
from validators.spelling import mend_spelling
from validators.standardize import standardize as standardize_records


def extract(job: ImportJob) -> Received:
    """Read the source: every row of every sheet, as text."""
    tables = read(job.path, job.reading)
    with job.path.open("rb") as file:
        return Received(tables, hashlib.file_digest(file, "sha256").hexdigest())


def map_columns(received: Received, job: ImportJob) -> Mapped:
    """Find out which field each column is."""
    saved = read_saved(job.mapping)
    tables, notes = pass_over_notes(received.tables, job.overrides)
    received = replace(received, tables=tables)
    mapped = [map_table(table, job.overrides, saved) for table in tables]
    issues = [
        concat_issues([table.findings, find_unsure(columns), find_changes(table.rows, columns)])
        for table, (columns, _, _) in zip(tables, mapped, strict=True)
    ]
    return Mapped(
        received=received,
        raw=pd.concat([table.rows for table in tables]),
        places=pd.concat([places for _, _, places in mapped]),
        records=unguard_records(pd.concat([records for _, records, _ in mapped])),
        mappings=tuple(columns for columns, _, _ in mapped),
        attributes=name_attributes(
            (each for columns, _, _ in mapped for each in columns.columns), job
        ),
        issues=concat_issues([notes, *issues]),
        of_tables=tuple(found[found["row"] == TABLE_ROW] for found in issues),
    )


def standardize(mapped: Mapped, job: ImportJob) -> Cleaned:
    """Bring every value into its standard form, and note what was found on the way."""
    done = standardize_records(
        mapped.records, default_country=job.default_country, work_on=work_of(job.workers)
    )
    records, slips = mend_spelling(done.records)
    issues = concat_issues([mapped.issues, done.issues, slips])
    records = face_the_person(records) if job.kind == "call" else records
    return Cleaned(records, issues, records.index[:0])


def validate(cleaned: Cleaned, job: ImportJob) -> Cleaned:
    """Hold the records to the schema of a lead; grade the issues as the settings say."""
    issues = [validate_records(cleaned.records, cleaned.issues)]
    issues.append(find_breaches(cleaned.records, job.rules))
    if job.schema_class:
        issues.append(find_misfits(cleaned.records, load_schema(job.schema_class)))
    return replace(cleaned, issues=grade_issues(concat_issues(issues), job.severities))


def quarantine(cleaned: Cleaned) -> Cleaned:
    """Set the rows with errors apart."""
    _sound, quarantined = split(cleaned.records, cleaned.issues)
    return replace(cleaned, quarantined=quarantined)
