"""The two promises about a table of leads, as pandera models.

All text when read, in standard form when standardized. They are the word on what a lead is, for
tests and for schemas of one's own; a run asks `schemas.find_mismatches`, which is told by the law
that both say the same.
"""

import numpy as np
import pandas as pd
import pandera.pandas as pa
from pandera.typing.pandas import Index, Series

from validators.fields import FIELDS
from validators.forms import ALPHA_2, DAY, DECIMAL, E164, EMAIL, FLAG, MOMENT, WEB

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
