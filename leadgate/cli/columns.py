"""What became of the columns of a file, in words."""

from collections.abc import Iterator, Sequence

from validators.mapping import ColumnMapping


def tell_columns(mappings: Sequence[ColumnMapping]) -> Iterator[str]:
    """Say which column was taken for which field, and which are no field of a lead."""
    columns = [each for mapping in mappings for each in mapping.columns]
    read = [f"{each.column} → {each.field}" for each in columns if each.field]
    left_out = [each.column for each in columns if not each.field]
    yield f"  columns: {', '.join(dict.fromkeys(read))}"
    if left_out:
        yield f"  not a field of a lead: {', '.join(dict.fromkeys(left_out))}"
