"""Countries, by code or name in English, German, French, Spanish and their own languages.

In: a country as written. Out: ISO 3166 alpha-2, or None.
"""

import gettext
import re
import unicodedata
from functools import cache
from typing import Final

from validators.standardize.distinct import Cell, Finding

LANGUAGES: Final = ("de", "fr", "es", "it", "nl", "pt", "pl")
ALSO_CALLED: Final[dict[str, str]] = {
    "US": "usa|u s a|u s|us of a|america|united states of america|the states|estados unidos|"
    "etats unis|vereinigte staaten|ee uu|eeuu",
    "GB": "uk|u k|great britain|britain|england|scotland|wales|northern ireland|grossbritannien|"
    "großbritannien|united kingdom|schottland|angleterre|inglaterra|royaume uni|reino unido",
    "DE": "d|deutschland|brd|federal republic of germany|allemagne|alemania|germania",
    "AT": "a|österreich|oesterreich|autriche",
    "CH": "schweiz|suisse|svizzera|suiza|schweizerische eidgenossenschaft",
    "FR": "f|france|frankreich|francia",
    "ES": "españa|espana|spanien|espagne",
    "IT": "italia|italien|italie",
    "NL": "holland|nederland|the netherlands|niederlande|pays bas|países bajos",
    "BE": "belgië|belgie|belgique|belgien|bélgica",
    "DK": "danmark", "SE": "sverige", "NO": "norge", "FI": "suomi", "IS": "ísland",
    "PL": "polska", "CZ": "česko|czech republic|česká republika|tschechien|cz", "SK": "slovensko",
    "HU": "magyarország", "RO": "românia", "BG": "българия", "GR": "ελλάδα|hellas",
    "HR": "hrvatska", "SI": "slovenija", "RS": "srbija", "TR": "türkiye|turkey|turkiye",
    "RU": "russia|россия", "UA": "україна", "IE": "éire|republic of ireland|eire", "PT": "portugal",
    "BR": "brasil", "MX": "méxico", "JP": "日本", "CN": "中国|china|prc|mainland china",
    "KR": "south korea|korea|대한민국|한국|republic of korea", "KP": "north korea",
    "TW": "taiwan|台灣|台湾",
    "HK": "hong kong|香港", "VN": "vietnam|việt nam", "IN": "bharat|भारत", "EG": "مصر",
    "AE": "uae|u a e|emirates|dubai", "SA": "ksa|saudi arabia", "IL": "ישראל", "IR": "iran",
    "SY": "syria", "LA": "laos", "MD": "moldova", "TZ": "tanzania", "VE": "venezuela",
    "BO": "bolivia",
    "CI": "ivory coast|cote d ivoire", "CV": "cape verde", "SZ": "swaziland", "MK": "macedonia",
    "MM": "burma", "CD": "dr congo|drc", "CG": "congo", "FK": "falkland islands", "VA": "vatican",
    "PS": "palestine", "BN": "brunei", "FM": "micronesia", "TL": "east timor", "XK": "kosovo",
    "AU": "australien|australie|oz", "NZ": "neuseeland|aotearoa", "ZA": "südafrika|rsa",
}  # fmt: skip
SPELLED: Final = 88
WHOLE_WORD: Final = 5


def standardize_country(text: str) -> Cell:
    """Return the alpha-2 code of a country, mending a spelling slip."""
    key = country_key(text)
    code = known_countries().get(key) or countries().get(key)
    if code:
        return Cell(code)
    if len(key) >= WHOLE_WORD:
        from rapidfuzz import fuzz, process  # noqa: PLC0415

        best = process.extract(key, _long_names(), scorer=fuzz.ratio, limit=2, score_cutoff=SPELLED)
        codes = {countries()[name] for name, _, _ in best}
        if len(codes) == 1:
            code = codes.pop()
            return Cell(code, (Finding("country.spelling", code),))
    return Cell(None, (Finding("country.unknown"),))


def country_key(text: str) -> str:
    """Fold a name for look-up: case, accents, dots and "the" do not count."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(char for char in plain if not unicodedata.combining(char))
    words = re.sub(r"[\W_]+", " ", plain).strip()
    return words.removeprefix("the ")


@cache
def known_countries() -> dict[str, str]:
    """Return what most files write, without reading any translation: a part of `countries`."""
    import pycountry  # noqa: PLC0415 (reads its database)

    table = {country_key(country.name): country.alpha_2 for country in pycountry.countries}
    return table | _settled()


def _settled() -> dict[str, str]:
    """Return the names that outrank all others: alpha-2 codes, and what countries are called."""
    import pycountry  # noqa: PLC0415 (reads its database)

    table = {country_key(country.alpha_2): country.alpha_2 for country in pycountry.countries}
    for code, names in ALSO_CALLED.items():
        table.update({country_key(name): code for name in names.split("|")})
    return table


@cache
def countries() -> dict[str, str]:
    """Return folded name or code → alpha-2. Read from ISO 3166 and its translations once."""
    import pycountry  # noqa: PLC0415 (reads its database)

    catalogs = [
        gettext.translation("iso3166-1", pycountry.LOCALES_DIR, languages=[language])
        for language in LANGUAGES
    ]
    table: dict[str, str] = {}
    for country in pycountry.countries:
        names = {
            country.name,
            getattr(country, "official_name", ""),
            getattr(country, "common_name", ""),
        }
        for catalog in catalogs:
            names |= {catalog.gettext(name) for name in names if name}
        names |= {country.alpha_3, country.name.partition(",")[0]}
        for name in names:
            table.setdefault(country_key(name), country.alpha_2)
    table |= _settled()
    table.pop("", None)
    return table


@cache
def _long_names() -> tuple[str, ...]:
    return tuple(name for name in countries() if len(name) >= WHOLE_WORD)
