"""Whole frames to JSON objects, one a row, and back; missing values are left out."""

import io
import json
import re
from collections.abc import Sequence

import pandas as pd
import pyarrow as pa
import pyarrow.json

from crm.row_texts import compute_texts
from validators.fields import ATTRIBUTE, ATTRIBUTE_PREFIX

__all__ = ["attributes_in", "from_json", "to_json"]

# An expression over more columns takes longer to plan than the cells of a row take in Python.
_WIDE = 500
# A quote within a text is escaped, so that this is only ever found where a member begins.
_ATTRIBUTE = re.compile(rf'[{{,]"({ATTRIBUTE.pattern})":')
_FEW = 200  # objects that Python reads sooner than Arrow sets out


def to_json(frame: pd.DataFrame) -> pd.Series:
    """Write each row of text columns as a JSON object, keys in the order of the columns."""
    names = [str(name) for name in frame.columns]
    if not names or frame.empty:
        return pd.Series("{}", index=frame.index, dtype="str")
    if len(names) > _WIDE:
        return pd.Series(_write_wide(frame, names), index=frame.index, dtype="str")
    members = [f"CASE WHEN c{n} IS NOT NULL THEN ? || to_json(c{n}) END" for n in range(len(names))]
    keys = [json.dumps(name, ensure_ascii=False) + ":" for name in names]
    return compute_texts(frame, f"'{{' || concat_ws(',', {', '.join(members)}) || '}}'", keys)


def _write_wide(frame: pd.DataFrame, names: Sequence[str]) -> list[str]:
    return [
        json.dumps(
            {name: cell for name, cell in zip(names, cells, strict=True) if isinstance(cell, str)},
            ensure_ascii=False,
            separators=(",", ":"),
        )
        for cells in frame.itertuples(index=False, name=None)
    ]


def from_json(texts: pd.Series, names: Sequence[str]) -> pd.DataFrame:
    """Read JSON objects of text members into columns; `names` are the members wanted.

    A column that no row fills is left out.
    """
    if texts.empty:
        return pd.DataFrame(index=texts.index)
    if len(texts) <= _FEW:
        members = [json.loads(text) for text in texts]
        columns = {name: [each.get(name) for each in members] for name in names}
        return pd.DataFrame(
            {
                name: pd.array(column, dtype="str")
                for name, column in columns.items()
                if any(text is not None for text in column)
            },
            index=texts.index,
        )
    wanted = pa.schema([(name, pa.string()) for name in names])
    lines = "\n".join(texts).encode()
    table = pyarrow.json.read_json(
        io.BytesIO(lines),
        read_options=pyarrow.json.ReadOptions(block_size=max(1 << 20, len(lines))),
        parse_options=pyarrow.json.ParseOptions(
            explicit_schema=wanted, unexpected_field_behavior="ignore"
        ),
    )
    filled = [name for name in names if table[name].null_count < len(table)]
    return pd.DataFrame({name: pd.array(table[name], dtype="str") for name in filled}).set_axis(
        texts.index
    )


def attributes_in(texts: pd.Series) -> list[str]:
    """Find the attributes (`attributes.NAME`) that JSON objects have as members, by name."""
    some = texts[texts.str.contains(f'"{ATTRIBUTE_PREFIX}', regex=False)]
    return sorted({name for text in some for name in _ATTRIBUTE.findall(text)})
