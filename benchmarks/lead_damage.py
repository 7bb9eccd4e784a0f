"""What happens to values between a person and a spreadsheet: typos, lost accents, short forms.

Every function takes a column of texts, the positions to damage and a generator, and changes the
column in place; only damaged cells are touched one by one.
"""

from dataclasses import dataclass
from functools import cache
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from benchmarks.lead_names import read_culture
from benchmarks.lead_places import DOMAIN_TYPOS
from benchmarks.lead_world import Integers, Texts

Damage = Literal["normal", "heavy"]

_NEIGHBOURS = {
    "a": "sqz", "b": "vn", "c": "xv", "d": "sf", "e": "wr", "f": "dg", "g": "fh", "h": "gj",
    "i": "uo", "j": "hk", "k": "jl", "l": "k", "m": "n", "n": "mb", "o": "ip", "p": "o",
    "q": "wa", "r": "et", "s": "ad", "t": "ry", "u": "yi", "v": "cb", "w": "qe", "x": "zc",
    "y": "tu", "z": "xa", "0": "9", "1": "2", "2": "13", "3": "24", "4": "35", "5": "46",
    "6": "57", "7": "68", "8": "79", "9": "80",
}  # fmt: skip
_ACCENTS = str.maketrans(
    "äöüÄÖÜßéèêëáàâãåíìîïóòôõúùûñçÉÈÊÁÀÍÓÚÑÇşğıİŞĞćčšžłńśźż",
    "aouAOUseeeeaaaaaiiiioooouuuncEEEAAIOUNCsgiISGccszlnszz",
)


@dataclass(frozen=True)
class Rates:
    """How often each thing happens to a cell (or, for swaps, to a row)."""

    typo: float
    street_typo: float
    phone_typo: float
    email_typo: float
    domain_typo: float
    short_form: float
    initial: float
    one_surname: float
    swap: float
    accents: float
    capitals: float
    spaces: float
    plus_tag: float
    missing: float


RATES: dict[Damage, Rates] = {
    "normal": Rates(
        typo=0.02, street_typo=0.03, phone_typo=0.01, email_typo=0.006, domain_typo=0.01,
        short_form=0.07, initial=0.012, one_surname=0.25, swap=0.008, accents=0.2, capitals=0.06,
        spaces=0.02, plus_tag=0.03, missing=1.0,
    ),
    "heavy": Rates(
        typo=0.07, street_typo=0.1, phone_typo=0.03, email_typo=0.025, domain_typo=0.03,
        short_form=0.14, initial=0.04, one_surname=0.4, swap=0.03, accents=0.4, capitals=0.14,
        spaces=0.06, plus_tag=0.06, missing=2.0,
    ),
}  # fmt: skip


def pick(n: int, rate: float, rng: np.random.Generator) -> Integers:
    """The positions, of `n`, at which something with that rate happens."""
    return np.flatnonzero(rng.random(n) < rate)


def add_typos(texts: Texts, where: Integers, rng: np.random.Generator) -> None:
    """One slip of the finger in each: two letters swapped, one lost, doubled or mistaken."""
    kinds = rng.integers(0, 4, len(where))
    spots = rng.random(len(where))
    for i, kind, spot in zip(where.tolist(), kinds.tolist(), spots.tolist(), strict=True):
        texts[i] = _slip(texts[i], kind, spot)


def _slip(text: str, kind: int, spot: float) -> str:
    if len(text) < 3:
        return text
    at = int(spot * (len(text) - 1))
    if kind == 0:
        return text[:at] + text[at + 1] + text[at] + text[at + 2 :]
    if kind == 1:
        return text[:at] + text[at + 1 :]
    if kind == 2:
        return text[:at] + text[at] + text[at:]
    beside = _NEIGHBOURS.get(text[at].lower(), text[at])
    letter = beside[int(spot * 97) % len(beside)]
    return text[:at] + (letter.upper() if text[at].isupper() else letter) + text[at + 1 :]


def change_digits(texts: Texts, where: Integers, rng: np.random.Generator) -> None:
    """One digit of the number mistaken for another, or two neighbours swapped."""
    spots = rng.random(len(where))
    digits = rng.integers(1, 10, len(where))
    for i, spot, digit in zip(where.tolist(), spots.tolist(), digits.tolist(), strict=True):
        text = texts[i]
        at = 3 + int(spot * (len(text) - 4))
        if digit < 4:
            texts[i] = text[: at - 1] + text[at] + text[at - 1] + text[at + 1 :]
        else:
            texts[i] = text[:at] + str((int(text[at]) + digit) % 10) + text[at + 1 :]


def shorten_given(texts: Texts, where: Integers, rng: np.random.Generator) -> None:
    """Robert becomes Bob; a name without a short form stays."""
    short = _short_forms()
    choices = rng.integers(0, 12, len(where))
    for i, choice in zip(where.tolist(), choices.tolist(), strict=True):
        forms = short.get(texts[i])
        if forms:
            texts[i] = forms[choice % len(forms)]


def lose_accents(texts: Texts, where: Integers) -> None:
    """`José` becomes `Jose`, `Müller` becomes `Muller`, `Straße` becomes `Strase`."""
    for i in where.tolist():
        texts[i] = texts[i].translate(_ACCENTS)


def write_out_umlauts(texts: Texts, where: Integers) -> None:
    """`Müller` becomes `Mueller`."""
    for i in where.tolist():
        texts[i] = (
            texts[i].replace("ä", "ae").replace("ö", "oe").replace("ü", "ue").replace("ß", "ss")
        )


def change_case(texts: Texts, capitals: Integers, small: Integers) -> None:
    """Whole rows arrive in capitals or in small letters."""
    for i in capitals.tolist():
        texts[i] = texts[i].upper()
    for i in small.tolist():
        texts[i] = texts[i].lower()


def add_spaces(texts: Texts, where: Integers) -> None:
    """A space before or after, two between words: what copying from a page leaves behind."""
    for i in where.tolist():
        if texts[i]:
            texts[i] = (" " + texts[i]) if i % 3 == 0 else texts[i].replace(" ", "  ") + " "


def mistype_domains(emails: Texts, where: Integers) -> None:
    """`gmail.com` becomes `gmial.com`; a domain without a well-known slip stays."""
    for i in where.tolist():
        local, _, domain = emails[i].partition("@")
        slips = DOMAIN_TYPOS.get(domain)
        if slips:
            emails[i] = f"{local}@{slips[i % len(slips)]}"


def add_plus_tags(emails: Texts, where: Integers) -> None:
    """`ann@…` becomes `ann+news@…`."""
    for i in where.tolist():
        local, _, domain = emails[i].partition("@")
        emails[i] = f"{local}+{('news', 'crm', 'shop', 'fair')[i % 4]}@{domain}"


def blank_out(texts: Texts, where: NDArray[np.bool_] | Integers) -> None:
    """The cell was left empty."""
    texts[where] = ""


@cache
def _short_forms() -> dict[str, tuple[str, ...]]:
    forms: dict[str, tuple[str, ...]] = {}
    for name in ("world", "es", "fr", "de", "en"):
        forms |= read_culture(name).nicknames
    return forms


def to_series(texts: Texts) -> pd.Series:
    """The column as pandas text, blanks as missing values."""
    series = pd.Series(texts, dtype="str")
    return series.where(series != "")
