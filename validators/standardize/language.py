"""Languages: ISO 639-1 codes, from codes, locales and names.

In: en-US, German, Deutsch, français. Out: en, de, fr; another word stays as it is, with a doubt.
"""

import re
import unicodedata
from functools import cache
from typing import Final

from validators.standardize.distinct import Cell, Finding
from validators.words import words

NAMES: Final[dict[str, str]] = {
    "ar": "arabic arabisch arabe arabe العربية ara",
    "bg": "bulgarian bulgarisch bulgare bulgaro български bul",
    "ca": "catalan katalanisch catala cat",
    "cs": "czech tschechisch tcheque checo cestina ces cze",
    "da": "danish danisch danois danes dansk dan",
    "de": "german deutsch allemand aleman tedesco duits deu ger",
    "el": "greek griechisch grec griego ελληνικα ell gre",
    "en": "english englisch anglais ingles inglese engels eng",
    "es": "spanish spanisch espagnol espanol castellano spagnolo spaans spa",
    "et": "estonian estnisch estonien eesti est",
    "fi": "finnish finnisch finnois finlandes suomi fin",
    "fr": "french franzosisch francais frances francese frans fra fre",
    "he": "hebrew hebraisch hebreu hebreo עברית heb",
    "hi": "hindi हिन्दी hin",
    "hr": "croatian kroatisch croate croata hrvatski hrv",
    "hu": "hungarian ungarisch hongrois hungaro magyar hun",
    "it": "italian italienisch italien italiano italiaans ita",
    "ja": "japanese japanisch japonais japones 日本語 jpn",
    "ko": "korean koreanisch coreen coreano 한국어 kor",
    "lt": "lithuanian litauisch lituanien lietuviu lit",
    "lv": "latvian lettisch letton latviesu lav",
    "nl": "dutch niederlandisch hollandisch neerlandais holandes nederlands olandese nld dut",
    "no": "norwegian norwegisch norvegien noruego norsk bokmal nor nb nn nob nno",
    "pl": "polish polnisch polonais polaco polski pol",
    "pt": "portuguese portugiesisch portugais portugues portoghese por",
    "ro": "romanian rumanisch roumain rumano romana ron rum",
    "ru": "russian russisch russe ruso русскии rus",
    "sk": "slovak slowakisch slovaque eslovaco slovencina slk slo",
    "sl": "slovenian slowenisch slovene esloveno slovenscina slv",
    "sr": "serbian serbisch serbe serbio srpski srp",
    "sv": "swedish schwedisch suedois sueco svenska swe",
    "th": "thai thailandisch ไทย tha",
    "tr": "turkish turkisch turc turco turkce tur",
    "uk": "ukrainian ukrainisch ukrainien ucraniano українська ukr",
    "vi": "vietnamese vietnamesisch vietnamien tiengviet vie",
    "zh": "chinese chinesisch chinois chino mandarin 中文 汉语 漢語 zho chi",
}
LOCALE: Final = re.compile(r"([a-z]{2,3})[-_](?:[a-z]{4}[-_])?(?:[a-z]{2}|\d{3})(?:[.@].*)?")


def standardize_language(text: str) -> Cell:
    """Return the code of a language; a locale (de_AT.UTF-8) without its country."""
    key = _key(text)
    locale = LOCALE.fullmatch(key)
    code = languages().get(locale[1] if locale else re.sub(r"\s*\(.*\)$|\s", "", key))
    return Cell(code) if code else Cell(text, (Finding("language.unknown"),))


@cache
def languages() -> dict[str, str]:
    """Return folded name or code → code."""
    table = {_key(name): code for code, names in NAMES.items() for name in words(names)}
    return table | {code: code for code in NAMES}


def _key(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.casefold().strip(" .,;"))
    return "".join(char for char in plain if not unicodedata.combining(char))
