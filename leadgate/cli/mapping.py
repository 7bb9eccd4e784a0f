"""`leadgate mapping`: which column is which field, to look at and to save."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from flows import cleaning
from flows.columns import read_saved
from flows.job import job_for
from leadgate.cli.arguments import column_map
from leadgate.errors import InvalidValueError
from leadgate.settings import load_settings
from validators.mapping import ColumnMapping, map_columns
from validators.mapping.saved import save_mapping, write_mapping


def run_mapping(config: Path | None, what: str, mapping: Sequence[str], save: Path | None) -> int:
    """Print the columns of each table; save those of the only one. Always 0."""
    job = job_for(what, load_settings(config), column_map(mapping))
    tables = cleaning.extract(job).tables
    mappings = [map_columns(table.rows, job.overrides) for table in tables]
    for table, columns in zip(tables, mappings, strict=True):
        print("\n".join(_as_text(f"{table.file} {table.sheet or ''}".strip(), columns)))
    if save:
        if len({tuple(each.column for each in columns.columns) for columns in mappings}) != 1:
            raise InvalidValueError(
                f"--save: {what} has several tables with other columns each; name one sheet "
                "of it with sheets under [sources.NAME]."
            )
        _save(mappings[0], save)
    return 0


def _save(columns: ColumnMapping, path: Path) -> None:
    saved = save_mapping(columns, read_saved(path) if path.exists() else None)
    try:
        path.write_text(write_mapping(saved), encoding="utf-8")
    except OSError as error:
        raise InvalidValueError(f"--save {path}: cannot be written ({error.strerror}).") from None
    print(f"Saved as version {saved.version} in {path}.")


def _as_text(name: str, columns: ColumnMapping) -> Iterator[str]:
    yield f"{name}:"
    for each in columns.columns:
        field = each.field or "-"
        asked = "  please confirm" if each.unsure else ""
        yield f"  {each.column[:40]:<40} {field:<16} {each.confidence:>4.0%}  {each.reason}{asked}"
