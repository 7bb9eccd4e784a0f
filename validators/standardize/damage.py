"""Damage a cell took on its way: wrong decoding, HTML entities, invisible characters.

In: a text as read. Out: the text mended and composed (NFC), and the codes of what was mended.
"""

import re
import unicodedata
from collections.abc import Callable
from typing import Final

# Control, zero-width and direction characters. Tab and line break are spaces.
INVISIBLE: Final = re.compile(
    "[\x01-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e"
    "\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
    # Joiners are letters' business in Arabic and Indic scripts and in emoji, nowhere else.
    "|(?<![\u0600-\u1fff\u2600-\u27bf\U0001f000-\U0001faff\ufe0f])[\u200c\u200d]"
)
ENTITY: Final = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z]{2,8}\d{0,2});", re.IGNORECASE)
SPACES: Final = re.compile(r"\s+")
# Each round undoes one layer; a text wrapped deeper than this is no accident.
MOST_LAYERS: Final = 10


def mend_damage(text: str, tidy: Callable[[str], str]) -> tuple[str, list[str]]:
    """Undo damage layer by layer until nothing changes; return the text and what was undone.

    `tidy` puts the spaces right before each layer.
    """
    codes: list[str] = []
    for _ in range(MOST_LAYERS):
        text, code = _undo_one(tidy(unicodedata.normalize("NFC", text)))
        if code is None:
            break
        if code not in codes:
            codes.append(code)
    return text, codes


def settle(text: str, mend_case: Callable[[str], str]) -> str:
    """Return a text with its case mended, or as it was where that would not be the last word.

    A few letters change again when their case is changed back, and a few make a text look as if
    it had been decoded wrongly.
    """
    cased = unicodedata.normalize("NFC", mend_case(text))
    if cased.isascii() or (mend_case(cased) == cased and not mend_damage(cased, tidy_spaces)[1]):
        return cased
    return text


def tidy_spaces(text: str) -> str:
    """Make every run of white space one space, and none at the ends."""
    return SPACES.sub(" ", text).strip()


def tidy_lines(text: str) -> str:
    """Keep the line breaks of a longer text, without spaces around them or lines at the ends."""
    return "\n".join(line.strip() for line in text.splitlines()).strip()


def _undo_one(text: str) -> tuple[str, str | None]:
    if not text.isascii():
        from ftfy import fix_encoding  # noqa: PLC0415 (slow to import, and most cells are plain)
        from ftfy.badness import is_bad  # noqa: PLC0415

        decoded = fix_encoding(text) if is_bad(text) else text  # as it asks itself, slower
        if decoded != text:
            return decoded, "cell.mojibake"
    if "&" in text and ENTITY.search(text):
        import html  # noqa: PLC0415 (its table of entities is rarely needed)

        unescaped = html.unescape(text)
        if unescaped != text:
            return unescaped, "cell.entities"
    visible = INVISIBLE.sub("", text)
    return (visible, "cell.invisible") if visible != text else (text, None)
