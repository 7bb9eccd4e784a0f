"""What a row is known by when it comes again: a hash of its cells."""

import hashlib

import pandas as pd

from crm.row_texts import compute_texts
from dedupe.cores import on_all_cores

__all__ = ["content_hashes", "hash_cells"]

# An expression over more columns takes longer to plan than the cells of a row take in Python.
WIDE = 500
PART = 100_000  # rows hashed at a time by each core


def content_hashes(rows: pd.DataFrame) -> pd.Series:
    """Hash each row: index `row` -> 32 hexadecimal digits, the same in every run and version.

    The hash is MD5 over the (header, value) pairs of the filled cells in the order of the
    headers, so the order of rows and columns and columns left empty change nothing. The second,
    third… of equal rows in one reading counts as another record, with a hash of its own.
    """
    base = hash_cells(rows)
    turn = base.groupby(base).cumcount()
    again = turn > 0
    base.loc[again] = [
        hashlib.md5(f"{first}#{n}".encode(), usedforsecurity=False).hexdigest()
        for first, n in zip(base[again], turn[again], strict=True)
    ]
    return base


def hash_cells(rows: pd.DataFrame) -> pd.Series:
    """Hash the (column, value) pairs of the filled cells of each row."""
    headers = sorted(rows.columns)
    if not headers:
        return pd.Series(hashlib.md5(b"", usedforsecurity=False).hexdigest(), rows.index, "str")
    if len(headers) > WIDE:
        return _hash_wide(rows[headers])
    # Lengths in front make sure that no two different rows are ever written the same.
    cells = [f"coalesce(? || strlen(c{n}) || ':' || c{n}, '')" for n in range(len(headers))]
    names = [f"{len(header)}:{header}=" for header in headers]
    parts = [rows.iloc[start : start + PART] for start in range(0, max(len(rows), 1), PART)]
    expression = f"md5({' || '.join(cells)})"
    hashes: pd.Series = pd.concat(
        on_all_cores(lambda part: compute_texts(part[headers], expression, names), parts)
    )
    return hashes


def _hash_wide(rows: pd.DataFrame) -> pd.Series:
    """The same hash for sheets as wide as sheets can be; an expression would be too deep."""
    names = [f"{len(header)}:{header}=" for header in rows.columns]
    hashes = [
        hashlib.md5(
            "".join(
                f"{name}{len(cell.encode())}:{cell}"
                for name, cell in zip(names, cells, strict=True)
                if isinstance(cell, str)
            ).encode(),
            usedforsecurity=False,
        ).hexdigest()
        for cells in rows.itertuples(index=False, name=None)
    ]
    return pd.Series(hashes, rows.index, "str")
