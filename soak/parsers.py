"""A million texts for each parser of values: none may raise, and none may answer otherwise twice.

    python -m soak.parsers --inputs 1000000

Texts are drawn at random, made from the parts real values have, and changed step by step. A text
whose outcome (what was found, and the shape of the value) is new joins those that are changed next,
and so does one that runs a line of the parsers that none ran before, so that the run works its way
into what is rarely reached. Lines are watched for one text in a few, as watching is slow.
"""

import argparse
import random
import re
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from datetime import date
from types import FrameType
from typing import Any, Final

from validators.mapping.naming import read_header
from validators.standardize.address import standardize_place, standardize_region, standardize_street
from validators.standardize.cells import clean_cell
from validators.standardize.company import standardize_company
from validators.standardize.country import standardize_country
from validators.standardize.date import standardize_date, standardize_moment
from validators.standardize.dates import count_or_read
from validators.standardize.distinct import Cell
from validators.standardize.email import standardize_email
from validators.standardize.full_name import split_name
from validators.standardize.language import standardize_language
from validators.standardize.name import standardize_name
from validators.standardize.number import standardize_number, standardize_seconds
from validators.standardize.phone import standardize_phone
from validators.standardize.postal_code import standardize_postal_code
from validators.standardize.text import (
    standardize_flag,
    standardize_gender,
    standardize_identifier,
    standardize_national_id,
)
from validators.standardize.url import standardize_url

Watch = Callable[[FrameType, str, Any], Any]
Parser = Callable[[str], tuple[str | None, tuple[str, ...]]]
TODAY: Final = date(2026, 1, 1)
SEEDS: Final = (
    "anna.meyer@gmial.com", "Anna Meyer <a@b.de>", "mailto:x@y.zz?s=1",
    "+49 (0)30 1234567 ext. 5", "0044 20 7946 0018", "(202) 555-0123", "+52 1 55 1234 5678",
    "044 55 1234 5678", "p:+1202555", "Dr. John Q. Smith Jr.", "Smith, John", "O'BRIEN",
    "McDonald", "van der Berg", "Ortega y Gasset", "MÜLLER & SÖHNE GMBH", "Acme Inc.", "n/a",
    "=1+1", "@SUM(A1)", "<b>x</b>", "&amp;amp;", "Ã¼Ã¶", "31.12.2024 13:45 +02:00",
    "3. März 2024", "January 1, 2024", "20240102", "1/2/24", "12:30 PM 5 mai 2021", "1704067200",
    "45292", "45292.75",
    "2024-02-30T25:00:00Z", "Mon, 1 Jan 2024 00:00:00 GMT", "1.234,50 €", "1h 20m", "0:01:15",
    "HTTPS://Example.com:443/a?b#c", "D-10115", "sw1a1aa", "Deutschland", "en_US", "Straße 12b",
    "ja", "E-Mail 1 - Value", "PLZ/Ort", "\u202eabc", "a\0b", "İstanbul", "ﬁne", "½",
)  # fmt: skip
ALPHABET: Final = (
    "abcxyzABCXYZ019 .,;:@+-_/\\()[]{}<>\"'`´’|#%&=?!*~^$€\t\n\r\0äöüßÄéñçøåİıŁşğǅﬁ½²１＠．"
    "\u00a0\u00ad\u200b\u200d\u202e\u2028\ufeff\ufffd\u0301\u0327日本한عربहिन्дж\U0001f600\ud7ff"
)
MOST_KEPT: Final = 5_000
WATCHED: Final = 32  # one text in so many
Line = tuple[str, int]


def cell(rule: Callable[[str], Cell]) -> Parser:
    """Return a parser of cells in the shape all parsers are asked in."""

    def parse(text: str) -> tuple[str | None, tuple[str, ...]]:
        read = rule(text)
        return read.value, tuple(finding.code for finding in read.findings)

    return parse


def phone(region: str) -> Parser:
    """Return the parser of phones of a region."""

    def parse(text: str) -> tuple[str | None, tuple[str, ...]]:
        read = standardize_phone(text, region)
        return read.value, tuple(finding.code for finding in read.findings)

    return parse


def full_name(text: str) -> tuple[str | None, tuple[str, ...]]:
    """Parse a whole name; its parts are held to the rules of parts elsewhere."""
    read = split_name(text)
    return read.full, tuple(finding.code for finding in read.findings)


def header(text: str) -> tuple[str | None, tuple[str, ...]]:
    """Read a header; a field is no header, so it is not read again."""
    return None, read_header(text).fields


PARSERS: Final[dict[str, Parser]] = {
    "cell": cell(lambda text: clean_cell(text, "company")),
    "notes": cell(lambda text: clean_cell(text, "text")),
    "email": cell(standardize_email),
    "phone": phone(""),
    "phone in DE": phone("DE"),
    "phone in US": phone("US"),
    "phone in MX": phone("MX"),
    "name": cell(standardize_name),
    "full name": full_name,
    "company": cell(standardize_company),
    "country": cell(standardize_country),
    "city": cell(standardize_place),
    "region": cell(standardize_region),
    "street": cell(standardize_street),
    "postal code": cell(lambda text: standardize_postal_code(text, "DE")),
    "postal code of nowhere": cell(lambda text: standardize_postal_code(text, "")),
    "date": cell(lambda text: standardize_date(text, "day first", TODAY)),
    "moment": cell(lambda text: standardize_moment(text, "month first", TODAY)),
    "counted day": cell(
        lambda text: count_or_read(
            text, lambda it: standardize_moment(it, "day first", TODAY), "occurred_at", TODAY
        )
    ),
    "number": cell(standardize_number),
    "seconds": cell(standardize_seconds),
    "url": cell(standardize_url),
    "language": cell(standardize_language),
    "flag": cell(standardize_flag),
    "gender": cell(standardize_gender),
    "identifier": cell(standardize_identifier),
    "national id": cell(standardize_national_id),
    "header": header,
}


def change(text: str, rng: random.Random) -> str:
    """Change a text in one place, or put it together with another."""
    at, to = sorted((rng.randint(0, len(text)), rng.randint(0, len(text))))
    piece = "".join(rng.choices(ALPHABET, k=rng.randint(1, 3)))
    return rng.choice(
        (
            text[:at] + piece + text[at:],
            text[:at] + text[to:],
            text[:at] + piece + text[to:],
            text[:to] + text[at:],
            text[at:] + text[:at],
            text.swapcase(),
            text[:at] + rng.choice(SEEDS) + text[to:],
        )
    )[:400]


def soak(name: str, inputs: int, seed: int) -> int:
    """Try a parser; print its figure, and what it broke its word about. Return how often."""
    rng = random.Random(f"{name}{seed}")  # noqa: S311 (nothing is kept secret)
    parse, broken, started = PARSERS[name], 0, time.time()
    kept, outcomes, lines = list(SEEDS), set[tuple[object, ...]](), set[Line]()
    for number in range(inputs):
        text = rng.choice(kept)
        for _ in range(rng.randint(1, 4)):
            text = change(text, rng)
        watched = set[Line]()
        with watch_lines(watched) if number % WATCHED == 0 else nullcontext():
            fault, outcome = _try(parse, text)
        if fault:
            broken += 1
            print(f"  {name}: {text!r}: {fault}", flush=True)
        if (outcome not in outcomes or watched - lines) and len(kept) < MOST_KEPT:
            outcomes.add(outcome)
            lines |= watched
            kept.append(text)
    took = time.time() - started
    found = f"{len(outcomes):>5,} outcomes, {len(lines):>4,} lines, {broken} faults"
    print(f"{name:<24} {inputs:>9,} texts, {found}, {took:.0f} s", flush=True)
    return broken


@contextmanager
def watch_lines(seen: set[Line]) -> Iterator[None]:
    """Collect the lines of our own parsers that run."""

    def watch(frame: FrameType, event: str, _argument: object) -> "Watch | None":
        if "/validators/" not in frame.f_code.co_filename:
            return None
        if event == "line":
            seen.add((frame.f_code.co_filename, frame.f_lineno))
        return watch

    before = sys.gettrace()
    sys.settrace(watch)
    try:
        yield
    finally:
        sys.settrace(before)


def _try(parse: Parser, text: str) -> tuple[str, tuple[object, ...]]:
    try:
        value, codes = parse(text)
        again = parse(value)[0] if value is not None else None
    except Exception as error:  # noqa: BLE001 - whatever it is, it is what is looked for
        return f"raised {type(error).__name__}: {error}", ()
    shape = re.sub(r"[^\W\d_]+", "a", re.sub(r"\d+", "9", value or ""))[:12]
    fault = f"{value!r} became {again!r}" if value is not None and again != value else ""
    return fault, (value is None, codes, shape)


def main() -> None:
    """Try every parser, or those that are named."""
    parser = argparse.ArgumentParser(prog="python -m soak.parsers", description=__doc__)
    parser.add_argument("parsers", nargs="*", default=sorted(PARSERS))
    parser.add_argument("--inputs", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    broken = sum(soak(name, options.inputs, options.seed) for name in options.parsers)
    sys.exit(f"{broken} faults" if broken else 0)


if __name__ == "__main__":
    main()
