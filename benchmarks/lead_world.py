"""The people behind the leads of one country: households, companies, and what changes in a life.

Everything is drawn in columns, one array a property; `numpy.random.Generator` is passed in, so
that the same seed gives the same world.
"""

import zlib
from collections import Counter
from dataclasses import dataclass
from functools import cache
from itertools import product

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from benchmarks.lead_names import read_culture
from benchmarks.lead_places import COMPANY_WORDS, JOB_TITLES, Country

Texts = NDArray[np.object_]
Integers = NDArray[np.int64]

_LETTERS = np.array(list("ABDEFGHJLNPQRSTUWXYZ"), dtype=object)
_DIGITS = np.array(list("0123456789"), dtype=object)
_FOLDED = {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ø": "o", "ł": "l", "đ": "d", "\u0131": "i"}


@dataclass(frozen=True)
class World:
    """One country's people, the places they live and work at, and their employers.

    `people` holds, for each person: given, family, married, suffix, household, address,
    new_address, company, new_company, title, new_title, mobile, new_mobile, direct, own_email,
    home_email, work_email, new_work_email; `places`: city, region, region_short, postal, number,
    street; `companies`: name, form, place, phone, domain; `landlines`: one for each household.
    """

    country: Country
    people: pd.DataFrame
    places: pd.DataFrame
    companies: pd.DataFrame
    landlines: Texts


def build_world(
    country: Country, persons: int, taken: Counter[str], rng: np.random.Generator
) -> World:
    """A country with that many persons in it; addresses that are `taken` are not given again."""
    people = _draw_people(country, persons, rng)
    households = int(people["household"].max()) + 1
    movers = np.flatnonzero(rng.random(persons) < 0.08)
    firms = max(3, persons // 6)
    places = _draw_places(country, households + len(movers) + firms, rng)
    people["new_address"] = people["household"]
    people.loc[movers, "new_address"] = households + np.arange(len(movers))
    companies = _draw_companies(country, firms, rng)
    companies["place"] = households + len(movers) + np.arange(firms)
    companies["phone"] = _draw_phones(country, places["area"].iloc[-firms:].to_numpy(), rng)
    _add_work(people, companies, rng)
    _add_contacts(people, country, companies, (taken, rng))
    landlines = _draw_phones(country, places["area"].iloc[:households].to_numpy(), rng)
    return World(country, people, places, companies, landlines)


def draw_ranked(words: int, n: int, rng: np.random.Generator, *, flat: float = 12.0) -> Integers:
    """`n` ranks below `words`, their frequencies falling as Zipf and Mandelbrot have it."""
    weights = 1.0 / (np.arange(words) + flat)
    heights = np.cumsum(weights)
    drawn = np.searchsorted(heights, rng.random(n) * heights[-1])
    return np.asarray(np.minimum(drawn, words - 1), dtype=np.int64)


def fold(text: str) -> str:
    """The text in small ASCII letters and digits, as an e-mail or web address writes it."""
    return text.translate(_fold_table()).lower()


@cache
def _fold_table() -> dict[int, str | None]:
    table: dict[int, str | None] = {}
    accents = "àáâãåæçèéêëìíîïñòóôõùúûýÿăąćčďęěğłńňőřśşšťůűźżžāćœš"
    plain = "aaaaaaceeeeiiiinoooouuuyyaaccdeeglnnorssstuuzzzacos"
    for accent, letter in zip(accents, plain, strict=True):
        table[ord(accent)] = table[ord(accent.upper())] = letter
    for letter, folded in _FOLDED.items():
        table[ord(letter)] = table[ord(letter.upper()[0])] = folded
    table[ord("S")] = "s"  # "ß".upper() is "SS"
    return table | {ord(sign): None for sign in " '.-&,/ªº()"}


def _draw_people(country: Country, persons: int, rng: np.random.Generator) -> pd.DataFrame:
    """Households one after the other: a head, then spouse, children, flatmates."""
    sizes = rng.choice([1, 2, 3, 4], size=persons, p=[0.62, 0.26, 0.08, 0.04])
    household = np.repeat(np.arange(persons), sizes)[:persons]
    first = np.r_[True, household[1:] != household[:-1]]
    head = np.flatnonzero(first)[household]
    place_in_home = np.arange(persons) - head
    cultures = rng.choice(
        list(country.cultures), size=household[-1] + 1, p=list(country.cultures.values())
    )[household]
    woman = rng.random(persons) < 0.48
    spouse = (place_in_home == 1) & (rng.random(persons) < 0.8)
    woman = np.where(spouse, ~woman[head], woman)
    surnames = _draw_surnames(cultures, rng)
    keeps_name = first | (rng.random(persons) < 0.2)
    family = np.where(keeps_name, surnames, surnames[head])
    given = _draw_given(cultures, woman, rng)
    # Jr. is the son who has his father's name.
    namesake = (place_in_home == 2) & ~woman[head] & (rng.random(persons) < 0.4)
    woman &= ~namesake
    given = np.where(namesake, given[head], given)
    suffix = np.full(persons, "", dtype=object)
    suffix[namesake] = "Jr."
    suffix[head[namesake]] = "Sr."
    given = _draw_again_where_alike(given, household, namesake, (cultures, woman, rng))
    married = np.where(woman & (rng.random(persons) < 0.04), surnames[::-1], family)
    return pd.DataFrame(
        {
            "given": given.astype(object),
            "family": family.astype(object),
            "married": married.astype(object),
            "suffix": suffix,
            "household": household,
            "address": household,
        }
    )


def _draw_again_where_alike(
    given: Texts,
    household: Integers,
    namesake: NDArray[np.bool_],
    how: tuple[Texts, NDArray[np.bool_], np.random.Generator],
) -> Texts:
    """Two people of a home with one given name can only be told apart as Sr. and Jr."""
    cultures, woman, rng = how
    for _ in range(6):
        homes = pd.DataFrame({"home": household, "given": given})[~namesake]
        alike = homes.index[homes.duplicated()].to_numpy()
        given[alike] = _draw_given(cultures[alike], woman[alike], rng)
    return given


def _draw_given(cultures: Texts, woman: NDArray[np.bool_], rng: np.random.Generator) -> Texts:
    given = np.empty(len(cultures), dtype=object)
    for name in sorted(set(cultures)):
        culture = read_culture(name)
        for names, mask in ((culture.women, woman), (culture.men, ~woman)):
            where = np.flatnonzero((cultures == name) & mask)
            given[where] = np.array(names, dtype=object)[draw_ranked(len(names), len(where), rng)]
    return given


def _draw_surnames(cultures: Texts, rng: np.random.Generator) -> Texts:
    drawn = np.empty(len(cultures), dtype=object)
    for name in sorted(set(cultures)):
        where = np.flatnonzero(cultures == name)
        names = _surnames(name)
        drawn[where] = names[draw_ranked(len(names), len(where), rng, flat=25)]
        second = names[draw_ranked(len(names), len(where), rng, flat=25)]
        if read_culture(name).two_surnames:
            drawn[where] = drawn[where] + " " + second
        else:
            joined = rng.random(len(where)) < 0.015
            drawn[where[joined]] = drawn[where[joined]] + "-" + second[joined]
    return drawn


@cache
def _surnames(name: str) -> Texts:
    """The common surnames, then the composed ones in an order of their own."""
    culture = read_culture(name)
    rare = [start + end for start, end in product(culture.starts, culture.ends)]
    np.random.default_rng(zlib.crc32(name.encode())).shuffle(rare)
    names = [surname.replace("-", " ") for surname in culture.surnames]
    return np.array(list(dict.fromkeys(names + rare)), dtype=object)


def _draw_places(country: Country, n: int, rng: np.random.Generator) -> pd.DataFrame:
    cities = _cities(country)
    # Half in the large cities, half in the small towns.
    large = rng.random(n) < 0.5
    ranks = np.where(
        large,
        draw_ranked(len(country.cities), n, rng, flat=3),
        draw_ranked(len(cities), n, rng, flat=40),
    )
    columns = ("city", "region", "region_short", "prefix", "area")
    places = pd.DataFrame(dict(zip(columns, cities[ranks].T, strict=True)), dtype=object)
    places["postal"] = _fill(country.postal, places.pop("prefix").to_numpy(), rng)
    places["number"] = (1 + rng.geometric(0.02, n)).astype(str).astype(object)
    streets = np.array(country.streets, dtype=object)
    places["street"] = streets[draw_ranked(len(streets), n, rng, flat=8)]
    return places


@cache
def _cities(country: Country) -> Texts:
    """The cities named in the table, then composed towns that lie around them."""
    towns = [(start + end).replace("_", " ") for start, end in product(*country.town_parts)]
    np.random.default_rng(zlib.crc32(country.code.encode())).shuffle(towns)
    around = [country.cities[i % len(country.cities)] for i in range(len(towns))]
    rural = [(town, *city[1:]) for town, city in zip(towns, around, strict=True)]
    return np.array([*country.cities, *rural], dtype=object)


def _fill(pattern: str, prefixes: Texts, rng: np.random.Generator) -> Texts:
    """The pattern with `*` put in, and a random digit for `#`, a random letter for `@`."""
    filled: Texts = np.full(len(prefixes), "", dtype=object)
    for sign in pattern:
        if sign == "*":
            filled = filled + prefixes
        elif sign in "#@":
            signs = _DIGITS if sign == "#" else _LETTERS
            filled = filled + signs[rng.integers(0, len(signs), len(prefixes))]
        else:
            filled = filled + sign
    return filled


def _draw_phones(country: Country, areas: Texts, rng: np.random.Generator) -> Texts:
    """National numbers, digits alone: the area, then a subscriber number from 2… to 8…."""
    n = len(areas)
    tails = rng.integers(200_000_000, 900_000_000, n).astype(str)
    numbers = [
        area + tail[: country.number_length - len(area)]
        for area, tail in zip(areas, tails.tolist(), strict=True)
    ]
    return np.array(numbers, dtype=object)


def _draw_companies(country: Country, n: int, rng: np.random.Generator) -> pd.DataFrame:
    words = np.array(COMPANY_WORDS, dtype=object)
    trades = np.array(country.trades, dtype=object)
    surnames = _surnames(max(country.cultures, key=lambda name: country.cultures[name]))
    first = words[rng.integers(0, len(words), n)]
    second = np.char.lower(words[rng.integers(0, len(words), n)].astype(str)).astype(object)
    owner = surnames[draw_ranked(len(surnames), n, rng, flat=60)]
    partner = surnames[draw_ranked(len(surnames), n, rng, flat=60)]
    trade = trades[rng.integers(0, len(trades), n)]
    shape = rng.choice(5, size=n, p=[0.3, 0.2, 0.3, 0.12, 0.08])
    name = np.select(
        [shape == 0, shape == 1, shape == 2, shape == 3],
        [
            owner + " " + trade,
            first + " " + trade,
            first + second + " " + trade,
            owner + " & " + partner,
        ],
        default=first + second,
    ).astype(object)
    forms = rng.integers(0, len(country.legal_forms), n)
    stem = np.array([fold(text)[:24] for text in name], dtype=object)
    taken = pd.Series(stem).groupby(stem).cumcount().to_numpy()
    number = np.where(taken > 0, taken.astype(str), "").astype(object)
    return pd.DataFrame(
        {"name": name, "form": forms, "domain": stem + number + country.company_domain}
    )


def _add_work(people: pd.DataFrame, companies: pd.DataFrame, rng: np.random.Generator) -> None:
    """Employers (large ones have thousands of people), titles, and the next job; -1 is none."""
    n, firms = len(people), len(companies)
    employed = rng.random(n) < 0.72
    company = np.where(employed, draw_ranked(firms, n, rng, flat=firms / 40 + 8), -1)
    changes = employed & (rng.random(n) < 0.12)
    people["company"] = company
    people["new_company"] = np.where(changes, rng.integers(0, firms, n), company)
    titles = np.array(JOB_TITLES, dtype=object)
    people["title"] = titles[draw_ranked(len(titles), n, rng)]
    people["new_title"] = np.where(
        changes | (rng.random(n) < 0.1), titles[draw_ranked(len(titles), n, rng)], people["title"]
    )


def _add_contacts(
    people: pd.DataFrame,
    country: Country,
    companies: pd.DataFrame,
    how: tuple[Counter[str], np.random.Generator],
) -> None:
    """Mobiles, direct lines and e-mail addresses; an address of one's own is nobody else's."""
    n, rng = len(people), how[1]
    prefixes = np.array(country.mobile, dtype=object)
    mobiles = _draw_phones(country, prefixes[rng.integers(0, len(prefixes), 2 * n)], rng)
    people["mobile"] = mobiles[:n]
    people["new_mobile"] = np.where(rng.random(n) < 0.07, mobiles[n:], mobiles[:n])
    people["direct"] = rng.integers(100, 900, n).astype(str).astype(object)
    domains = np.array(country.mail_domains, dtype=object)
    own = domains[draw_ranked(len(domains), n, rng, flat=0.6)]
    people["own_email"] = _addresses(people, own, rng.integers(0, 7, n), how)
    shares = rng.random(n) < 0.05
    homes = people["household"].to_numpy()
    head = np.flatnonzero(np.r_[True, homes[1:] != homes[:-1]])[homes]
    people["home_email"] = np.where(
        shares, people["own_email"].to_numpy()[head], people["own_email"]
    )
    work = companies["domain"].to_numpy()
    style = rng.choice(4, size=len(companies), p=[0.55, 0.2, 0.15, 0.1])
    for job, column in (("company", "work_email"), ("new_company", "new_work_email")):
        firm = people[job].to_numpy()
        people[column] = _addresses(people, work[firm], style[firm], how)
        people.loc[firm < 0, column] = people.loc[firm < 0, "own_email"]
    same = people["company"] == people["new_company"]
    people.loc[same, "new_work_email"] = people.loc[same, "work_email"]


def _addresses(
    people: pd.DataFrame,
    domains: Texts,
    styles: Integers,
    how: tuple[Counter[str], np.random.Generator],
) -> Texts:
    """first.last@domain in seven manners, numbered where a namesake was there before."""
    taken, rng = how
    given = np.array([fold(name) for name in people["given"]], dtype=object)
    # Of two surnames the first is the one for every day.
    family = np.array([fold(name.split(" ")[0]) for name in people["family"]], dtype=object)
    initial = np.array([name[:1] for name in given], dtype=object)
    year = rng.integers(55, 100, len(people)).astype(str).astype(object)
    local = np.select(
        [styles == 0, styles == 1, styles == 2, styles == 3, styles == 4, styles == 5],
        [given + "." + family, initial + family, given, initial + "." + family, given + family,
         given + "_" + family],
        default=given + "." + family + year,
    ).astype(object)  # fmt: skip
    # Dots and underscores tell no two people apart; dots are not even read by Gmail.
    alike = pd.Series(local + "@" + domains).str.replace(r"[._](?=.*@)", "", regex=True)
    before = alike.groupby(alike).cumcount().to_numpy() + alike.map(taken).fillna(0).to_numpy(int)
    taken.update(alike.tolist())
    number = np.where(before > 0, (before + 1).astype(str), "").astype(object)
    return np.asarray(local + number + "@" + domains, dtype=object)
