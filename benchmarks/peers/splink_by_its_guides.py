"""Models for leads and organisations, for which Splink publishes no example.

They follow its guides: columns cleaned first, ready-made comparisons, term frequencies, tight
blocking rules and several of them, correlated columns under one comparison.
"""

from typing import Any, Final

import splink.comparison_level_library as cll
import splink.comparison_library as cl
from splink import block_on
from splink_models import Configuration, digits, with_frequencies, words


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
            with_frequencies(cl.NameComparison("first_name")),
            with_frequencies(cl.NameComparison("last_name")),
            cl.ExactMatch("suffix"),
            cl.EmailComparison("email"),
            with_frequencies(cl.ExactMatch("mobile")),
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
                    f"{words(source)} as {target}"
                    for source, target in ((name, "name"), (street, "street"), (place, "place"))
                ),
                f"{digits(phone)} as phone",
            ]
        ),
        comparisons=[
            with_frequencies(cl.JaroWinklerAtThresholds("name", [0.92, 0.88, 0.7])),
            with_frequencies(cl.JaroWinklerAtThresholds("street", [0.92, 0.8])),
            with_frequencies(cl.ExactMatch("place")),
            with_frequencies(cl.LevenshteinAtThresholds("phone", [1])),
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


_LEAD_COLUMNS: Final = ", ".join(
    [
        "row",
        f"{words('First Name')} as first_name",
        f"{words('Last Name')} as last_name",
        f"{words('Suffix')} as suffix",
        "nullif(lower(trim(\"Email\")), '') as email",
        f"{digits('Phone')} as phone",
        f"{digits('Mobile')} as mobile",
        f"{words('Company')} as company",
        f"{words('Street')} as street",
        f"{words('City')} as city",
        f"{words('Postal Code')} as postal_code",
        f"{words('Street')} || ' ' || {words('Postal Code')} as whole_address",
    ]
)
