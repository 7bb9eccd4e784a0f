"""Names of fields looked up by their words: abbreviations spelled out, in any order."""

import re
from functools import cache
from typing import Final

from validators.mapping import morphemes
from validators.mapping.ambiguity import AMBIGUOUS, WEAK
from validators.mapping.headers import squeeze
from validators.mapping.synonyms import SYNONYMS, synonyms
from validators.words import phrases

# The shortest beginning that stands for a word.
BEGINNING: Final = 4
# The shortest adjective whose ending is left out: “geschätztes”.
INFLECTED: Final = 8


def spell_out(folded: str, *, cut: bool = False) -> list[str]:
    """Return the words of a header without the small ones, abbreviations spelled out."""
    spell = _spell_cut if cut else _spell
    for shown, meant in morphemes.CONTRACTIONS:
        folded = re.sub(shown, meant, folded)
    spelled = [spell(each) for each in folded.split()]
    last = spelled[-1] if spelled else ""
    words = [word for word in spelled if word not in morphemes.SMALL]
    return [*words, last] if len(spelled) > 1 and last in morphemes.ELIDED else words


def _spell(word: str) -> str:
    if word not in morphemes.QUALIFIERS and len(word) >= INFLECTED:
        for ending in morphemes.INFLECTIONS:
            if (bare := word.removesuffix(ending)) in morphemes.QUALIFIERS:
                return bare
    return morphemes.ABBREVIATIONS.get(word, word)


@cache
def _spell_cut(word: str) -> str:
    """Spell out an abbreviation, or the first qualifier that begins with the word."""
    if word in morphemes.ABBREVIATIONS or fields_of(word) or len(word) <= BEGINNING:
        return _spell(word)
    return next((each for each in sorted(morphemes.QUALIFIERS) if each.startswith(word)), word)


def look_up(words: tuple[str, ...]) -> tuple[str, ...]:
    """Return the fields of words that are a name in some order, or that all name one field."""
    whole = fields_of(" ".join(words)) or _in_any_order().get(frozenset(words), ())
    if whole or len(words) == 1:
        return whole
    return _shared(words)[:1]


def _shared(words: tuple[str, ...]) -> tuple[str, ...]:
    """Return the fields that each of the names has that words fall into, one after the other."""
    for end in range(len(words), 0, -1):
        fields = fields_of(" ".join(words[:end]))
        if fields and end < len(words):
            others = _shared(words[end:])
            second = fields == ("street",) and others == ("street_2",)
            fields = others if second else tuple(field for field in fields if field in others)
        if fields:
            return fields
    return ()


def fields_of(name: str) -> tuple[str, ...]:
    """Return the fields that are called so, none where no list has the name."""
    if name in AMBIGUOUS:
        return AMBIGUOUS[name]
    if name in WEAK:
        return (WEAK[name],)
    field = synonyms().get(squeeze(name))
    return (field,) if field else ()


@cache
def _in_any_order() -> dict[frozenset[str], tuple[str, ...]]:
    """Known names of several words, as the sets of those that are not small."""
    found: dict[frozenset[str], set[str]] = {}
    for field, names in SYNONYMS.items():
        for name in phrases(names):
            words = frozenset(spell_out(name))
            if len(words) > 1:
                found.setdefault(words, set()).add(field)
    return {words: tuple(fields) for words, fields in found.items() if len(fields) == 1}


def stems_of(word: str, ending: str) -> list[str]:
    """Return what can stand before an ending, with and without the letters that link them."""
    stem = word.removesuffix(ending)
    if stem in (word, ""):
        return []
    return [stem, *(bare for link in morphemes.LINKS if (bare := stem.removesuffix(link)) != stem)]
