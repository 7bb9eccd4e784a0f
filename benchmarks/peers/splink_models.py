"""What a Splink model consists of here, and the parts that several of them share."""

from dataclasses import dataclass, field
from typing import Any, Final

import splink.comparison_library as cl

DEDUPE: Final = "dedupe_only"


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


def birth_date(column: str, form: str | None = None) -> Any:
    """Dates of birth, written as text."""
    return cl.DateOfBirthComparison(column, input_is_string=True, datetime_format=form)


def with_frequencies(comparison: Any) -> Any:
    """The comparison, exact agreement weighed by how common the value is."""
    return comparison.configure(term_frequency_adjustments=True)


def words(column: str) -> str:
    """Lower case, letters and digits of any script, single spaces; blank is null."""
    letters = (
        f"regexp_replace(lower(strip_accents(\"{column}\")), '[^\\p{{L}}\\p{{N}}]+', ' ', 'g')"
    )
    return f"nullif(trim({letters}), '')"


def digits(column: str) -> str:
    """The last nine digits: with or without the prefix of the country, they are the same."""
    return f"nullif(right(regexp_replace(\"{column}\", '[^0-9]', '', 'g'), 9), '')"
