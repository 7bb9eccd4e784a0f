"""What may be wrong with any zip file, before its parts are looked at."""

import struct
import zipfile
import zlib
from pathlib import Path
from typing import BinaryIO, Final

from connectors.errors import HostileFileError

CENTRAL_ENTRY: Final = b"PK\x01\x02"
MOST_ENTRIES: Final = 1_000
PIECE: Final = 2**20
# All that zipfile raises on broken archives; OSError is the disk's.
BROKEN: Final = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    NotImplementedError,
    EOFError,
    ValueError,
    OverflowError,
)


def count_entries(path: Path, file: BinaryIO) -> None:
    """Refuse a file of too many parts, and go back to its start.

    Counts them before zipfile makes an object of each: a directory of millions fills the memory.
    """
    count, rest = 0, b""
    while piece := file.read(PIECE):
        whole = rest + piece
        count += whole.count(CENTRAL_ENTRY)
        rest = whole[-len(CENTRAL_ENTRY) + 1 :]
        if count > MOST_ENTRIES:
            raise HostileFileError(
                path,
                f"holds more than {MOST_ENTRIES:,} parts; save only the sheets with the leads.",
            )
    file.seek(0)
