"""The two promises about a table of leads: all text when read, in standard form when standardized.

`validate` states the second one over standardized records, row by row, and adds what only a
whole row shows. Rows are never dropped here; `quarantine.split` reads the issues.
"""

from typing import Final

import numpy as np
import pandas as pd
import pandera.pandas as pa
from numpy.typing import NDArray
from pandera.typing.pandas import Index, Series

from validators.fields import EMAIL_FIELDS, FIELDS, PHONE_FIELDS
from validators.issues import concat_issues, empty_issues, make_issues
from validators.suspicion import find_suspicious

E164: Final = r"^\+[1-9]\d{4,14}$|^\d{4,15}$"
EMAIL: Final = r"^[^@\s]+@[^@\s]+\.[^@\s]+$"
DAY: Final = r"^\d{4}-\d{2}-\d{2}$"
MOMENT: Final = r"^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}:\d{2}Z?)?$"
ALPHA_2: Final = r"^[A-Z]{2}$"
DECIMAL: Final = r"^-?\d+(?:\.\d+)?$"
FLAG: Final = r"^(?:true|false)$"
WEB: Final = r"^https?://\S+$"

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

# A line with one of these is no record, so nothing else about it matters.
NO_RECORD: Final = ("row.repeated_header", "row.totals_line", "file.bad_json")

Text = Series[str] | None


class RawSchema(pa.DataFrameModel):
    """A table as read: every column text, rows numbered once."""

    row: Index[np.int64] = pa.Field(unique=True, ge=0, check_name=False)

    @pa.dataframe_check(name="all_text")
    def all_text(cls, rows: pd.DataFrame) -> bool:  # noqa: N805 (pandera calls it with the class)
        """Every column is of pandas' str dtype."""
        return all(dtype == "str" for dtype in rows.dtypes)


class LeadSchema(pa.DataFrameModel):
    """Standardized records: any of the fields, each in its standard form, null where missing."""

    row: Index[np.int64] = pa.Field(unique=True, ge=0, check_name=False)
    email: Text = pa.Field(nullable=True, str_matches=EMAIL)
    email_2: Text = pa.Field(nullable=True, str_matches=EMAIL)
    email_3: Text = pa.Field(nullable=True, str_matches=EMAIL)
    phone: Text = pa.Field(nullable=True, str_matches=E164)
    phone_2: Text = pa.Field(nullable=True, str_matches=E164)
    mobile: Text = pa.Field(nullable=True, str_matches=E164)
    fax: Text = pa.Field(nullable=True, str_matches=E164)
    call_to: Text = pa.Field(nullable=True, str_matches=E164)
    country: Text = pa.Field(nullable=True, str_matches=ALPHA_2)
    birth_date: Text = pa.Field(nullable=True, str_matches=DAY)
    occurred_at: Text = pa.Field(nullable=True, str_matches=MOMENT)
    email_opt_out: Text = pa.Field(nullable=True, str_matches=FLAG)
    do_not_call: Text = pa.Field(nullable=True, str_matches=FLAG)
    amount: Text = pa.Field(nullable=True, str_matches=DECIMAL)
    call_seconds: Text = pa.Field(nullable=True, str_matches=DECIMAL)
    website: Text = pa.Field(nullable=True, str_matches=WEB)

    @pa.dataframe_check(name="known_fields")
    def known_fields(cls, records: pd.DataFrame) -> bool:  # noqa: N805 (pandera calls it with the class)
        """Every column is a field, and text."""
        return set(records.columns) <= set(FIELDS) and all(d == "str" for d in records.dtypes)

    @pa.dataframe_check(name="no_empty_text")
    def no_empty_text(cls, records: pd.DataFrame) -> pd.Series:  # noqa: N805 (pandera calls it with the class)
        """Missing is null, never an empty text."""
        return ~(records == "").any(axis=1)


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
    try:
        LeadSchema.validate(records, lazy=True)
    except pa.errors.SchemaErrors as errors:
        cases = errors.failure_cases
        if cases["index"].isna().any() or (cases["schema_context"] == "Index").any():
            raise
        seen = cases.drop_duplicates(["index", "column"])
        return make_issues(
            (int(row), column if column in records else None, "schema.mismatch", None, None)
            for row, column in zip(seen["index"], seen["column"], strict=True)
        )
    return empty_issues()


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
