"""From people to the rows they leave in a CRM.

Which of their numbers and addresses a lead shows, how it is written, what gets damaged on the way.
"""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from benchmarks import lead_damage as damage
from benchmarks.lead_damage import Rates, pick
from benchmarks.lead_places import CITY_VARIANTS, LEAD_SOURCES, STREET_KINDS, Country
from benchmarks.lead_world import Integers, Texts, World, draw_ranked

Flags = NDArray[np.bool_]
_EMPTY_FAMILY = 0.01
_DAYS = 5 * 365
_FIRST_DAY = np.datetime64("2021-06-01T00:00:00")


def write_records(
    world: World, person: Integers, rates: Rates, rng: np.random.Generator
) -> dict[str, Texts]:
    """One lead a row, for the person of each row; columns as a CRM exports them, "" where empty."""
    n = len(person)
    people = world.people.iloc[person].reset_index(drop=True)
    minutes = rng.integers(0, _DAYS * 24 * 60, n)
    # Whatever changes in a life changes on one day; about half of the leads come after it.
    later = minutes > rng.integers(0, _DAYS * 24 * 60, len(world.people))[person]
    prefers_work = (rng.random(len(world.people)) < 0.7)[person]
    employed = people["company"].to_numpy() >= 0
    at_work = employed & (rng.random(n) < np.where(prefers_work, 0.88, 0.15))
    columns = _write_names(people, later, rates, rng)
    columns |= _write_contacts(world, people, (later, at_work), rates, rng)
    columns |= _write_employer(world, people, (later, at_work), rates, rng)
    columns |= _write_place(world, people, (later, at_work), rates, rng)
    sources = np.array(LEAD_SOURCES, dtype=object)
    columns["Lead Source"] = sources[draw_ranked(len(sources), n, rng, flat=3)]
    stamps = _FIRST_DAY + minutes.astype("timedelta64[m]")
    columns["Created"] = np.datetime_as_string(stamps, unit="m").astype(object)
    _damage_rows(columns, rates, rng)
    return columns


def _choose(people: pd.DataFrame, before: str, after: str, later: Flags) -> NDArray[np.object_]:
    """The value that held at the time of the lead."""
    return np.where(later, people[after].to_numpy(), people[before].to_numpy())


def _write_names(
    people: pd.DataFrame, later: Flags, rates: Rates, rng: np.random.Generator
) -> dict[str, Texts]:
    n = len(people)
    given = people["given"].to_numpy().copy()
    family = _choose(people, "family", "married", later).astype(object)
    damage.shorten_given(given, pick(n, rates.short_form, rng), rng)
    for i in pick(n, rates.initial, rng).tolist():
        given[i] = given[i][0] + ("." if i % 2 else "")
    for i in pick(n, rates.one_surname, rng).tolist():
        first, space, _ = family[i].rpartition(" ")
        if space and len(first) > 3:  # García López is García, but "de Vries" stays whole
            family[i] = first
    for texts in (given, family):
        damage.add_typos(texts, pick(n, rates.typo, rng), rng)
    swapped = pick(n, rates.swap, rng)
    given[swapped], family[swapped] = family[swapped], given[swapped]
    suffix = people["suffix"].to_numpy().copy()
    damage.blank_out(suffix, pick(n, 0.12 * rates.missing, rng))
    damage.blank_out(given, pick(n, 0.006 * rates.missing, rng))
    damage.blank_out(family, pick(n, _EMPTY_FAMILY * rates.missing, rng))
    return {"First Name": given, "Last Name": family, "Suffix": suffix}


def _write_contacts(
    world: World,
    people: pd.DataFrame,
    when: tuple[Flags, Flags],
    rates: Rates,
    rng: np.random.Generator,
) -> dict[str, Texts]:
    later, at_work = when
    n = len(people)
    firm = _choose(people, "company", "new_company", later).astype(np.int64)
    domain = world.companies["domain"].to_numpy()[firm]
    email = np.where(
        at_work,
        _choose(people, "work_email", "new_work_email", later),
        people["home_email"].to_numpy(),
    ).astype(object)
    shared = np.flatnonzero(at_work & (rng.random(n) < 0.04))
    mailbox = np.array(["info", "sales", "office", "contact"], dtype=object)
    email[shared] = mailbox[firm[shared] % 4] + "@" + domain[shared]
    damage.add_typos(email, pick(n, rates.email_typo, rng), rng)
    damage.mistype_domains(email, pick(n, rates.domain_typo * 3, rng))
    damage.add_plus_tags(email, pick(n, rates.plus_tag, rng))
    damage.blank_out(email, pick(n, 0.1 * rates.missing, rng))
    phone = _choose_phone(world, people, (later, at_work), firm, rng)
    mobile = _choose(people, "mobile", "new_mobile", later).astype(object)
    for numbers, missing in ((phone, 0.25), (mobile, 0.4)):
        damage.change_digits(numbers, pick(n, rates.phone_typo, rng), rng)
        _format_phones(numbers, world.country, rng)
        damage.blank_out(numbers, pick(n, min(0.75, missing * rates.missing), rng))
    extension = at_work & (phone != "") & (rng.random(n) < 0.08)
    phone[extension] = phone[extension] + " ext. " + people["direct"].to_numpy()[extension]
    return {"Email": email, "Phone": phone, "Mobile": mobile}


def _choose_phone(
    world: World,
    people: pd.DataFrame,
    when: tuple[Flags, Flags],
    firm: Integers,
    rng: np.random.Generator,
) -> Texts:
    """At home the landline all share; at work the switchboard all share, or one's direct line."""
    later, at_work = when
    switchboard = world.companies["phone"].to_numpy()[firm]
    stems = np.array([number[:-3] for number in switchboard], dtype=object)
    direct = rng.random(len(people)) < 0.4
    office = np.where(direct, stems + people["direct"].to_numpy(), switchboard)
    homes = people["household"].to_numpy()
    moved = later & (people["new_address"].to_numpy() != homes)
    # Who moved leaves the landline behind and gives the mobile instead.
    home = np.where(moved, _choose(people, "mobile", "new_mobile", later), world.landlines[homes])
    return np.where(at_work, office, home).astype(object)


def _format_phones(numbers: Texts, country: Country, rng: np.random.Generator) -> None:
    """Each number in one of the manners of its country."""
    pieces = [_split_format(form) for form in country.phone_formats]
    forms = draw_ranked(len(pieces), len(numbers), rng, flat=2)
    for i, form in enumerate(forms.tolist()):
        number, at, written = numbers[i], 0, []
        for literal, digits in pieces[form]:
            written.append(literal)
            written.append(number[at : at + digits])
            at += digits
        numbers[i] = "".join(written) + number[at:]


def _split_format(form: str) -> list[tuple[str, int]]:
    """`+33 # ##` as `[("+33 ", 1), (" ", 2)]`."""
    pieces: list[tuple[str, int]] = []
    literal, digits = "", 0
    for sign in form:
        if sign == "#":
            digits += 1
            continue
        if digits:
            pieces.append((literal, digits))
            literal, digits = "", 0
        literal += sign
    return [*pieces, (literal, digits)]


def _write_employer(
    world: World,
    people: pd.DataFrame,
    when: tuple[Flags, Flags],
    rates: Rates,
    rng: np.random.Generator,
) -> dict[str, Texts]:
    """The company in the spelling of the day: legal form left out, written out, shortened."""
    later, at_work = when
    n = len(people)
    firm = _choose(people, "company", "new_company", later).astype(np.int64)
    name = world.companies["name"].to_numpy()[firm].copy()
    forms = [np.array([*spellings, ""], dtype=object) for spellings in world.country.legal_forms]
    form = world.companies["form"].to_numpy()[firm]
    legal = np.empty(n, dtype=object)
    for number, spellings in enumerate(forms):
        where = np.flatnonzero(form == number)
        legal[where] = spellings[draw_ranked(len(spellings), len(where), rng, flat=0.8)]
    for i in pick(n, 0.06, rng).tolist():
        name[i] = name[i].replace(" & ", " and ").replace("Technologies", "Tech")
    damage.add_typos(name, pick(n, rates.typo, rng), rng)
    space = np.where((legal == "") | np.array([text[:1] == "," for text in legal]), "", " ")
    company = name + space + legal
    named = (people["company"].to_numpy() >= 0) & (at_work | (rng.random(n) < 0.45))
    damage.blank_out(company, ~named | (rng.random(n) < 0.05 * rates.missing))
    title = _choose(people, "title", "new_title", later).astype(object)
    damage.blank_out(title, ~named | (rng.random(n) < 0.2 * rates.missing))
    return {"Company": company, "Job Title": title}


def _write_place(
    world: World,
    people: pd.DataFrame,
    when: tuple[Flags, Flags],
    rates: Rates,
    rng: np.random.Generator,
) -> dict[str, Texts]:
    later, at_work = when
    n = len(people)
    firm = _choose(people, "company", "new_company", later).astype(np.int64)
    office = world.companies["place"].to_numpy()[firm]
    home = _choose(people, "address", "new_address", later).astype(np.int64)
    place = np.where(at_work & (rng.random(n) < 0.75), office, home)
    places = world.places.iloc[place]
    street = _write_streets(world, places, place, rng)
    city = places["city"].to_numpy().copy()
    for i in pick(n, 0.06, rng).tolist():
        city[i] = CITY_VARIANTS.get(city[i], city[i])
    short = (places["region_short"].to_numpy() != "") & (rng.random(n) < 0.6)
    region = np.where(short, places["region_short"], places["region"]).astype(object)
    postal = places["postal"].to_numpy().copy()
    spellings = np.array(world.country.spellings, dtype=object)
    country = spellings[draw_ranked(len(spellings), n, rng, flat=0.4)]
    damage.add_typos(street, pick(n, rates.street_typo, rng), rng)
    damage.add_typos(city, pick(n, rates.typo, rng), rng)
    damage.add_typos(postal, pick(n, rates.typo / 2, rng), rng)
    no_address = rng.random(n) < 0.15 * rates.missing
    for texts, missing in ((street, 0.04), (city, 0.03), (postal, 0.05), (region, 0.3)):
        damage.blank_out(texts, no_address | (rng.random(n) < min(0.8, missing * rates.missing)))
    damage.blank_out(country, pick(n, 0.1 * rates.missing, rng))
    return {
        "Street": street,
        "City": city,
        "State": region,
        "Postal Code": postal,
        "Country": country,
    }


def _write_streets(
    world: World, places: pd.DataFrame, place: Integers, rng: np.random.Generator
) -> Texts:
    """Number, name and kind in the country's order; the kind in full or short."""
    language = {"US": "en", "GB": "en", "IE": "en", "FR": "fr", "ES": "es", "MX": "es"}
    kinds = STREET_KINDS[language.get(world.country.code, "de")]
    kind = np.empty(len(place), dtype=object)
    for number, spellings in enumerate(kinds):
        where = np.flatnonzero(place % len(kinds) == number)
        written = np.array(spellings.split("/"), dtype=object)
        kind[where] = written[draw_ranked(len(written), len(where), rng, flat=0.8)]
    form = world.country.street
    return np.array(
        [
            form.format(number=number, name=name, kind=word)
            for number, name, word in zip(places["number"], places["street"], kind, strict=True)
        ],
        dtype=object,
    )


def _damage_rows(columns: dict[str, Texts], rates: Rates, rng: np.random.Generator) -> None:
    """What befalls whole rows (capitals, lost accents) and any cell (stray spaces)."""
    n = len(columns["Email"])
    capitals, small = pick(n, rates.capitals / 2, rng), pick(n, rates.capitals / 2, rng)
    plain, written_out = pick(n, rates.accents / 2, rng), pick(n, rates.accents / 2, rng)
    for name in ("First Name", "Last Name", "Company", "Street", "City"):
        damage.lose_accents(columns[name], plain)
        damage.write_out_umlauts(columns[name], written_out)
        damage.change_case(columns[name], capitals, small)
    for name in ("First Name", "Last Name", "Email", "Company", "Street", "City"):
        damage.add_spaces(columns[name], pick(n, rates.spaces, rng))
