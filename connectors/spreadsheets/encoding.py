"""From bytes to text: by mark, by proof, by declaration, and only then by a stated assumption."""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, TextIO

from connectors.errors import EncodingError, ReadOptionError
from connectors.source import SourceFile

# The mark of UTF-32 begins like that of UTF-16, so it comes first.
MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Western Windows exports are by far the commonest text that is not UTF-8.
ASSUMED: Final = "cp1252"
# Encodings in which other text can look like UTF-8: a declaration of these comes first.
LOOKS_LIKE_UTF8: Final = re.compile(r"utf[-_]?(16|32|7)|iso[-_]?2022|hz", re.IGNORECASE)
UTF8: Final = re.compile(r"utf[-_ ]?8([-_]sig)?", re.IGNORECASE)
FOREIGN_RUN: Final = re.compile(rb"[\x80-\xff]{3,}")
FOREIGN: Final = re.compile(rb"[\x80-\xff]")
STRAY: Final = re.compile("[\udc80-\udcff]")
PIECE: Final = 2**22
SAMPLE: Final = 2**16


@dataclass(frozen=True)
class Encoding:
    """How a text is encoded; `assumed` where nothing proves it.

    `mixed`: UTF-8 but for some bytes, which are taken for Windows-1252.
    """

    name: str
    assumed: bool = False
    mixed: bool = False


def find_encoding(file: SourceFile, declared: str | None = None) -> Encoding:
    """Find the encoding in which all of a file can be read.

    A byte order mark decides; else UTF-8 where all of it is valid UTF-8; else the declared
    encoding; else an assumption. Raises `EncodingError` where the text is in none of them.
    """
    with file.content.open("rb") as opened:
        head = opened.read(SAMPLE)
    marked = next((name for mark, name in MARKS if head.startswith(mark)), None)
    if marked != "utf-8" and (marked or LOOKS_LIKE_UTF8.match(declared or "")):
        return _prove(file, marked or declared or "")
    unmarked = None if declared else _unmarked_utf16(head)
    if unmarked:
        return replace(_prove(file, unmarked), assumed=True)
    if _decodes(file.content, "utf-8"):
        return Encoding("utf-8")
    if not UTF8.fullmatch(declared or "utf-8"):
        return _prove(file, declared or "")
    if marked or _mostly_utf8(file.content):
        return Encoding("utf-8", mixed=True)
    return _prove(file, declared) if declared else Encoding(_assume(file.content), assumed=True)


def open_text(path: Path, encoding: Encoding) -> TextIO:
    """Open a text with its line breaks as they are; bytes that do not fit become surrogates."""
    name = "utf-8-sig" if encoding.name == "utf-8" else encoding.name
    errors = "surrogateescape" if encoding.mixed else "strict"
    return path.open(encoding=name, errors=errors, newline="")


def mend_line(line: str) -> str:
    """Take the bytes of a line that were not UTF-8 for Windows-1252."""
    return STRAY.sub(lambda found: bytes([ord(found[0]) - 0xDC00]).decode(ASSUMED, "replace"), line)


def _prove(file: SourceFile, encoding: str) -> Encoding:
    try:
        "".encode(encoding)
    except LookupError:
        raise ReadOptionError(
            file.path, f"“{encoding}” is no encoding known here; name one like utf-8 or cp1252."
        ) from None
    if not _decodes(file.content, encoding):
        raise EncodingError(
            file.path,
            f"the text is not valid {encoding}; it may be cut off, or declare the encoding "
            "it was saved in.",
        )
    return Encoding(encoding)


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as opened:
        while piece := opened.read(PIECE):
            yield piece


def _decodes(path: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        for piece in _pieces(path):
            decoder.decode(piece)
        decoder.decode(b"", final=True)
    except UnicodeError:
        return False
    return True


def _mostly_utf8(path: Path) -> bool:
    """Whether more characters beyond ASCII are valid UTF-8 than bytes are not."""
    good = bad = 0
    decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
    for piece in _pieces(path):
        beyond = [each for each in decoder.decode(piece) if each > "\x7f"]
        stray = sum(STRAY.match(each) is not None for each in beyond)
        bad += stray
        good += len(beyond) - stray
    return good > bad


def _unmarked_utf16(head: bytes) -> str | None:
    """Western text in UTF-16 has a zero in nearly every second byte."""
    half = len(head) // 2
    if half < 2:
        return None
    if head[1::2].count(0) > 0.7 * half and head[::2].count(0) < 0.1 * half:
        return "utf-16-le"
    if head[::2].count(0) > 0.7 * half and head[1::2].count(0) < 0.1 * half:
        return "utf-16-be"
    return None


def _assume(path: Path) -> str:
    """Windows-1252, unless the bytes speak clearly for another code page.

    Accents stand alone among Latin letters; letters of other alphabets come in runs.
    """
    sample = next((piece for piece in _pieces(path) if FOREIGN.search(piece)), b"")
    in_runs = sum(map(len, FOREIGN_RUN.findall(sample)))
    if in_runs > 0.5 * len(FOREIGN.findall(sample)):
        from charset_normalizer import from_bytes  # noqa: PLC0415 - seldom needed, slow to load

        lines = b"\n".join(line for line in sample.splitlines() if FOREIGN.search(line))
        best = from_bytes(lines[:SAMPLE]).best()
        if best and _decodes(path, best.encoding):
            return best.encoding
    return ASSUMED if _decodes(path, ASSUMED) else "latin-1"
