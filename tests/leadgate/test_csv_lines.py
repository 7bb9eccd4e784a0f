"""Large tables written column by column are the files that pandas writes."""

from io import BytesIO

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from leadgate.cli.csv_lines import write_lines

NUMBERS = st.integers(-(2**63), 2**63 - 1)
TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=6)
ROWS = st.lists(st.tuples(NUMBERS, st.none() | NUMBERS, st.none() | TEXTS), max_size=8)


@given(ROWS)
@settings(max_examples=40, deadline=None)
def test_columns_are_written_as_pandas_writes_them(
    rows: list[tuple[int, int | None, str | None]],
) -> None:
    numbers, counted, texts = zip(*rows, strict=True) if rows else ((), (), ())
    frame = pd.DataFrame(
        {
            "row": np.array(numbers, dtype=np.int64),
            "contact": pd.array(counted, dtype="Int64"),
            "a, b": pd.array([text or None for text in texts], dtype="str"),
        }
    )
    written = BytesIO()
    write_lines(written, {str(name): frame[name] for name in frame})
    assert written.getvalue().decode() == frame.to_csv(index=False, lineterminator="\n")
