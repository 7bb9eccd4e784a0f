"""XML of a workbook in another encoding than UTF-8, the only one its reader knows."""

import re
import zipfile
from io import BytesIO
from typing import Final

UTF16: Final = (b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<")
DECLARED: Final = re.compile(
    rb"""\s*<\?xml[^>]*?\sencoding\s*=\s*["']([\w.:-]+)["']""", re.IGNORECASE
)
DECLARATION: Final = re.compile(r"\ufeff?\s*<\?xml[^>]*\?>")
UTF8: Final = ("utf-8", "utf8", "us-ascii", "ascii")
PARTS: Final = (".xml", ".rels")


def other_encoding(head: bytes) -> str | None:
    """Tell the encoding of a part by its first bytes; None where it is UTF-8."""
    if head.startswith(UTF16):
        marked = head.startswith(UTF16[:2])
        return "utf-16" if marked else "utf-16-le" if head.startswith(b"<") else "utf-16-be"
    declared = DECLARED.match(head.removeprefix(b"\xef\xbb\xbf"))
    name = declared[1].decode("ascii").lower() if declared else "utf-8"
    return None if name in UTF8 else name


def recode_parts(content: bytes) -> bytes:
    """Write a workbook with all its XML in UTF-8.

    Raises LookupError or UnicodeError where an encoding is unknown, or not that of the part.
    """
    written = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(written, "w") as new:
        for entry in old.infolist():
            part = old.read(entry)
            encoding = other_encoding(part) if entry.filename.lower().endswith(PARTS) else None
            if encoding:
                part = DECLARATION.sub("", part.decode(encoding), count=1).encode()
            new.writestr(entry.filename, part)
    return written.getvalue()
