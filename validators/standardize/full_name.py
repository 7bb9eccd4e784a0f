"""Whole names, split where it is safe; salutations and suffixes, taken off.

In: a whole name, or a part with a title before or a suffix behind it. Out: `NameParts`; a name
that cannot be split safely stays whole in `full`.
"""

import re
from dataclasses import dataclass, replace
from typing import Final

from validators.standardize.cells import is_placeholder
from validators.standardize.distinct import Cell, Finding
from validators.standardize.name import (
    LEGAL_FORM,
    PARTICLES,
    STAND_INS,
    doubts,
    mend_case,
    refusal,
    standardize_name,
    tidy,
)
from validators.words import words

SALUTATIONS: Final = words(
    """
    mr mrs ms miss mx dr prof professor sir madam madame dame lady lord rev reverend fr father
    capt captain maj major col colonel gen general lt lieutenant sgt sergeant hon judge
    herr frau hr dipl dipl-ing ing mag univ-prof mme mlle monsieur mademoiselle maître
    sr sra srta señor señora señorita don doña dña dra sig sigra signor signora dott dottssa avv
    dhr mevr mevrouw drs
    """
)
SUFFIXES: Final = words(
    """
    jr jnr junior sr snr senior ii iii iv phd dphil md dds dvm esq mba cpa msc bsc llm mbe obe cbe
    """
)
# Vietnamese family names come first, and are not always written so.
FAMILY_FIRST: Final = words(
    "nguyễn trần lê phạm hoàng huỳnh phan vũ võ đặng bùi đỗ hồ ngô dương lý nguyen tran pham huynh"
)
# Between two family names, not before one.
JOINERS: Final = words("e y d")
LETTER: Final = re.compile(r"[^\W\d_]")
CJK: Final = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
NICKNAME: Final = re.compile(
    '\\s*(?:["\u201c\u201e\u00ab][^"\u201c\u201d\u00bb]{1,40}["\u201d\u00bb\u201c]'
    "|\\([^()]{1,40}\\)|(?<=\\s)['\u2018][^'\u2019]{2,40}['\u2019](?=\\s))\\s*"
)
MOST_PARTS: Final = 5


@dataclass(frozen=True)
class NameParts:
    """The parts of a name; `full` only where it could not be split."""

    salutation: str | None = None
    given: str | None = None
    middle: str | None = None
    family: str | None = None
    suffix: str | None = None
    full: str | None = None
    findings: tuple[Finding, ...] = ()


def split_name(text: str) -> NameParts:
    """Split a whole name, "Smith, John" or "Dr. John Smith Jr.", into its parts."""
    name = _without_nicknames(tidy(text))
    if not name or is_placeholder(name, "full_name"):
        return NameParts()
    refused = refusal(name)
    if refused:
        return NameParts(findings=(Finding(refused),))
    found = doubts(name)
    if found:
        return NameParts(full=mend_case(name), findings=found)
    named = [word for word in turn_round(name).split() if LETTER.search(word)]
    before, parts, behind = take_titles(named)
    if not parts:
        return NameParts(full=mend_case(name))
    # A word that was dropped may have left its marks at the ends.
    whole = tidy(" ".join(parts))
    if is_placeholder(whole, "full_name"):
        return NameParts()
    return _assign(before, mend_case(whole).split(" "), behind)


def _without_nicknames(name: str) -> str:
    """Leave out what stands in quotes or brackets; a name that is nothing else stays."""
    while bare := tidy(NICKNAME.sub(" ", name)):
        if bare == name:
            break
        name = bare
    return name


def is_ordinary(word: str) -> bool:
    """Tell whether a word, capitalized, is a name like any other.

    The law: a whole name of two such words is a given and a family name, and nothing is found.
    """
    folded = word.casefold()
    return (
        folded not in SALUTATIONS | SUFFIXES | PARTICLES
        and not any(stand_in.startswith(folded) for stand_in in STAND_INS)
        and not LEGAL_FORM.search(f"x {word}")
        and standardize_name(word) == (word, ())
    )


def take_titles(parts: list[str]) -> tuple[str | None, list[str], str | None]:
    """Take salutations from the front and suffixes from the back of the words of a name."""
    start, end = 0, len(parts)
    while start < end and _is_one_of(parts[start], SALUTATIONS):
        start += 1
    while end > start + 1 and _is_one_of(parts[end - 1], SUFFIXES):
        end -= 1
    before = mend_case(" ".join(parts[:start])).rstrip(".") or None
    behind = " ".join(part.strip(",") for part in parts[end:]) or None
    return before, [part.strip(",") for part in parts[start:end]], behind


def turn_round(name: str) -> str:
    """Turn "Smith, John" round; a comma before a suffix is none of that kind."""
    pieces = [piece.strip() for piece in name.split(",") if piece.strip()]
    behind = [piece for piece in pieces[1:] if _are_suffixes(piece)]
    family, *given = (piece for piece in pieces if piece not in behind)
    words = " ".join(given).split()
    while words and _is_one_of(words[-1], SUFFIXES):  # "Smith, John Jr."
        behind.insert(0, words.pop())
    return " ".join([*words, family, *behind])


def _are_suffixes(piece: str) -> bool:
    return all(_is_one_of(word, SUFFIXES) for word in piece.split())


def _is_one_of(part: str, known: frozenset[str]) -> bool:
    return part.casefold().strip(",").replace(".", "") in known


def _assign(before: str | None, parts: list[str], behind: str | None) -> NameParts:
    if len(parts) == 1 and before:
        # One word after a title is a family name: Mr Smith.
        return _check(NameParts(before, family=parts[0], suffix=behind))
    if not _can_split(parts):
        return NameParts(before, full=" ".join(parts), suffix=behind)
    if CJK.search(parts[0]):
        return _check(NameParts(before, given=parts[1], family=parts[0], suffix=behind))
    at = _family_start(parts)
    middle = " ".join(parts[1:at]) or None
    return _check(NameParts(before, parts[0], middle, " ".join(parts[at:]), behind))


def _check(parts: NameParts) -> NameParts:
    """Hold each part to the rules of names, as if it had come in a column of its own."""
    cells = [
        standardize_name(part) if part else Cell(None)
        for part in (parts.given, parts.middle, parts.family)
    ]
    given, middle, family = (cell.value for cell in cells)
    findings = tuple(dict.fromkeys(finding for cell in cells for finding in cell.findings))
    return replace(parts, given=given, middle=middle, family=family, findings=findings)


def _can_split(parts: list[str]) -> bool:
    if any(CJK.search(part) for part in parts):
        return len(parts) == 2
    if len(parts) > 2 and parts[0].casefold() in FAMILY_FIRST:
        return False
    return 2 <= len(parts) <= MOST_PARTS


def _family_start(parts: list[str]) -> int:
    """Return where the family name begins: at the first particle, else at the last word."""
    last = len(parts) - 1
    particles = (at for at in range(1, last) if parts[at].casefold() in PARTICLES - JOINERS)
    start = next(particles, last)
    # Ortega y Gasset: what is joined belongs together.
    joined = next((at for at in range(2, last) if parts[at].casefold() in JOINERS), start + 1)
    return min(start, joined - 1)
