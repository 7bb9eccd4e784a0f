"""How Splink is set up for each kind of set.

febrl, febrl4, historical_50k and fake_1000 follow the examples that Splink publishes for these
very sets (docs/demos/examples/duckdb: febrl3, febrl4, deduplicate_50k_synthetic,
accuracy_analysis_from_labels_column). Nothing is published for leads and for organisations: those
two follow its guides (columns cleaned first, ready-made comparisons, term frequencies, tight
blocking rules and several of them, correlated columns under one comparison).
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final

import splink.comparison_level_library as cll
import splink.comparison_library as cl
from splink import block_on

DEDUPE: Final = "dedupe_only"

_SWAPPED_NAMES: Final = "l.given_name = r.surname and l.surname = r.given_name"


@dataclass(frozen=True)
class Configuration:
    """A model, how it is trained, and the probability from which rows are joined."""

    comparisons: list[Any]
    blocking_rules: list[Any]
    deterministic_rules: list[Any]
    recall: float  # of the deterministic rules, as Splink asks for it
    training_rules: list[Any]  # one EM session each
    columns: str = "*"  # SQL over the file's columns, all text, and over `row`
    link_type: str = DEDUPE
    sampled_pairs: float = 1e6
    training: dict[str, bool] = field(
        default_factory=lambda: {"estimate_without_term_frequencies": True}
    )
    threshold: float = 0.95


def febrl() -> Configuration:
    """The febrl3 example, joined from 0.5 as in Splink's tutorial: the example joins nothing."""
    exact = [cl.ExactMatch(name) for name in ("street_number", "postcode")]
    return Configuration(
        comparisons=[
            cl.NameComparison("given_name"),
            cl.NameComparison("surname"),
            _birth_date("date_of_birth", "%Y%m%d"),
            cl.DamerauLevenshteinAtThresholds("soc_sec_id", [2]),
            *(_with_frequencies(comparison) for comparison in exact),
        ],
        blocking_rules=[
            block_on(name)
            for name in ("soc_sec_id", "given_name", "surname", "date_of_birth", "postcode")
        ],
        deterministic_rules=[
            block_on("soc_sec_id"),
            block_on("given_name", "surname", "date_of_birth"),
            f"{_SWAPPED_NAMES} and l.date_of_birth = r.date_of_birth",
        ],
        recall=0.9,
        training_rules=[block_on("date_of_birth"), block_on("postcode")],
        training={},
        threshold=0.5,
    )


def febrl4() -> Configuration:
    """The detailed model of the febrl4 example: two files, joined from 0.99."""
    return Configuration(
        comparisons=[
            _with_frequencies(cl.NameComparison("given_name")),
            _with_frequencies(cl.NameComparison("surname")),
            _birth_date("date_of_birth", "%Y%m%d"),
            cl.DamerauLevenshteinAtThresholds("soc_sec_id", [1, 2]),
            _with_frequencies(cl.ExactMatch("street_number")),
            _with_frequencies(cl.DamerauLevenshteinAtThresholds("postcode", [1, 2])),
        ],
        blocking_rules=[
            block_on("given_name", "surname"),
            _SWAPPED_NAMES,
            block_on("date_of_birth"),
            block_on("soc_sec_id"),
            block_on("state", "address_1"),
            block_on("street_number", "address_1"),
            block_on("postcode"),
        ],
        deterministic_rules=[
            block_on("soc_sec_id"),
            block_on("given_name", "surname", "date_of_birth"),
        ],
        recall=0.8,
        training_rules=[block_on("date_of_birth"), block_on("postcode")],
        link_type="link_only",
        threshold=0.99,
    )


def historical_50k() -> Configuration:
    """The example of historical persons."""
    area, initials = "substr(postcode_fake,1,3)", "substr(first_name,1,2)"
    rules = [
        ("substr(first_name,1,3)", "substr(surname,1,4)"),
        ("surname", "dob"),
        ("first_name", "dob"),
        ("postcode_fake", "first_name"),
        ("postcode_fake", "surname"),
        ("dob", "birth_place"),
        (area, "dob"),
        (area, "first_name"),
        (area, "surname"),
        (initials, "substr(surname,1,2)", "substr(dob,1,4)"),
    ]
    return Configuration(
        columns="*, first_name || ' ' || surname as whole_name",
        comparisons=[
            cl.ForenameSurnameComparison(
                "first_name", "surname", forename_surname_concat_col_name="whole_name"
            ),
            _birth_date("dob"),
            cl.PostcodeComparison("postcode_fake"),
            _with_frequencies(cl.ExactMatch("birth_place")),
            _with_frequencies(cl.ExactMatch("occupation")),
        ],
        blocking_rules=[block_on(*rule) for rule in rules],
        deterministic_rules=[
            block_on("first_name", "surname", "dob"),
            block_on(initials, "surname", "substr(postcode_fake,1,2)"),
            block_on("dob", "postcode_fake"),
        ],
        recall=0.6,
        training_rules=[block_on("first_name", "surname"), block_on("dob")],
        sampled_pairs=1e7,
    )


def fake_1000() -> Configuration:
    """The example of fully labelled data, joined from 0.5 as in Splink's tutorial."""
    near_birth = "levenshtein(l.dob, r.dob) <= 1"
    return Configuration(
        comparisons=[
            cl.ForenameSurnameComparison("first_name", "surname"),
            _birth_date("dob"),
            _with_frequencies(cl.ExactMatch("city")),
            cl.EmailComparison("email"),
        ],
        blocking_rules=[block_on(name) for name in ("first_name", "surname", "dob", "email")],
        deterministic_rules=[
            f"l.first_name = r.first_name and {near_birth}",
            f"l.surname = r.surname and {near_birth}",
            "l.first_name = r.first_name and levenshtein(l.surname, r.surname) <= 2",
            "l.email = r.email",
        ],
        recall=0.7,
        training_rules=[block_on("dob"), block_on("email"), block_on("first_name", "surname")],
        threshold=0.5,
    )


def leads() -> Configuration:
    """Leads as a CRM exports them: names, e-mail, two phones, company and address.

    Of seven variants tried the best: names apart (F1 on 10,000 leads 0.862, as one comparison
    0.802); phone, address and company as one comparison, because households and colleagues share
    them all (F1 on 100,000 leads 0.890, apart 0.666; without company 0.828).
    """
    rules = [
        ("email",),
        ("phone", "last_name"),
        ("phone", "first_name"),
        ("mobile",),
        ("first_name", "last_name"),
        ("last_name", "postal_code"),
        ("first_name", "postal_code"),
        ("last_name", "company"),
        ("first_name", "company"),
        ("street", "postal_code"),
        ("substr(first_name,1,3)", "substr(last_name,1,4)", "city"),
    ]
    return Configuration(
        columns=_LEAD_COLUMNS,
        comparisons=[
            _with_frequencies(cl.NameComparison("first_name")),
            _with_frequencies(cl.NameComparison("last_name")),
            cl.ExactMatch("suffix"),
            cl.EmailComparison("email"),
            _with_frequencies(cl.ExactMatch("mobile")),
            _place(),
        ],
        blocking_rules=[block_on(*rule) for rule in rules],
        deterministic_rules=[
            block_on("email", "last_name"),
            block_on("first_name", "last_name", "phone"),
            block_on("first_name", "last_name", "mobile"),
            block_on("first_name", "last_name", "postal_code"),
        ],
        recall=0.7,
        training_rules=[
            block_on("email"),
            block_on("first_name", "last_name"),
            block_on("mobile"),
        ],
        sampled_pairs=1e7,
    )


def organisations(name: str, street: str, place: str, phone: str) -> Configuration:
    """Organisations with a name, a street, a place (city or postal code) and a phone."""
    return Configuration(
        columns=", ".join(
            [
                "row",
                *(
                    f"{_words(source)} as {target}"
                    for source, target in ((name, "name"), (street, "street"), (place, "place"))
                ),
                f"{_digits(phone)} as phone",
            ]
        ),
        comparisons=[
            _with_frequencies(cl.JaroWinklerAtThresholds("name", [0.92, 0.88, 0.7])),
            _with_frequencies(cl.JaroWinklerAtThresholds("street", [0.92, 0.8])),
            _with_frequencies(cl.ExactMatch("place")),
            _with_frequencies(cl.LevenshteinAtThresholds("phone", [1])),
        ],
        blocking_rules=[
            block_on("phone"),
            block_on("name"),
            block_on("street"),
            block_on("substr(name,1,6)", "place"),
            block_on("substr(street,1,6)", "place"),
            block_on("substr(name,1,4)", "substr(street,1,4)"),
        ],
        deterministic_rules=[block_on("phone", "name"), block_on("name", "street")],
        recall=0.5,
        training_rules=[block_on("phone"), block_on("street")],
    )


def _birth_date(column: str, form: str | None = None) -> Any:
    return cl.DateOfBirthComparison(column, input_is_string=True, datetime_format=form)


def _with_frequencies(comparison: Any) -> Any:
    return comparison.configure(term_frequency_adjustments=True)


def _place() -> Any:
    """Where somebody lives or works, best agreement first."""
    postal, city = cll.ExactMatchLevel("postal_code"), cll.ExactMatchLevel("city")
    columns = ("phone", "whole_address", "company", "postal_code", "city")
    return cl.CustomComparison(
        output_column_name="place",
        comparison_levels=[
            cll.And(*(cll.NullLevel(column) for column in columns)),
            cll.And(cll.ExactMatchLevel("whole_address"), cll.ExactMatchLevel("phone")),
            cll.ExactMatchLevel("phone", term_frequency_adjustments=True),
            cll.ExactMatchLevel("whole_address", term_frequency_adjustments=True),
            cll.And(cll.JaroWinklerLevel("street", 0.9), cll.Or(postal, city)),
            cll.ExactMatchLevel("company", term_frequency_adjustments=True),
            cll.ExactMatchLevel("postal_code", term_frequency_adjustments=True),
            cll.ExactMatchLevel("city", term_frequency_adjustments=True),
            cll.ElseLevel(),
        ],
    )


def _words(column: str) -> str:
    """Lower case, letters and digits of any script, single spaces; blank is null."""
    letters = (
        f"regexp_replace(lower(strip_accents(\"{column}\")), '[^\\p{{L}}\\p{{N}}]+', ' ', 'g')"
    )
    return f"nullif(trim({letters}), '')"


def _digits(column: str) -> str:
    """The last nine digits: with or without the prefix of the country, they are the same."""
    return f"nullif(right(regexp_replace(\"{column}\", '[^0-9]', '', 'g'), 9), '')"


_LEAD_COLUMNS: Final = ", ".join(
    [
        "row",
        f"{_words('First Name')} as first_name",
        f"{_words('Last Name')} as last_name",
        f"{_words('Suffix')} as suffix",
        "nullif(lower(trim(\"Email\")), '') as email",
        f"{_digits('Phone')} as phone",
        f"{_digits('Mobile')} as mobile",
        f"{_words('Company')} as company",
        f"{_words('Street')} as street",
        f"{_words('City')} as city",
        f"{_words('Postal Code')} as postal_code",
        f"{_words('Street')} || ' ' || {_words('Postal Code')} as whole_address",
    ]
)

CONFIGURATIONS: Final[dict[str, Callable[[], Configuration]]] = {
    "febrl1": febrl,
    "febrl2": febrl,
    "febrl3": febrl,
    "febrl4": febrl4,
    "historical_50k": historical_50k,
    "fake_1000": fake_1000,
    "leads": leads,
    "restaurants_fodors_zagats": lambda: organisations("name", "addr", "city", "phone"),
    "chicago_early_childhood": lambda: organisations("Site name", "Address", "Zip", "Phone"),
}
