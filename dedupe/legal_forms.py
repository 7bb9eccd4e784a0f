"""Legal forms of companies: however they are written, and which may be written for one another.

They follow the ISO 20275 list of entity legal forms (GLEIF).
"""

from typing import Final

from dedupe import texts as of
from dedupe.texts import Texts

# Forms that may be written for one another; forms of two families are two companies.
_FAMILIES: Final = {
    "corporation": "inc incorporated corp corporation co company",
    "llc": "llc",
    "lp": "lp llp",
    "limited": "ltd limited pty pte plc",
    "gmbh": "gmbh ug mbh haftungsbeschrankt",
    "ag": "ag aktiengesellschaft",
    "kg": "kg kgaa ohg gbr kommanditgesellschaft",
    "sa": "sa sas sarl sasu eurl",
    "spa": "srl spa",
    "bv": "bv nv",
    "ab": "ab aktiebolag",
    "as": "as asa aps aktieselskab aksjeselskap",
    "oy": "oy oyj",
    "sl": "sl slu",
}
_FAMILY_OF: Final = {form: family for family, forms in _FAMILIES.items() for form in forms.split()}
# Forms written out in several words, folded.
_SPELLED: Final = {
    "gesellschaft mit beschrankter haftung": "gmbh",
    "gesellschaft m b h": "gmbh",
    "offene handelsgesellschaft": "ohg",
    "limited liability company": "llc",
    "limited liability partnership": "llp",
    "public limited company": "plc",
    "private limited": "ltd",
    "societe a responsabilite limitee": "sarl",
    "societe par actions simplifiee": "sas",
    "societe anonyme": "sa",
    "sociedad de responsabilidad limitada": "sl",
    "sociedad limitada": "sl",
    "sociedad anonima": "sa",
    "societa a responsabilita limitata": "srl",
    "societa per azioni": "spa",
    "besloten vennootschap": "bv",
    "naamloze vennootschap": "nv",
}
# Forms of which no family is known.
_OTHERS: Final = "cia doo eg ev kabushiki kaisha kk lda ltda pc pllc se sro zoo"
_HINTS: Final = r"\b(gesellschaft|handelsgesellschaft|limited|socie\w+|vennootschap)\b"
ALL: Final = (*_FAMILY_OF, *_OTHERS.split())


def shorten(folded: Texts) -> Texts:
    """Write legal forms of several words as their abbreviations; in and out: folded names."""
    return of.change(folded, _HINTS, _shorten)


def _shorten(folded: Texts) -> Texts:
    for spelled, short in _SPELLED.items():
        folded = of.replace(folded, rf"\b{spelled}\b", short)
    return folded


def family_of_form(name: str) -> str | None:
    """The family of the legal form that a folded name ends in, if it has one."""
    return next((_FAMILY_OF[word] for word in reversed(name.split()) if word in _FAMILY_OF), None)
