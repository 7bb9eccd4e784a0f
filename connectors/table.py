"""What reading gives: a table of texts that knows where each row stood."""

from array import array
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:  # a workbook's reader is at work while they are loaded
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

FINDING_COLUMNS: Final = ("row", "field", "code", "severity", "before", "after")
SEVERITIES: Final = {
    "file.encoding_assumed": "warning",
    "file.no_header": "warning",
    "file.duplicate_header": "warning",
    "file.empty_header": "warning",
    "file.header_too_short": "warning",
    "file.one_column": "warning",
    "file.second_table": "warning",
    "file.transposed": "warning",
    "file.excel_texts": "repaired",
    "file.other_quotes": "repaired",
    "file.line_marks": "repaired",
    "file.cut_off": "warning",
    "file.no_rows": "warning",
    "file.empty_sheet": "warning",
    "file.hidden_sheet": "warning",
    "file.passed_over": "warning",
    "file.unclosed_quote": "error",
    "file.bad_json": "error",
    "row.too_short": "warning",
    "row.too_long": "error",
    "row.surplus_separator": "warning",
    "row.stray_quote": "warning",
    "row.mixed_encoding": "warning",
    "row.repeated_header": "error",
    "row.totals_line": "error",
    "row.rule_line": "error",
    "row.units_line": "error",
    "row.second_header": "warning",
    "row.lone_cell": "warning",
    "row.comment_line": "warning",
    "row.swallowed_line": "warning",
    "row.hidden": "warning",
    "cell.nul": "error",
    "cell.surrogate": "error",
    "cell.merged_filled": "repaired",
    "cell.formula_error": "warning",
}
WHOLE_TABLE: Final = -1


class Finding(NamedTuple):
    """One finding on a row, or on the whole table; `field` is a column."""

    row: int
    field: str | None
    code: str
    before: str | None = None
    after: str | None = None


@dataclass(frozen=True)
class ReadOptions:
    """How to read a file, where it is not to be found out.

    `sheets`: names of the sheets to read, all where None. `header_row`: 1-based line (or sheet
    row) of the header. `encoding`: any name Python knows. `delimiter`: one character.
    """

    sheets: tuple[str, ...] | None = None
    header_row: int | None = None
    encoding: str | None = None
    delimiter: str | None = None


@dataclass(frozen=True)
class Table:
    """One sheet or file as text; docs/architecture.md says what each attribute holds.

    `positions`: where each column of `rows` stands in the file or sheet, from 0; empty where
    columns have no place, as in JSON.
    """

    file: str
    sheet: str | None
    rows: "pd.DataFrame"
    lines: "NDArray[np.int64]"
    header_line: int | None
    preamble: tuple[str, ...]
    encoding: str | None
    delimiter: str | None
    blank: int
    findings: "pd.DataFrame"
    positions: tuple[int, ...] = ()


def findings_frame(found: Iterable[Finding]) -> "pd.DataFrame":
    """Make the frame of findings (`row`, `field`, `code`, `severity`, `before`, `after`).

    One at a time: a hostile file has a million of them.
    """
    import numpy as np  # noqa: PLC0415 - with the first table
    import pandas as pd  # noqa: PLC0415 - with the first table

    rows = array("q")
    columns: dict[str, list[str | None]] = {name: [] for name in FINDING_COLUMNS[1:]}
    for each in found:
        rows.append(each.row)
        columns["field"].append(each.field)
        columns["code"].append(each.code)
        columns["severity"].append(SEVERITIES[each.code])
        columns["before"].append(each.before)
        columns["after"].append(each.after)
    texts = {name: pd.array(values, dtype="str") for name, values in columns.items()}
    return pd.DataFrame({"row": np.array(rows, dtype="int64"), **texts})
