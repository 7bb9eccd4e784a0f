"""Lead files in, clusters out, with what the peers' environment has."""

from collections.abc import Iterable
from pathlib import Path

import pyarrow as pa
from pyarrow import csv


def read_text(path: Path) -> pa.Table:
    """Every column as text, blank cells as null: leading zeros survive."""
    with csv.open_csv(path, parse_options=_PARSE) as reader:
        names = reader.schema.names
    kinds = csv.ConvertOptions(column_types=dict.fromkeys(names, pa.string()), null_values=[""])
    kinds.strings_can_be_null = True
    return csv.read_csv(path, parse_options=_PARSE, convert_options=kinds)


def write_clusters(path: Path, rows: Iterable[int], clusters: Iterable[object]) -> None:
    """Write `row,cluster`: the 0-based row of the file and a label."""
    table = pa.table({"row": list(rows), "cluster": [str(cluster) for cluster in clusters]})
    csv.write_csv(table, path)


_PARSE = csv.ParseOptions(newlines_in_values=True)
