"""A pair that was merged or waits for review: both records, what differs, and why it was held."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from crm import ids
from reports.comparing import compare_records, name_record
from reports.issue_groups import place_of
from reports.model import Match, Place, Reason


def describe_match(row: Any) -> Match:
    """One line of `Store.batch_matches`."""
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
            for each in row.evidence or ()
        ),
    )


def _other_place(row: Any) -> Place:
    """The other record's place; its data row counts in another file, so it is not told."""
    line = None if pd.isna(row.other_line) else int(row.other_line)
    file, sheet = (
        value if isinstance(value, str) else None for value in (row.other_file, row.other_sheet)
    )
    return Place(file, sheet, None, line)


def _present(values: Mapping[str, str | None]) -> dict[str, str]:
    return {name: value for name, value in values.items() if value}


def _number(value: Any) -> float | None:
    return None if pd.isna(value) else float(value)


def _show(table: str, number: Any) -> str | None:
    return None if pd.isna(number) else ids.show(table, int(number))
