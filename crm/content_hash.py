"""What a row is known by when it comes again: a hash of its cells."""

import hashlib

import duckdb
import pandas as pd
import pyarrow as pa

__all__ = ["content_hashes"]


def content_hashes(rows: pd.DataFrame) -> pd.Series:
    """Hash each row: index `row` -> 32 hexadecimal digits, the same in every run and version.

    The hash is MD5 over the (header, value) pairs of the filled cells in the order of the
    headers, so the order of rows and columns and columns left empty change nothing. The second,
    third… of equal rows in one reading counts as another record, with a hash of its own.
    """
    base = _hash_cells(rows)
    turn = base.groupby(base).cumcount()
    again = turn > 0
    base.loc[again] = [
        hashlib.md5(f"{first}#{n}".encode(), usedforsecurity=False).hexdigest()
        for first, n in zip(base[again], turn[again], strict=True)
    ]
    return base


def _hash_cells(rows: pd.DataFrame) -> pd.Series:
    headers = sorted(rows.columns)
    # Lengths in front make sure that no two different rows are ever written the same.
    cells = [f"coalesce(? || strlen(c{n}) || ':' || c{n}, '')" for n in range(len(headers))]
    table = pa.table({f"c{n}": pa.array(rows[h], pa.string()) for n, h in enumerate(headers)})
    if not headers:
        table = pa.table({"nothing": pa.nulls(len(rows))})
    with duckdb.connect() as database:
        database.register("cells", table)
        sql = f"SELECT md5({' || '.join(cells) or repr('')}) AS hash FROM cells"  # noqa: S608 — numbers only
        hashes = database.sql(sql, params=[f"{len(h)}:{h}=" for h in headers]).to_arrow_table()
    return pd.Series(hashes["hash"].to_pandas(), dtype="str").set_axis(rows.index)
