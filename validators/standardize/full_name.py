"""Whole names, split where it is safe; salutations and suffixes, taken off.

In: a whole name, or a part with a title before or a suffix behind it. Out: `NameParts`; a name
that cannot be split safely stays whole in `full`.
"""

import re
from dataclasses import dataclass
from typing import Final

from validators.standardize.distinct import Finding
from validators.standardize.name import PARTICLES, doubts, mend_case, refusal, tidy
from validators.words import words

SALUTATIONS: Final = words(
    """
    mr mrs ms miss mx dr prof professor sir madam madame dame lady lord rev reverend fr father
    capt captain maj major col colonel gen general lt lieutenant sgt sergeant hon judge
    herr frau hr fr. dipl dipl-ing ing mag univ-prof
    mme mlle monsieur mademoiselle maître
    sr sra srta señor señora señorita don doña dña dra sig sigra signor signora dott dottssa avv
    dhr mevr mevrouw drs
    """
)
SUFFIXES: Final = words(
    """
    jr jnr junior sr snr senior ii iii iv phd dphil md dds dvm esq mba cpa msc bsc llm mbe obe cbe
    """
)
FAMILY_FIRST: Final = words(
    "nguyễn trần lê phạm hoàng huỳnh phan vũ võ đặng bùi đỗ hồ ngô dương lý nguyen tran pham huynh"
)
CJK: Final = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
NICKNAME: Final = re.compile(
    r"\s*(?:[\"“„«][^\"“”»]{1,40}[\"”»“]|\([^()]{1,40}\)|(?<=\s)['‘][^'’]{2,40}['’](?=\s))\s*"
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
    name = tidy(NICKNAME.sub(" ", text)) or tidy(text)
    if not name:
        return NameParts()
    refused = refusal(name)
    if refused:
        return NameParts(findings=(Finding(refused),))
    found = doubts(name)
    if found:
        return NameParts(full=mend_case(name), findings=found)
    before, words, behind = take_titles(_turn_round(name).split(" "))
    if not words:
        return NameParts(full=mend_case(name))
    return _place(before, words, behind)


def take_titles(words: list[str]) -> tuple[str | None, list[str], str | None]:
    """Take salutations from the front and suffixes from the back of the words of a name."""
    start, end = 0, len(words)
    while start < end and _is_title(words[start], SALUTATIONS):
        start += 1
    while end > start + 1 and _is_title(words[end - 1], SUFFIXES):
        end -= 1
    before = " ".join(words[:start]) or None
    behind = " ".join(word.strip(",") for word in words[end:]) or None
    return before, [word.strip(",") for word in words[start:end]], behind


def _is_title(word: str, known: frozenset[str]) -> bool:
    bare = word.casefold().strip(",").replace(".", "")
    return bare in known


def _turn_round(name: str) -> str:
    """Turn "Smith, John" round; a comma before a suffix is none of that kind."""
    family, comma, given = (part.strip() for part in name.partition(","))
    if not comma or not given or not family:
        return name.replace(",", " ").strip()
    if all(_is_title(word, SUFFIXES) for word in re.split(r"[\s,]+", given)):
        return f"{family} {given.replace(',', ' ')}"
    return re.sub(r"\s+", " ", f"{given.replace(',', ' ')} {family}")


def _place(before: str | None, words: list[str], behind: str | None) -> NameParts:
    cased = mend_case(" ".join(words)).split(" ")
    salutation = mend_case(before).rstrip(".") if before else None
    if len(cased) == 1 or not _can_split(cased):
        # One word after a title is a family name: Mr Smith.
        if len(cased) == 1 and salutation:
            return NameParts(salutation, family=cased[0], suffix=behind)
        return NameParts(salutation, full=" ".join(cased), suffix=behind)
    if CJK.search(cased[0]):
        return NameParts(salutation, given=cased[1], family=cased[0], suffix=behind)
    at = _family_start(cased)
    middle = " ".join(cased[1:at]) or None
    return NameParts(salutation, cased[0], middle, " ".join(cased[at:]), behind)


def _can_split(words: list[str]) -> bool:
    if any(CJK.search(word) for word in words):
        return len(words) == 2
    if len(words) > 2 and words[0].casefold() in FAMILY_FIRST:
        return False
    return len(words) <= MOST_PARTS or _family_start(words) <= 2


def _family_start(words: list[str]) -> int:
    """Return where the family name begins: at the first particle, else at the last word."""
    last = len(words) - 1
    for at in range(1, last):
        if words[at].casefold() in PARTICLES and words[at].casefold() not in {"e", "y", "d"}:
            return at
    return last
