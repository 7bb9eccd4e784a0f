"""What is wrong with a cell whatever its field: markup, formulas, damage, placeholders.

In: a text as read. Out: the text mended, in Unicode's composed form (NFC), or None.
"""

import re
import unicodedata
from functools import partial
from typing import Final

from validators.fields import Kind
from validators.standardize.damage import mend_damage, tidy_lines, tidy_spaces
from validators.standardize.distinct import NOTHING, Cell, Finding, Rule
from validators.standardize.shortcut import Shortcut
from validators.words import phrases, words

LONGEST: Final[dict[Kind, int]] = {
    "email": 320,
    "phone": 64,
    "given_name": 512,
    "family_name": 512,
    "full_name": 512,
    # What a cell of Excel holds, and addresses of pages that carry whole forms.
    "text": 32_767,
    "url": 32_767,
}
LONGEST_ANY: Final = 4_096

NAME_KINDS: Final[frozenset[Kind]] = frozenset(("given_name", "family_name", "full_name"))
CODE_KINDS: Final[frozenset[Kind]] = frozenset(("country", "region"))
CONTACT_KINDS: Final[frozenset[Kind]] = frozenset(("email", "phone", "url"))

# Without these a lead is nobody, or cannot be reached.
NEEDED_KINDS: Final = NAME_KINDS | CONTACT_KINDS | {"company"}

# As a whole cell these say "nothing here". Null, None and Na are surnames, NA is Namibia. \N is how
# PostgreSQL and MySQL write null.
NOT_APPLICABLE: Final = phrases(r"\n|n/a|#n/a|n.a.|n.a|n / a|k.a.|k. a.|(blank)|(empty)|(null)")
NOTHING_THERE: Final = NOT_APPLICABLE | phrases(
    """
    none|null|nil|nan|na|undefined|unknown|not provided|[not provided]|not available|not applicable|
    keine angabe|unbekannt|inconnu|non renseigné|desconocido|no disponible|ninguno|aucun
    """
)
NO_CONTACT: Final = NOTHING_THERE | phrases(
    "no|non|nein|keine|kein|x|no email|no e-mail|no mail|keine e-mail|no phone|no website"
)
# Left over from lists; no value of one line begins or ends with them.
AROUND: Final = " ,;"
NO_LETTERS: Final = re.compile(r"[\W_]*")

TAGS: Final = "|".join(
    sorted(
        words(
            """
            a abbr address applet area article audio b base bgsound blink body br button canvas
            center code details dialog div embed em fieldset font form frame frameset h1 h2 h3 h4
            h5 h6 head hr html i iframe image img input ins isindex keygen label layer li link
            marquee math menu meta noscript object ol option p param plaintext pre s script section
            select small source span strike strong style sub sup svg table tbody td template
            textarea th thead title tr track tt u ul var video xml xmp xss
            """
        )
    )
)
ACTIVE: Final = (
    r"javascript\s*:|vbscript\s*:|data\s*:\s*text/html|"
    r"\bon(?:error|load|click|focus|blur|toggle|start|submit|mouse[a-z]+|pointer[a-z]+)\s*="
)
MARKUP: Final = re.compile(
    rf"<\s{{0,3}}/?\s{{0,3}}(?=[a-z])(?:{TAGS})[\s/>]|<!(?:--|doctype|\[cdata)|<\?(?:xml|php|=)|{ACTIVE}",
    re.IGNORECASE,
)
FORMULA: Final = re.compile(
    # Marks before it do not make it harmless: some rules take them off.
    r"""[\s"'`*_:;,|/\\]*(?:
        [=\uff1d]\s*[^\s=]                                        # =1+1, =HYPERLINK(…)
      | [+\-@\uff0b\uff0d\uff20]\s*[A-Za-z_][\w.]*\s*[(!|]        # @SUM(…), +cmd|…, -Sheet1!A1
      | [+\-@\uff0b\uff0d\uff20].*\|.*!                           # -2+3+cmd|' /C calc'!A0
    )""",
    re.VERBOSE | re.DOTALL,
)
LETTERS: Final = re.compile(r"[^\W\d_]+")
LATIN: Final = re.compile("[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")
CYRILLIC_OR_GREEK: Final = re.compile("[\u0370-\u03ff\u0400-\u052f]")

# Printable ASCII except " < = >, single spaces, and letters of Western and Central Europe one
# at a time: text decoded wrongly has two strange letters side by side. The start is no formula's.
ASCII: Final = r"!#-;?-~"
LONE_LETTERS: Final = "äöüßÄÖÜéèêëáàâçñíìîïóòôúùûÉÈÊÁÇÑÍÓÚœæøåÅØčřžšěůąęłśżźćńőűğışŠŽČŁŚŻ"
WORD: Final = f"(?:[{ASCII}]+[{LONE_LETTERS}])*[{ASCII}]*"
PLAIN: Final = (
    f"(?:[(]?[A-Za-z0-9]|[+][(]?[0-9]|[{LONE_LETTERS}][{ASCII}]){WORD}(?: [{ASCII}]{WORD})*"
)
SUSPECT: Final = (
    r"(?i)^[\[(]?(?:n ?/ ?a|n\.a\.?|k\. ?a\.|none|null|nil|nan|na|undefined|unknown|blank|empty|"
    r"not (?:provided|available|applicable)|keine?|keine angabe|keine e-mail|unbekannt|inconnu|"
    r"non renseign.*|desconocido|no disponible|ninguno|aucun|no|non|nein|x|"
    rf"no (?:e-?mail|mail|phone|website))[\])]?$|{ACTIVE}|^[+].*\||[,;]$|&[#a-z]"
)


def cell_rule(kind: Kind) -> Rule:
    """Return the rule for cells of a kind."""
    return partial(clean_cell, kind=kind)


def cell_shortcut(kind: Kind) -> Shortcut:
    """Return the shortcut past that rule."""
    return Shortcut(PLAIN, unless=SUSPECT, longest=LONGEST.get(kind, LONGEST_ANY))


def clean_cell(text: str, kind: Kind) -> Cell:
    """Mend a cell, or say why it cannot be taken."""
    if len(text) > LONGEST.get(kind, LONGEST_ANY):
        return Cell(None, (Finding("cell.too_long"),))
    if "\0" in text:
        return Cell(None, (Finding("cell.nul"),))
    mended, repairs = mend_damage(text, tidy_lines if kind == "text" else tidy_value)
    if not mended or is_placeholder(mended, kind):
        return NOTHING
    findings = [Finding(code, mended) for code in repairs]
    if FORMULA.match(mended):
        if kind in NEEDED_KINDS:
            return Cell(None, (Finding("cell.formula"),))
        findings.append(Finding("cell.formula_kept"))
    if MARKUP.search(mended):
        if kind != "text":
            return Cell(None, (Finding("cell.markup"),))
        findings.append(Finding("cell.markup_kept"))
    if "\ufffd" in mended:
        findings.append(Finding("cell.lost_letters"))
    if not mended.isascii() and mixes_alphabets(mended):
        findings.append(Finding("cell.lookalike"))
    return Cell(mended, tuple(findings))


def is_placeholder(text: str, kind: Kind) -> bool:
    """Tell whether a whole cell only says that there is nothing."""
    folded = text.casefold()
    if kind in NAME_KINDS:
        return folded in NOT_APPLICABLE or _says_nothing(text)
    if kind in CODE_KINDS and folded == "na":
        return False
    listed = NO_CONTACT if kind in CONTACT_KINDS else NOTHING_THERE
    return folded in listed or _says_nothing(text)


def tidy_value(text: str) -> str:
    """Tidy the spaces of a value of one line, and drop what is left over from lists around it."""
    return tidy_spaces(text).strip(AROUND)


def mixes_alphabets(text: str) -> bool:
    """Tell whether a word holds Latin letters beside Cyrillic or Greek ones."""
    return CYRILLIC_OR_GREEK.search(text) is not None and any(
        LATIN.search(word) and CYRILLIC_OR_GREEK.search(word) for word in LETTERS.findall(text)
    )


def _says_nothing(text: str) -> bool:
    """Tell whether a cell holds punctuation only ("-", "…", "?"); an emoji says something."""
    return NO_LETTERS.fullmatch(text) is not None and all(
        char in "=+~^" or unicodedata.category(char)[0] in "PZC" for char in text
    )
