"""Models that follow the examples Splink publishes for these very sets.

docs/demos/examples/duckdb: febrl3, febrl4, deduplicate_50k_synthetic,
accuracy_analysis_from_labels_column.
"""

from typing import Final

import splink.comparison_library as cl
from splink import block_on
from splink_models import Configuration, birth_date, with_frequencies

_SWAPPED_NAMES: Final = "l.given_name = r.surname and l.surname = r.given_name"


def febrl() -> Configuration:
    """The febrl3 example, joined from 0.5 as in Splink's tutorial: the example joins nothing."""
    exact = [cl.ExactMatch(name) for name in ("street_number", "postcode")]
    return Configuration(
        comparisons=[
            cl.NameComparison("given_name"),
            cl.NameComparison("surname"),
            birth_date("date_of_birth", "%Y%m%d"),
            cl.DamerauLevenshteinAtThresholds("soc_sec_id", [2]),
            *(with_frequencies(comparison) for comparison in exact),
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
            with_frequencies(cl.NameComparison("given_name")),
            with_frequencies(cl.NameComparison("surname")),
            birth_date("date_of_birth", "%Y%m%d"),
            cl.DamerauLevenshteinAtThresholds("soc_sec_id", [1, 2]),
            with_frequencies(cl.ExactMatch("street_number")),
            with_frequencies(cl.DamerauLevenshteinAtThresholds("postcode", [1, 2])),
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
            birth_date("dob"),
            cl.PostcodeComparison("postcode_fake"),
            with_frequencies(cl.ExactMatch("birth_place")),
            with_frequencies(cl.ExactMatch("occupation")),
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
            birth_date("dob"),
            with_frequencies(cl.ExactMatch("city")),
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
