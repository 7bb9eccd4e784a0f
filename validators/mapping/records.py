"""The records of a mapped table: its columns under the names of fields, the others as extra."""

import pandas as pd

from validators.fields import FIELDS
from validators.mapping.ambiguity import HOUSE_NUMBERS
from validators.mapping.columns import ColumnMapping
from validators.mapping.consent import is_consent, turn_round
from validators.mapping.headers import fold_header, squeeze


def apply_mapping(rows: pd.DataFrame, mapping: ColumnMapping) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the records (columns named like fields, in the order of FIELDS) and the extra columns.

    Both have the index of `rows`. An empty text is null. Columns of one field are joined with a
    space, a house number before or after the street as its language has it. Consent becomes the
    contrary, an opt-out.
    """
    sources: dict[str, list[str]] = {}
    for mapped in mapping.columns:
        if mapped.field:
            sources.setdefault(mapped.field, []).append(mapped.column)
    agreed = sources.get("email_opt_out", [])
    rows = rows.assign(**{name: turn_round(rows[name]) for name in agreed if is_consent(name)})
    records = {field: _join(rows, sources[field]) for field in FIELDS if field in sources}
    index = pd.Index(rows.index, name="row")
    extra = rows[[mapped.column for mapped in mapping.columns if not mapped.field]]
    return pd.DataFrame(records, index=index), extra.set_axis(index)


def _join(rows: pd.DataFrame, headers: list[str]) -> "pd.Series[str]":
    """Join the columns of one field, in their order, house numbers apart."""
    first, *others = sorted(headers, key=_house_number)
    joined = _filled(rows[first])
    for header in others:
        other = _filled(rows[header]).mask(rows[header] == joined)  # said once is enough
        joined = joined.str.cat(other, sep=" ").fillna(joined).fillna(other)
    return joined


def _filled(column: "pd.Series[str]") -> "pd.Series[str]":
    texts = column.astype("str")
    return texts.mask(texts == "")


def _house_number(header: str) -> int:
    """Return where a column stands in a street line: 0 before, 1 in, 2 behind the name."""
    before = HOUSE_NUMBERS.get(squeeze(fold_header(header)))
    return 1 if before is None else (0 if before else 2)
