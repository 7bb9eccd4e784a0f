"""Errors of mapping: the table or its configuration, never its cells.

MappingError
├── UnmappedHeaderError    no column identifies anybody
├── UnmappedFiguresError   a column is missing that no figure can be counted without
├── UnknownColumnError     an override names a column the table does not have
├── UnknownFieldError      an override names a field that does not exist
├── ColumnsChangedError    the columns are others than those that were looked at and saved
└── SavedMappingError      a saved mapping cannot be read
"""

from collections.abc import Sequence


class MappingError(ValueError):
    """The columns of a table cannot be mapped."""


class UnmappedHeaderError(MappingError):
    """No column holds names, e-mails, phones or companies."""

    def __init__(self, headers: Sequence[str], sheet: str | None = None) -> None:
        self.headers = tuple(headers)
        shown = ", ".join(f"“{header[:40]}”" for header in headers[:20])
        where = f" of the sheet “{sheet[:40]}”" if sheet else ""
        sheets = " If it holds no leads, name the sheets that do: sheets = [“…”]." if sheet else ""
        super().__init__(
            f"No column{where} identifies anybody. The header line found: {shown}. "
            "Say which column is which with --map COLUMN=FIELD, for example "
            "--map Kontakt=full_name, or under [sources.NAME.map] in leadgate.toml. "
            "If this is not the header, say where it is: header_row = 4, under [sources.NAME]."
            + sheets
        )


class UnmappedFiguresError(MappingError):
    """Sales or costs without their dates, sources or amounts."""

    def __init__(self, kind: str, missing: Sequence[str], headers: Sequence[str]) -> None:
        shown = ", ".join(f"“{header[:40]}”" for header in headers[:20])
        named = " or the ".join("date" if field == "at" else field for field in missing)
        super().__init__(
            f"No column of these {kind} is the {named}. The header line found: "
            f"{shown}. Say which column is which with --map COLUMN={missing[0]}, or under "
            "[sources.NAME.map] in leadgate.toml; docs/insights.md lists the fields."
        )


class UnknownColumnError(MappingError):
    """An override names a column that is not in the table."""

    def __init__(self, column: str, close: Sequence[str]) -> None:
        super().__init__(
            f"The mapping names the column “{column}”, which the table does not have."
            + _suggest(close)
        )


class UnknownFieldError(MappingError):
    """An override names a field that Leadgate does not have."""

    def __init__(self, field: str, close: Sequence[str]) -> None:
        super().__init__(
            f"The mapping names the field “{field}”, which does not exist."
            + _suggest(close)
            + " All fields are listed in docs/fields.md."
        )


class ColumnsChangedError(MappingError):
    """The columns of a table are not those of its saved mapping, so it is held, not guessed at."""

    def __init__(self, gone: Sequence[str], new: Sequence[str]) -> None:
        self.gone, self.new = tuple(gone), tuple(new)
        said = [
            f"{what}: {', '.join(f'“{name[:40]}”' for name in names[:20])}"
            for what, names in (("gone", gone), ("new", new))
            if names
        ]
        super().__init__(
            f"The columns have changed since the mapping was saved ({'; '.join(said)}). Nothing "
            "was read. Look at the columns with leadgate mapping, and save them again if they "
            "are right."
        )


class SavedMappingError(MappingError):
    """A saved mapping cannot be read."""

    def __init__(self, why: str) -> None:
        super().__init__(f"The saved mapping cannot be used: {why}. Save it again.")


def _suggest(close: Sequence[str]) -> str:
    return f" Did you mean {' or '.join(f'“{name}”' for name in close)}?" if close else ""
