"""What a file is, by its first bytes and never by its name."""

import re
from typing import Final, Literal

Format = Literal["workbook", "gzip", "json", "delimited"]

HEAD: Final = 65_536
TEXT_MARKS: Final = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")
# What begins like this is no table, whatever it is called.
MAGIC: Final = (
    (b"%PDF-", "a PDF document"),
    (b"\x89PNG\r\n", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"RIFF", "a sound, film or picture"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ\x00", "an xz archive"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"Rar!\x1a", "a RAR archive"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"PAR1", "a Parquet file"),
    (b"ARROW1", "an Arrow file"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"{\\rtf", "an RTF document"),
    (b"\x80\x02", "a Python pickle"),
    (b"\x80\x03", "a Python pickle"),
    (b"\x80\x04", "a Python pickle"),
    (b"\x80\x05", "a Python pickle"),
)
OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")
MARKUP: Final = re.compile(
    rb"\s*<(!doctype\s|html|head|body|table|\?xml\s|script|svg|meta\s|frameset|!--)", re.IGNORECASE
)
# Control characters that no exporter writes into a text.
CONTROL: Final = bytes(set(range(1, 32)) - set(b"\t\n\v\f\r\x1a\x1b\x1c\x1d\x1e\x1f")) + b"\x7f"
JSON_NAMES: Final = (".json", ".jsonl", ".ndjson")
JSON: Final = re.compile(rb'(\xef\xbb\xbf)?\s*(\[\s*)?\{\s*["}]')
# Not .xls: many programs give that name to the texts they export.
OTHER_NAMES: Final = (".xlsx", ".xlsm", ".xlsb", ".ods", ".parquet", ".zip", ".pdf", ".png", ".jpg")


def find_format(head: bytes, suffix: str) -> Format:
    """Tell the format of a file from its first bytes; its suffix only tells texts apart.

    Raises ValueError with what the file is and what to do about it, where it is no table.
    """
    if head.startswith(b"PK\x03\x04"):
        return "workbook"
    if head.startswith(b"\x1f\x8b"):
        return "gzip"
    foreign = _foreign(head)
    if foreign:
        raise ValueError(foreign)
    if suffix in OTHER_NAMES:
        raise ValueError(
            f"is a text, not the {suffix} file its name says; "
            "export it again, or name it .csv if it is a table."
        )
    return "json" if suffix in JSON_NAMES or JSON.match(head) else "delimited"


def _foreign(head: bytes) -> str | None:
    """What the bytes are, if no text, and what to do about it."""
    if head.startswith(OLE):
        locked = "is protected by a password; save it without one."
        return locked if ENCRYPTED in head else "is an old workbook (.xls); save it as .xlsx."
    if head.startswith(TEXT_MARKS):
        return None
    name = next((name for magic, name in MAGIC if head.startswith(magic)), None)
    if name is None and MARKUP.match(head):
        name = "a web page or XML"
    if name is None and _is_binary(head):
        name = "a binary file"
    return f"is {name}, not a table; export the rows as CSV or .xlsx." if name else None


def _is_binary(head: bytes) -> bool:
    """Whether control characters or zeros are too many for a text; a few are damage, not a kind.

    Western text in UTF-16 without a mark has a zero in every second byte, and none between.
    """
    few = 0.02 * len(head) + 2
    zeros = head.count(0)
    paired = zeros > 0.3 * len(head) and max(head[::2].count(0), head[1::2].count(0)) > 0.9 * zeros
    controls = len(head) - len(head.translate(None, CONTROL))
    return controls > few or (zeros > few and not paired)
