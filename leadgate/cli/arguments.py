"""What options mean."""

from collections.abc import Sequence

from leadgate.errors import InvalidValueError


def column_map(options: Sequence[str]) -> dict[str, str]:
    """Read `--map COLUMN=FIELD` options; a column's name may itself contain `=`."""
    pairs = [option.rpartition("=") for option in options]
    for (column, _, _), option in zip(pairs, options, strict=True):
        if not column:
            raise InvalidValueError(f'--map "{option}": write it as COLUMN=FIELD.')
    return {column: field for column, _, field in pairs}
