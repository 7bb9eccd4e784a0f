"""What a file is, by its first bytes and never by its name."""

import re
from typing import Final, Literal

Packing = Literal["gzip", "bzip2", "xz", "zstd"]
Format = Literal["ole", "zip", "tar", "json", "delimited", "parquet", "gzip", "bzip2", "xz", "zstd"]

HEAD: Final = 65_536
TEXT_MARKS: Final = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")
OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
CONTAINERS: Final[tuple[tuple[bytes, Format], ...]] = (
    (OLE, "ole"),
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"\x1f\x8b", "gzip"),
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ\x00", "xz"),
    (b"\x28\xb5\x2f\xfd", "zstd"),
    (b"PAR1", "parquet"),
)
TAR: Final = b"ustar"
TAR_AT: Final = 257
# What begins like this is no table, whatever it is called.
MAGIC: Final = (
    (b"%PDF-", "a PDF document"),
    (b"\x89PNG\r\n", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"BM", "a BMP picture"),
    (b"II*\x00", "a TIFF picture"),
    (b"MM\x00*", "a TIFF picture"),
    (b"RIFF", "a sound, film or picture"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"Rar!\x1a", "a RAR archive"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"\x00\x01\x00\x00Standard ", "an Access database"),
    (b"ARROW1", "an Arrow file"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"{\\rtf", "an RTF document"),
    (b"\x80\x02", "a Python pickle"),
    (b"\x80\x03", "a Python pickle"),
    (b"\x80\x04", "a Python pickle"),
    (b"\x80\x05", "a Python pickle"),
    (b"\x09\x00\x04\x00", "a workbook of Excel 2"),
    (b"\x09\x02\x06\x00", "a workbook of Excel 3"),
    (b"\x09\x04\x06\x00", "a workbook of Excel 4"),
    (b"ID;P", "a SYLK file"),
    (b"bplist00", "a property list"),
)
SPREADSHEET_XML: Final = b"urn:schemas-microsoft-com:office:spreadsheet"
MARKUP: Final = re.compile(
    rb"\s*<(!doctype\s|html|head|body|table|\?xml\s|script|svg|meta\s|frameset|!--|\w+:\w+ xmlns)",
    re.IGNORECASE,
)
# Texts of other kinds, known by how their grammar begins.
SQL: Final = (
    rb"(?:\s|--[^\n]*\n|/\*[^*]*\*/;?)*+(?:insert\s+into|create\s+(?:table|database|schema)|"
    rb"drop\s+table|copy\s+[\w.\"]+\s*(?:\([^)]*\)\s*)?from)\s"
)
TEXTS: Final = (
    (rb"\s*BEGIN:VCARD\b", "a file of contacts (vCard)"),
    (rb"\s*BEGIN:VCALENDAR\b", "a calendar (iCalendar)"),
    (
        rb"(?:version: ?1\s+)?(?:#[^\n]*\n)*+dn::? \S.*\n[\w;-]+:",
        "the export of a directory (LDIF)",
    ),
    (rb"(?:.+\n){0,3}--- .*\n\+\+\+ .*\n@@ -\d", "a comparison of two files (diff)"),
    (rb"\d+(?:,\d+)?[acd]\d+(?:,\d+)?\r?\n[<>] ", "a comparison of two files (diff)"),
    (SQL, "a dump of a database (SQL)"),
)
# Control characters that no exporter writes into a text.
CONTROL: Final = bytes(set(range(1, 32)) - set(b"\t\n\v\f\r\x1a\x1b\x1c\x1d\x1e\x1f")) + b"\x7f"
JSON_NAMES: Final = (".json", ".jsonl", ".ndjson")
JSON: Final = re.compile(rb'(\xef\xbb\xbf)?\s*(\[\s*)?\{\s*["}]')
# Not .xls: many programs give that name to the texts they export.
OTHER_NAMES: Final = (".xlsx", ".xlsm", ".xlsb", ".ods", ".parquet", ".zip", ".pdf", ".png", ".jpg")
# What a name promises, where the bytes are a text.
PACKED_NAMES: Final = (".gz", ".bz2", ".xz", ".zst", ".tar", ".tgz")


def find_format(head: bytes, suffix: str) -> Format:
    """Tell the format of a file from its first bytes; its suffix only tells texts apart.

    Raises ValueError with what the file is and what to do about it, where it is no table.
    """
    container = next((kind for magic, kind in CONTAINERS if head.startswith(magic)), None)
    if container:
        return container
    if head[TAR_AT : TAR_AT + len(TAR)] == TAR:
        return "tar"
    foreign = _foreign(head)
    if foreign:
        raise ValueError(foreign)
    if suffix in OTHER_NAMES or suffix in PACKED_NAMES:
        raise ValueError(
            f"is a text, not the {suffix} file its name says; "
            "export it again, or name it .csv if it is a table."
        )
    return "json" if suffix in JSON_NAMES or JSON.match(head) else "delimited"


def _foreign(head: bytes) -> str | None:
    """What the bytes are, if no text, and what to do about it."""
    if head.startswith(TEXT_MARKS) and not MARKUP.match(head.removeprefix(b"\xef\xbb\xbf")):
        return None
    plain = head.removeprefix(b"\xef\xbb\xbf")
    if SPREADSHEET_XML in plain:
        return "is a workbook saved as XML (Excel 2003); open it in Excel and save it as .xlsx."
    name = next((name for magic, name in MAGIC if _begins(head, magic)), None)
    if name is None and MARKUP.match(plain):
        name = "a web page or XML"
    if name is None:
        kinds = (kind for begin, kind in TEXTS if re.match(begin, plain, re.IGNORECASE))
        name = next(kinds, None)
    if name is None and _is_binary(head):
        name = "a binary file"
    return f"is {name}, not a table; export the rows as CSV or .xlsx." if name else None


def _begins(head: bytes, magic: bytes) -> bool:
    """Whether a file begins like this; two letters alone could be those of a text."""
    return head.startswith(magic) and (not magic.isalpha() or len(magic) > 2 or _is_binary(head))


def _is_binary(head: bytes) -> bool:
    """Whether control characters or zeros are too many for a text; a few are damage, not a kind.

    Western text in UTF-16 without a mark has a zero in every second byte, and none between; in
    UTF-32, three in every four.
    """
    few = 0.02 * len(head) + 2
    zeros = head.count(0)
    paired = zeros > 0.3 * len(head) and max(head[::2].count(0), head[1::2].count(0)) > 0.9 * zeros
    wide = max(sum(head[at::4].count(0) for at in three) for three in ((0, 1, 2), (1, 2, 3)))
    paired = paired or (wide > 0.7 * len(head) and zeros < 0.8 * len(head))
    controls = len(head) - len(head.translate(None, CONTROL))
    return controls > few or (zeros > few and not paired)
