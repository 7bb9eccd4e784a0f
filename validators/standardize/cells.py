"""What is wrong with a cell whatever its field: markup, formulas, damage, placeholders.

In: a text as read. Out: the text mended, in Unicode's composed form (NFC), or None.
"""

import re
import unicodedata
from functools import partial
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from validators.fields import Kind
from validators.standardize.distinct import NOTHING, Cell, Finding, Rule, Texts

LONGEST: Final[dict[Kind, int]] = {
    "email": 320,
    "phone": 64,
    "given_name": 512,
    "family_name": 512,
    "full_name": 512,
}
LONGEST_ANY: Final = 32_767

NAME_KINDS: Final[frozenset[Kind]] = frozenset({"given_name", "family_name", "full_name"})
CODE_KINDS: Final[frozenset[Kind]] = frozenset({"country", "region"})

# As a whole cell these say "nothing here". Null, None and Na are surnames, NA is Namibia.
NOT_APPLICABLE: Final = frozenset({"n/a", "#n/a", "n.a.", "n.a", "n / a"})
PLACEHOLDERS: Final = NOT_APPLICABLE | {
    "none", "null", "nil", "nan", "na", "undefined", "unknown", "(blank)", "(empty)", "(null)",
    "not provided", "[not provided]", "not available", "keine angabe", "k.a.", "k. a.", "unbekannt",
    "inconnu", "non renseigné", "desconocido", "no disponible",
}  # fmt: skip
NO_LETTERS: Final = re.compile(r"[\W_]*")

# A cell of these characters alone, not starting like a formula, is fine as it is, unless it is
# one of the placeholders or has HTML entities. Most cells are, and are never looked at in Python.
PLAIN: Final = r"^[A-Za-z0-9(][!#-%'-;?-~]*( [!#-%'-;?-~]+)*$"
PLACEHOLDER_SHAPE: Final = r"(?i)^[\[(]?(n ?/ ?a|n\.a\.?|none|null|nil|nan|na|undefined|unknown|blank|empty|not (provided|available)|keine angabe|k\. ?a\.|unbekannt|inconnu|desconocido|no disponible)[\])]?$"

TAGS: Final = (
    "a|abbr|address|applet|area|article|audio|b|base|bgsound|blink|body|br|button|canvas|center|code|"
    "details|dialog|div|embed|em|fieldset|font|form|frame|frameset|h[1-6]|head|hr|html|i|iframe|image|"
    "img|input|ins|isindex|keygen|label|layer|li|link|marquee|math|menu|meta|noscript|object|ol|option|"
    "p|param|plaintext|pre|s|script|section|select|small|source|span|strike|strong|style|sub|sup|svg|"
    "table|tbody|td|template|textarea|th|thead|title|tr|track|tt|u|ul|var|video|xml|xmp|xss"
)
MARKUP: Final = re.compile(
    rf"<\s*/?\s*(?:{TAGS})(?:[\s/>]|$)|<!(?:--|doctype|\[cdata)|<\?(?:xml|php|=)|javascript\s*:"
    r"|\bon(?:error|load|click|focus|mouse\w+)\s*=",
    re.IGNORECASE,
)
FORMULA: Final = re.compile(
    r"""\s*(?:
        [=＝]\s*[^\s=]                            # =1+1, =HYPERLINK(…)
      | [+\-@＋－＠]\s*[A-Za-z_][\w.]*\s*[(!|]    # @SUM(…), +cmd|…, -Sheet1!A1
      | [+\-@＋－＠].*\|.*!                        # -2+3+cmd|' /C calc'!A0
    )""",
    re.VERBOSE | re.DOTALL,
)

INVISIBLE: Final = re.compile(
    "[\x01-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e"
    "\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
    # Joiners are letters' business in Arabic and Indic scripts and in emoji, nowhere else.
    "|(?<![\u0600-\u1fff\u2600-\u27bf\U0001f000-\U0001faff\ufe0f])[\u200c\u200d]"
)
ENTITY: Final = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z]{2,8}\d{0,2});", re.IGNORECASE)
SPACES: Final = re.compile(r"\s+")
LETTERS: Final = re.compile(r"[^\W\d_]+")
LATIN: Final = re.compile("[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")
CYRILLIC_OR_GREEK: Final = re.compile("[\u0370-\u03ff\u0400-\u052f]")


def needs_attention(values: Texts, kind: Kind) -> NDArray[np.bool_]:
    """Mark the texts that `clean_cell` could change or complain about; the others it returns as is."""
    texts = pa.array(values, type=pa.large_string(), from_pandas=True)
    plain = pc.match_substring_regex(texts, PLAIN)
    placeholder = pc.match_substring_regex(texts, PLACEHOLDER_SHAPE)
    short = pc.less_equal(pc.utf8_length(texts), LONGEST.get(kind, LONGEST_ANY))
    fine = pc.and_(pc.and_(plain, pc.invert(placeholder)), short)
    javascript = pc.match_substring_regex(texts, r"(?i)javascript\s*:|\bon\w+\s*=")
    fine = pc.and_(fine, pc.invert(javascript))
    return ~np.asarray(pc.fill_null(fine, True), dtype=bool)


def cell_rule(kind: Kind) -> Rule:
    """Return the rule for cells of a kind."""
    return partial(clean_cell, kind=kind)


def clean_cell(text: str, kind: Kind) -> Cell:
    """Mend a cell, or say why it cannot be taken."""
    if len(text) > LONGEST.get(kind, LONGEST_ANY):
        return Cell(None, (Finding("cell.too_long"),))
    if "\0" in text:
        return Cell(None, (Finding("cell.nul"),))
    mended, codes = _mend(text, kind)
    if not mended or is_placeholder(mended, kind):
        return NOTHING
    if FORMULA.match(mended):
        return Cell(None, (Finding("cell.formula"),))
    if MARKUP.search(mended):
        return Cell(None, (Finding("cell.markup"),))
    if "\ufffd" in mended:
        codes.append("cell.lost_letters")
    if not mended.isascii() and _mixes_alphabets(mended):
        codes.append("cell.lookalike")
    repaired = tuple(
        Finding(code, None if code in {"cell.lost_letters", "cell.lookalike"} else mended)
        for code in codes
    )
    return Cell(mended, repaired)


def is_placeholder(text: str, kind: Kind) -> bool:
    """Tell whether a whole cell only says that there is nothing."""
    folded = text.casefold()
    if kind in NAME_KINDS:
        return folded in NOT_APPLICABLE or _says_nothing(text)
    if kind in CODE_KINDS and folded == "na":
        return False
    return folded in PLACEHOLDERS or _says_nothing(text)


def _says_nothing(text: str) -> bool:
    """Tell whether a cell holds punctuation only ("-", "...", "?"); symbols and emoji count as something."""
    return NO_LETTERS.fullmatch(text) is not None and all(
        unicodedata.category(char)[0] in "PZC" or char in "=+~^" for char in text
    )


def _mend(text: str, kind: Kind) -> tuple[str, list[str]]:
    """Undo damage until nothing changes, so that mending twice changes nothing; and tidy spaces."""
    codes: list[str] = []
    while True:
        mended, code = _mend_once(text)
        if code is None:
            break
        text = mended
        if code not in codes:
            codes.append(code)
    text = unicodedata.normalize("NFC", text)
    return (_tidy_lines(text) if kind == "text" else SPACES.sub(" ", text).strip()), codes


def _mend_once(text: str) -> tuple[str, str | None]:
    if not text.isascii():
        import ftfy  # noqa: PLC0415 (slow to import, and most columns are plain)

        decoded = ftfy.fix_encoding(text)
        if decoded != text:
            return decoded, "cell.mojibake"
    if "&" in text and ENTITY.search(text):
        import html  # noqa: PLC0415 (its table of entities is rarely needed)

        unescaped = html.unescape(text)
        if unescaped != text:
            return unescaped, "cell.entities"
    visible = INVISIBLE.sub("", text)
    if visible != text:
        return visible, "cell.invisible"
    return text, None


def _tidy_lines(text: str) -> str:
    """Keep the line breaks of a longer text, without spaces at their ends."""
    return "\n".join(line.strip() for line in text.splitlines()).strip()


def _mixes_alphabets(text: str) -> bool:
    return any(
        LATIN.search(word) and CYRILLIC_OR_GREEK.search(word) for word in LETTERS.findall(text)
    )
