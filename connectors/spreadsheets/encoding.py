"""From bytes to text: by mark, by proof, by declaration, and only then by a stated assumption."""

import codecs
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from connectors.errors import EncodingError

# Longest first: the mark of UTF-32 begins like that of UTF-16.
MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Western Windows exports are by far the commonest text that is not UTF-8.
ASSUMED: Final = "cp1252"
SAMPLE: Final = 65_536


@dataclass(frozen=True)
class Decoded:
    """A file's text, the encoding it was in, and whether that was assumed."""

    text: str
    encoding: str
    assumed: bool = False


def decode(content: bytes, declared: str | None, file: Path) -> Decoded:
    """Decode a text file.

    A byte order mark decides; else the declared encoding; else UTF-8 where all of it is valid
    UTF-8; else an assumption, which the caller reports. Raises `EncodingError`.
    """
    for mark, encoding in MARKS:
        if content.startswith(mark):
            return Decoded(_strict(content, encoding, file), encoding.removesuffix("-sig"))
    if declared:
        return Decoded(_strict(content, declared, file), declared)
    unmarked = _unmarked_utf16(content)
    if unmarked:
        return Decoded(_strict(content, unmarked, file), unmarked, assumed=True)
    try:
        return Decoded(content.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        assumed = _assume(content)
        return Decoded(_strict(content, assumed, file), assumed, assumed=True)


def _strict(content: bytes, encoding: str, file: Path) -> str:
    try:
        return content.decode(encoding)
    except LookupError:
        raise EncodingError(file, f'"{encoding}" is no encoding known here.') from None
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise EncodingError(
            file, f"line {line} is not valid {encoding}; declare the encoding it was saved in."
        ) from None


def _unmarked_utf16(content: bytes) -> str | None:
    """Western text in UTF-16 has a zero in nearly every second byte."""
    sample = content[:SAMPLE]
    half = len(sample) // 2
    if half < 2:
        return None
    if sample[1::2].count(0) > 0.7 * half and sample[::2].count(0) < 0.1 * half:
        return "utf-16-le"
    if sample[::2].count(0) > 0.7 * half and sample[1::2].count(0) < 0.1 * half:
        return "utf-16-be"
    return None


def _assume(content: bytes) -> str:
    """Windows-1252, unless the bytes speak clearly for an alphabet it does not have."""
    from charset_normalizer import from_bytes  # noqa: PLC0415 - seldom needed, slow to load

    best = from_bytes(content[:SAMPLE]).best()
    elsewhere = {"Cyrillic", "Greek", "Hebrew", "Arabic", "CJK", "Hiragana", "Katakana", "Hangul"}
    if best and any(word in name for name in best.alphabets for word in elsewhere):
        return best.encoding
    try:
        content.decode(ASSUMED)
    except UnicodeDecodeError:
        return "latin-1"
    return ASSUMED
