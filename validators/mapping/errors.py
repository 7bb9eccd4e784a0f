"""Errors of mapping: the table or its configuration, never its cells.

MappingError
├── UnmappedHeaderError    no column identifies anybody
├── UnknownColumnError     an override names a column the table does not have
└── UnknownFieldError      an override names a field that does not exist
"""

from collections.abc import Sequence


class MappingError(ValueError):
    """The columns of a table cannot be mapped."""


class UnmappedHeaderError(MappingError):
    """No column holds names, e-mails, phones or companies."""

    def __init__(self, headers: Sequence[str]) -> None:
        self.headers = tuple(headers)
        shown = ", ".join(f"“{header[:40]}”" for header in headers[:20])
        super().__init__(
            f"No column identifies anybody. The header line found: {shown}. "
            "Say which column is which with --map COLUMN=FIELD, for example "
            "--map Kontakt=full_name, or under [sources.NAME.map] in leadgate.toml. "
            "If this is not the header, it may stand on another line."
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


def _suggest(close: Sequence[str]) -> str:
    return f" Did you mean {' or '.join(f'“{name}”' for name in close)}?" if close else ""
