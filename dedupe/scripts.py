"""Names in other alphabets, as their owners would write them in Latin letters.

Cyrillic after BGN/PCGN 1947 and 1965, Greek after ELOT 743, letter by letter and without marks:
what systems differ in (Dmitriy, Dmitry) is a typing error to the comparisons.
Scripts that write no vowels, or whole words, tell no spelling; see `is_foreign`.
"""

import re
import unicodedata
from typing import Final

_CYRILLIC: Final = """
    а=a б=b в=v г=g д=d е=e ё=yo ж=zh з=z и=i й=y к=k л=l м=m н=n о=o п=p р=r с=s т=t у=u ф=f х=kh
    ц=ts ч=ch ш=sh щ=shch ъ= ы=y ь= э=e ю=yu я=ya і=i ї=yi є=ye ґ=g ў=u ј=j љ=lj њ=nj ћ=c ђ=dj џ=dz
"""
_GREEK: Final = """
    α=a β=v γ=g δ=d ε=e ζ=z η=i θ=th ι=i κ=k λ=l μ=m ν=n ξ=x ο=o π=p ρ=r σ=s ς=s τ=t υ=y φ=f χ=ch
    ψ=ps ω=o
"""
_LATIN: Final = dict(pair.split("=") for pair in f"{_CYRILLIC} {_GREEK}".split())
_LATIN_LETTER: Final = re.compile("[a-z]")


def romanize(letter: str) -> str:
    """Write a small letter of Cyrillic or Greek in Latin letters; others stay as they are."""
    if letter in _LATIN:
        return _LATIN[letter]
    bare = unicodedata.normalize("NFD", letter)[:1]  # with an accent; й has gone its own way
    return _LATIN.get(bare, letter)


def is_foreign(text: str) -> bool:
    """Whether a folded text has no Latin letter, and some of another script.

    Whether 山田 is Yamada cannot be seen: such a text is neither like a Latin one nor unlike it.
    """
    return not text.isascii() and _LATIN_LETTER.search(text) is None
