"""Delimited text: CSV and its relatives, in any dialect and encoding.

A clean file is parsed in columns by Arrow; whatever Arrow and the careful reader could understand
differently is left to the careful reader, which keeps every row and says what was wrong with it.
"""

import re
from itertools import islice
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd

from connectors.errors import EmptyFileError
from connectors.spreadsheets.careful import parse_carefully
from connectors.spreadsheets.dialect import Dialect, find_dialect
from connectors.spreadsheets.encoding import Decoded, decode
from connectors.spreadsheets.grid import (
    LOOKED_AT,
    Above,
    Header,
    Origin,
    make_table,
    preamble_of,
    read_header,
    tabulate,
)
from connectors.table import WHOLE_TABLE, Finding, ReadOptions, Table, findings_frame

# A file this short is parsed carefully before Arrow would be loaded.
SMALL: Final = 1_000_000


def read_delimited(path: Path, content: bytes, options: ReadOptions) -> Table:
    """Read a delimited text file."""
    decoded = decode(content, options.encoding, path)
    if not decoded.text.strip():
        raise EmptyFileError(path, "there is nothing in it.")
    dialect = find_dialect(decoded.text, options.delimiter)
    origin = Origin(path, None, decoded.encoding, dialect.delimiter)
    table = None
    if len(content) > SMALL:
        table = read_in_columns(decoded.text, dialect, origin, options)
    if table is None:
        table = tabulate(parse_carefully(decoded.text, dialect), origin, options)
    return _noting_assumption(table, decoded)


def read_in_columns(
    text: str, dialect: Dialect, origin: Origin, options: ReadOptions
) -> Table | None:
    """Parse a clean text by Arrow; None where it might be understood otherwise than carefully.

    Clean: one row a line, every row as wide as the header, quotes only around whole cells.
    """
    if dialect.escape or dialect.quote != '"' or "\x00" in text or _has_odd_quotes(text, dialect):
        return None
    head = parse_carefully("".join(islice(_lines(text), LOOKED_AT)), dialect)
    header = read_header(head, origin, options)
    if head.blank or head.findings or head.lines != list(range(1, len(head.lines) + 1)):
        return None
    columns = _parse_columns(text, dialect, header)
    if columns is None:
        return None
    skipped = header.line or 0
    total = text.count("\n") + (not text.endswith("\n"))
    if len(next(iter(columns.values()))) != total - skipped:
        return None
    lines = np.arange(skipped + 1, total + 1, dtype="int64")
    return make_table(columns, lines, header, origin, Above(0, preamble_of(head, header)))


def _parse_columns(
    text: str, dialect: Dialect, header: Header
) -> "dict[str, pd.api.extensions.ExtensionArray] | None":
    import pyarrow as pa  # noqa: PLC0415 - only large files need it
    from pyarrow import csv  # noqa: PLC0415 - only large files need it

    names = list(header.names)
    try:
        table = csv.read_csv(
            pa.BufferReader(text.encode()),
            read_options=csv.ReadOptions(
                column_names=names, skip_rows=header.line or 0, block_size=1 << 24
            ),
            parse_options=csv.ParseOptions(
                delimiter=dialect.delimiter, newlines_in_values=False, ignore_empty_lines=False
            ),
            convert_options=csv.ConvertOptions(
                column_types=dict.fromkeys(names, pa.large_string()),
                strings_can_be_null=False,
            ),
        )
    except pa.ArrowInvalid:
        return None
    return {name: pd.array(table[name], dtype="str") for name in names}


def _has_odd_quotes(text: str, dialect: Dialect) -> bool:
    """Whether a quote stands anywhere but at the edge of a cell or doubled."""
    if '"' not in text:
        return False
    edge = re.escape(dialect.delimiter)
    return re.search(rf'[^\r\n"{edge}]"[^\r\n"{edge}]|\r(?!\n)', text) is not None


def _lines(text: str) -> list[str]:
    end = 0
    for _ in range(LOOKED_AT):
        found = text.find("\n", end)
        if found < 0:
            return text.splitlines(keepends=True)
        end = found + 1
    return text[:end].splitlines(keepends=True)


def _noting_assumption(table: Table, decoded: Decoded) -> Table:
    if not decoded.assumed:
        return table
    assumed = Finding(WHOLE_TABLE, None, "file.encoding_assumed", None, decoded.encoding)
    findings = pd.concat([findings_frame([assumed]), table.findings], ignore_index=True)
    return Table(**{**vars(table), "findings": findings})
