"""Office documents of the old kind (OLE compound files): which of them are workbooks."""

import re
from typing import Final

from connectors.errors import UnknownFormatError
from connectors.source import SourceFile

PIECE: Final = 2**20
# The names of their streams stand in them in UTF-16; the first that is found tells the kind.
PROTECTED: Final = "EncryptedPackage"
STREAMS: Final = {
    PROTECTED: "",
    "WordDocument": "a Word document",
    "PowerPoint Document": "a presentation",
    "__properties_version": "an e-mail",
    "Workbook": "workbook",
    "Book": "workbook",
}
LONGEST: Final = 64
# The record that begins a workbook, then the one that says how it is encrypted.
ENCRYPTED: Final = re.compile(
    rb"\x09\x08\x10\x00\x00\x06\x05\x00.{12}(\x86\x00\x00\x00)?\x2f\x00", re.DOTALL
)


def check_old_workbook(file: SourceFile) -> None:
    """Refuse an old Office document that is no workbook, or is protected by a password."""
    found = _find_streams(file)
    if PROTECTED in found:
        raise UnknownFormatError(file.path, "is protected by a password; save it without one.")
    if "Workbook" in found or "Book" in found:
        return
    kind = next((STREAMS[name] for name in STREAMS if name in found), "an unknown document")
    raise UnknownFormatError(file.path, f"is {kind}, not a table; export the rows as CSV or .xlsx.")


def _find_streams(file: SourceFile) -> set[str]:
    signs = {name: f"{name}\0".encode("utf-16-le") for name in STREAMS if not name.startswith("_")}
    signs["__properties_version"] = "__properties_version".encode("utf-16-le")
    found: set[str] = set()
    rest = b""
    with file.content.open("rb") as opened:
        while piece := opened.read(PIECE):
            whole = rest + piece
            found |= {name for name, sign in signs.items() if sign in whole}
            found |= {PROTECTED} if ENCRYPTED.search(whole) else set()
            rest = whole[-LONGEST:]
    return found
