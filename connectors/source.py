"""The file itself: is it there, can it be opened, what is it."""

from dataclasses import dataclass
from pathlib import Path

from connectors.errors import (
    EmptyFileError,
    MissingFileError,
    NotAFileError,
    SourceFileError,
    UnknownFormatError,
    UnreadableFileError,
)
from connectors.formats import HEAD, Format, find_format


@dataclass(frozen=True)
class SourceFile:
    """A file by the path people know it by; `content` is where its unpacked bytes are.

    `member`: its name in the archive at `path`, if it is part of one, safe to be shown; nothing
    is ever written under that name.
    """

    path: Path
    content: Path
    member: str | None = None

    @property
    def name(self) -> str:
        """What to call it: `leads.csv`, `week.zip/leads.csv`."""
        return self.path.name if self.member is None else f"{self.path.name}/{self.member}"


def format_of(file: SourceFile, suffix: str) -> Format:
    """Tell the format of a file; `suffix` is that of its name, packing left off."""
    if not file.content.is_file():
        raise _not_a_file(file.path)
    with file.content.open("rb") as opened:
        head = opened.read(HEAD)
    if not head.strip():
        raise EmptyFileError(file.path, "is empty; export it again.")
    try:
        return find_format(head, suffix.lower())
    except ValueError as foreign:
        raise UnknownFormatError(file.path, str(foreign)) from None


def about(path: Path, error: OSError) -> SourceFileError:
    """Name what the operating system said about a file."""
    if isinstance(error, FileNotFoundError):
        return MissingFileError(path, "there is no such file; check the path.")
    if isinstance(error, IsADirectoryError):
        return _not_a_file(path)
    if isinstance(error, PermissionError):
        return UnreadableFileError(path, "you may not read it; ask for read permission.")
    return UnreadableFileError(path, f"cannot be read ({error.strerror}); try again.")


def _not_a_file(path: Path) -> SourceFileError:
    if path.is_dir():
        return NotAFileError(
            path, f"is a folder; name the files in it, for example {path / '*.csv'}"
        )
    if path.exists():
        return NotAFileError(path, "is a device or a pipe; save the rows to a file.")
    return MissingFileError(path, "there is no such file; check the path.")
