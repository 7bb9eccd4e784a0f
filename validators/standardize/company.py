"""Companies: spaces and, where a long name is all capitals, case. The legal form stays."""

import re
from typing import Final

from validators.standardize.distinct import Cell, Finding
from validators.standardize.name import VOWELS

NO_COMPANY: Final = frozenset(
    """
    private|privat|privatperson|private person|personal|individual|self|self employed|selfemployed|
    self-employed|freelance|freelancer|unemployed|retired|student|no company|none given|particulier|
    particular|selbständig|selbstständig|selbststaendig|freiberufler|indépendant|autónomo|
    test|test company|testfirma|company|firma|company name|my company|xxx|asdf
    """.replace("\n", "")
    .replace("    ", "")
    .split("|")
)
LEGAL_FORMS: Final = {
    form.lower().replace(".", ""): form
    for form in (
        "GmbH", "mbH", "AG", "KG", "KGaA", "OHG", "GbR", "UG", "SE", "Inc.", "LLC", "LLP", "LP",
        "Ltd.", "Corp.", "Co.", "PLC", "S.A.", "S.A.S.", "SARL", "S.r.l.", "S.p.A.", "S.L.", "B.V.",
        "N.V.", "A/S", "ApS", "AB", "Oy", "Pty",
    )
}  # fmt: skip
LONG: Final = 15


def standardize_company(text: str) -> Cell:
    """Tidy a company's name; words that name no company leave it empty."""
    name = re.sub(r"\s+([,.;:])", r"\1", text.strip(" ,;\"'`*_")).strip()
    if name.casefold().strip(" .!-") in NO_COMPANY:
        return Cell(None, (Finding("company.placeholder"),))
    if not name:
        return Cell(None)
    if len(name) >= LONG and name.isupper() and " " in name:
        name = " ".join(_capitalize(word) for word in name.split(" "))
    return Cell(name)


def _capitalize(word: str) -> str:
    """Give a word of a shouted name its case; short words and those without vowels are initials."""
    bare = word.lower().replace(".", "").strip(",")
    if bare in LEGAL_FORMS:
        return LEGAL_FORMS[bare].replace(".", "") + ("," if word.endswith(",") else "")
    if bare in {"and", "und", "et", "y", "of", "the", "for", "für", "de", "la", "du", "des", "von"}:
        return word.lower()
    if len(bare) <= 3 or not set(bare) & VOWELS:
        return word
    return re.sub(r"[^\W\d_]+(?:['’]S\b)?", lambda part: part[0].capitalize(), word)
