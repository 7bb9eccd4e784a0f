"""Files packed by gzip, bzip2, xz or Zstandard, unpacked within limits."""

import bz2
import gzip
import lzma
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import IO, Final, Protocol, Self

from connectors.errors import HostileFileError, UnreadableFileError
from connectors.formats import Packing
from connectors.source import SourceFile

UNPACKED_LIMIT: Final = 2**30
HIGHEST_RATIO: Final = 200
RATIO_COUNTS_FROM: Final = 64 * 2**20
MEMORY_LIMIT: Final = 128 * 2**20
PIECE: Final = 2**20
# All that the readers raise on packed files that are damaged, or packed to harm them.
BROKEN: Final = (EOFError, gzip.BadGzipFile, zlib.error, lzma.LZMAError, ValueError)


class Readable(Protocol):
    """What can be read piece by piece."""

    def read(self, size: int, /) -> bytes:
        """Give at most so many bytes, none at the end."""


@contextmanager
def unpacked(file: SourceFile, packing: Packing) -> Iterator[SourceFile]:
    """Unpack a file into a temporary one, up to a limit."""
    with tempfile.TemporaryDirectory(prefix="leadgate-") as folder:
        content = Path(folder) / "content"
        try:
            with _open(file.content, packing) as packed, content.open("wb") as out:
                copy_within_limits(file, packed, out)
        except (*BROKEN, OSError) as broken:
            if isinstance(broken, OSError) and broken.errno is not None:
                raise  # the disk's, not the reader's
            raise UnreadableFileError(
                file.path, f"is packed by {packing} and damaged or cut off; fetch it again."
            ) from None
        yield SourceFile(file.path, content, file.member)


def copy_within_limits(file: SourceFile, packed: Readable, out: IO[bytes], before: int = 0) -> int:
    """Copy what a packed file or archive unpacks to; `before`: what came out of it already.

    Returns how many bytes came out of it by now. Raises a `HostileFileError` where they are too
    many, or too many for its size.
    """
    size = file.content.stat().st_size
    allowed = max(RATIO_COUNTS_FROM, HIGHEST_RATIO * size)
    written = before
    while piece := packed.read(PIECE):
        written += len(piece)
        if written > UNPACKED_LIMIT:
            raise HostileFileError(
                file.path,
                f"unpacks to more than {UNPACKED_LIMIT >> 20} MB; unpack it first if you trust "
                "where it comes from.",
            )
        if written > allowed:
            raise HostileFileError(
                file.path,
                f"unpacks to more than {HIGHEST_RATIO} times its size, as bombs do; unpack it "
                "first if you trust where it comes from.",
            )
        out.write(piece)
    return written


def _open(path: Path, packing: Packing) -> AbstractContextManager[Readable]:
    match packing:
        case "gzip":
            return gzip.open(path)
        case "bzip2":
            return bz2.open(path)
        case "xz":
            return _Xz(path)
        case "zstd":
            import pyarrow as pa  # noqa: PLC0415 - seldom needed

            opened: AbstractContextManager[Readable] = pa.input_stream(path, compression="zstd")
            return opened


class _Xz:
    """An xz file; unlike that of `lzma`, it limits what memory a file may ask for."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("rb")
        self._unpacker = lzma.LZMADecompressor(memlimit=MEMORY_LIMIT)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def read(self, size: int, /) -> bytes:
        """Give the next bytes, of the next stream where one ends."""
        while True:
            if self._unpacker.eof:
                rest = self._unpacker.unused_data or self._file.read(1)
                if not rest.strip(b"\0"):
                    return b""
                self._unpacker = lzma.LZMADecompressor(memlimit=MEMORY_LIMIT)
                piece = self._unpacker.decompress(rest, size)
            else:
                wanted = self._file.read(PIECE) if self._unpacker.needs_input else b""
                if self._unpacker.needs_input and not wanted:
                    raise EOFError
                piece = self._unpacker.decompress(wanted, size)
            if piece:
                return piece
