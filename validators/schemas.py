"""Standardized records held to the model of a lead.

`validate` holds it over standardized records, row by row, and adds what only a
whole row shows. Rows are never dropped here; `quarantine.split` reads the issues.
"""

from typing import Final

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from validators.fields import EMAIL_FIELDS, FIELDS, PHONE_FIELDS
from validators.forms import STANDARD
from validators.issues import concat_issues, empty_issues, make_issues
from validators.suspicion import find_suspicious

IDENTIFYING: Final = (
    "given_name",
    "family_name",
    "full_name",
    "company",
    *EMAIL_FIELDS,
    *PHONE_FIELDS,
)
REACHING: Final = (*EMAIL_FIELDS, *PHONE_FIELDS, "street")
NAMED: Final = ("given_name", "family_name", "full_name")

# Python knows more spaces than RE2.
SPACES: Final = r"[\s\p{Z}\x0b\x1c-\x1f\x85]"

# A line with one of these is no record, so nothing else about it matters.
NO_RECORD: Final = (
    "row.repeated_header",
    "row.totals_line",
    "row.rule_line",
    "row.units_line",
    "file.bad_json",
)


def validate(records: pd.DataFrame, issues: pd.DataFrame) -> pd.DataFrame:
    """Return the issues of standardized records: those given, the schema's and the rows' own.

    Of a line that is no record at all (a header, a total) only that is said. Raises pandera's
    SchemaErrors where the frame itself is wrong (a column that is no field, a row number twice):
    that is a fault of the caller, not of the data.
    """
    every = concat_issues(
        [
            issues,
            find_mismatches(records),
            find_row_issues(records, issues),
            find_suspicious(records),
        ]
    )
    no_record = every["code"].isin(NO_RECORD)
    return every[no_record | ~every["row"].isin(every.loc[no_record, "row"])].reset_index(drop=True)


def find_mismatches(records: pd.DataFrame) -> pd.DataFrame:
    """Return a `schema.mismatch` for every value that is not in the standard form of its field."""
    if is_standard(records):
        return empty_issues()
    # There should never be one, so the model is loaded, which is slow, only to say which.
    from pandera.errors import SchemaErrors  # noqa: PLC0415

    from validators.models import LeadSchema  # noqa: PLC0415

    try:
        LeadSchema.validate(records, lazy=True)
    except SchemaErrors as errors:
        cases = errors.failure_cases
        if cases["index"].isna().any() or (cases["schema_context"] == "Index").any():
            raise
        seen = cases.drop_duplicates(["index", "column"])
        return make_issues(
            (int(row), column if column in records else None, "schema.mismatch", None, None)
            for row, column in zip(seen["index"], seen["column"], strict=True)
        )
    return empty_issues()


def is_standard(records: pd.DataFrame) -> bool:
    """Tell whether records keep the model of a lead; if so, `LeadSchema` has nothing to say."""
    numbered = records.index.dtype == "int64" and records.index.is_unique
    if not numbered or (records.index < 0).any() or not set(records.columns) <= set(FIELDS):
        return False
    return all(_keeps_form(records[name], STANDARD.get(str(name))) for name in records)


def _keeps_form(column: "pd.Series[str]", form: str | None) -> bool:
    if column.dtype != "str":
        return False
    texts = pa.array(column, type=pa.large_string(), from_pandas=True)
    if form is None:
        return pc.all(pc.not_equal(texts, "")).as_py() is not False
    spaced = pc.any(pc.match_substring_regex(texts, SPACES)).as_py()
    return not spaced and pc.all(pc.match_substring_regex(texts, form)).as_py() is not False


def find_row_issues(records: pd.DataFrame, issues: pd.DataFrame) -> pd.DataFrame:
    """Return what only whole rows show: nobody in it, or no way to reach the person.

    A row in which a value of that kind was refused has its issue already.
    """
    nobody = ~_any_of(records, IDENTIFYING) & ~_refused(records, issues, IDENTIFYING)
    person = _any_of(records, NAMED) & ~_any_of(records, REACHING)
    person &= ~_refused(records, issues, REACHING)
    found = [(int(row), None, "row.nobody", None, None) for row in records.index[nobody]]
    found += [(int(row), None, "row.unreachable", None, None) for row in records.index[person]]
    return make_issues(found)


def _any_of(records: pd.DataFrame, fields: tuple[str, ...]) -> NDArray[np.bool_]:
    present = [field for field in fields if field in records]
    return records[present].notna().any(axis=1).to_numpy(dtype=bool)


def _refused(
    records: pd.DataFrame, issues: pd.DataFrame, fields: tuple[str, ...]
) -> NDArray[np.bool_]:
    refused = issues[(issues["severity"] == "error") & issues["field"].isin(fields)]
    return records.index.isin(refused["row"])
