"""The file itself: is it there, can it be opened, what is in it when it is unpacked."""

import gzip
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from connectors.errors import (
    EmptyFileError,
    HostileFileError,
    MissingFileError,
    NotAFileError,
    SourceFileError,
    UnknownFormatError,
    UnreadableFileError,
)
from connectors.formats import HEAD, Format, find_format

UNPACKED_LIMIT: Final = 256 * 2**20
PIECE: Final = 2**20


@dataclass(frozen=True)
class SourceFile:
    """A file by the path people know it by; `content` is where its unpacked bytes are."""

    path: Path
    content: Path


def format_of(file: SourceFile, name: Path) -> Format:
    """Tell the format of a file; `name` is what it is called, packing left off."""
    if not file.content.is_file():
        raise _not_a_file(file.path)
    with file.content.open("rb") as opened:
        head = opened.read(HEAD)
    if not head.strip():
        raise EmptyFileError(file.path, "is empty; export it again.")
    try:
        return find_format(head, name.suffix.lower())
    except ValueError as foreign:
        raise UnknownFormatError(file.path, str(foreign)) from None


@contextmanager
def unpacked(file: SourceFile) -> Iterator[SourceFile]:
    """Unpack a gzip file into a temporary one, up to a limit."""
    with tempfile.TemporaryDirectory(prefix="leadgate-") as folder:
        content = Path(folder) / "content"
        try:
            with gzip.open(file.content) as packed, content.open("wb") as out:
                while piece := packed.read(PIECE):
                    if out.tell() + len(piece) > UNPACKED_LIMIT:
                        raise HostileFileError(
                            file.path,
                            f"unpacks to more than {UNPACKED_LIMIT >> 20} MB; unpack it first "
                            "(gunzip) if you trust where it comes from.",
                        )
                    out.write(piece)
        except (EOFError, gzip.BadGzipFile, zlib.error):
            raise UnreadableFileError(
                file.path, "is packed by gzip and damaged or cut off; fetch it again."
            ) from None
        yield SourceFile(file.path, content)


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
