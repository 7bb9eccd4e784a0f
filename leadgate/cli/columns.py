"""What became of the columns of a file, in words."""

from collections.abc import Iterator, Sequence
from typing import Final

from validators.mapping import ColumnMapping

SHOWN: Final = 30


def tell_columns(mappings: Sequence[ColumnMapping]) -> Iterator[str]:
    """Say which column was taken for which field, and which are no field of a lead."""
    columns = [each for mapping in mappings for each in mapping.columns]
    read = [f"{each.column} → {each.field}" for each in columns if each.field]
    left_out = list(dict.fromkeys(each.column for each in columns if not each.field))
    yield f"  columns: {', '.join(dict.fromkeys(read))}"
    if left_out:
        more = f" … and {len(left_out) - SHOWN:,} more" if len(left_out) > SHOWN else ""
        yield f"  not a field of a lead: {', '.join(left_out[:SHOWN])}{more}"
