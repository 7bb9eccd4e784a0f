"""Companies: spaces and, where a long name is all capitals, case. The legal form stays."""

import re
from typing import Final

from validators.standardize.cells import NOTHING_THERE, PLAIN, is_placeholder
from validators.standardize.damage import settle
from validators.standardize.distinct import NOTHING, Cell, Finding
from validators.standardize.name import VOWELS
from validators.standardize.shortcut import Shortcut
from validators.words import phrases, words

NO_COMPANY: Final = phrases(
    """
    private|privat|privatperson|private person|personal|individual|self|self employed|selfemployed|
    self-employed|freelance|freelancer|unemployed|retired|student|no company|none given|particulier|
    particular|selbständig|selbstständig|selbststaendig|selbstaendig|freiberufler|indépendant|
    autónomo|test|test company|testfirma|company|firma|company name|my company|your company|xxx|
    asdf
    """
)
LEGAL_FORMS: Final = {
    form.lower(): form
    for form in words(
        """
        GmbH mbH AG KG KGaA OHG GbR UG SE Inc LLC LLP LP Ltd Corp Co PLC SA SAS SARL Srl SpA SL BV
        NV A/S ApS AB Oy Pty
        """
    )
}
SMALL: Final = words("and und et y of the for für de la du des von")
AROUND: Final = " ,;\"'`*_"
# A shouted name is at least this long; below it may be initials (BMW AG, IBM UK).
SHOUTED: Final = 15
INITIALS: Final = 3

NO_NAMES: Final = sorted(
    re.escape(phrase) for phrase in NO_COMPANY | NOTHING_THERE if phrase.isascii()
)
MIXED_CASE: Final = Shortcut(
    PLAIN,
    unless=r"^[^a-z]*$|^[^A-Z]*$|^[ ,;\"'`*_]|[ ,;\"'`*_]$| [,.;:]"
    rf"|(?i)^(?:{'|'.join(NO_NAMES)})[ .!\-]*$",
)


def standardize_company(text: str) -> Cell:
    """Tidy a company's name; words that name no company leave it empty."""
    name = re.sub(r" +([,.;:])", r"\1", text).strip(AROUND)
    if not name or is_placeholder(name, "company"):
        return NOTHING
    if name.casefold().strip(" .!-") in NO_COMPANY:
        return Cell(None, (Finding("company.placeholder"),))
    return Cell(settle(name, _mend_case))


def _mend_case(name: str) -> str:
    if len(name) < SHOUTED or not name.isupper() or " " not in name:
        return name
    return " ".join(_capitalize(word) for word in name.split(" "))


def _capitalize(word: str) -> str:
    """Give a word of a shouted name its case; short words and those without vowels are initials."""
    bare = word.lower().replace(".", "").strip(",")
    if bare in LEGAL_FORMS:
        return LEGAL_FORMS[bare] + ("," if word.endswith(",") else "")
    if bare in SMALL:
        return word.lower()
    if len(bare) <= INITIALS or not set(bare) & VOWELS:
        return word
    return re.sub("[^\\W\\d_]+(?:['\u2019]S\\b)?", lambda part: part[0].capitalize(), word)
