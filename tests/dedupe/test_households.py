"""How many of those who share a family name and a home are one person."""

import numpy as np

from dedupe import name_levels as names
from dedupe.households import count_relatives

MANY = 5_000


def homes(**levels: int) -> dict[str, np.ndarray]:
    """Pairs of one family name and home."""
    known = {"family_name": names.FAMILY_CLOSE, "street": 3, "given_name": names.DIFFERENT}
    return {name: np.full(MANY, level, np.int8) for name, level in (known | levels).items()}


def test_another_given_name_tells_of_a_relative():
    assert count_relatives(homes(), 4.0) < 0


def test_another_given_name_of_one_with_the_same_national_id_is_an_error():
    assert count_relatives(homes(national_id=2), 4.0) == count_relatives({}, 4.0) == 4.0
    assert count_relatives(homes(birth_date=4), 4.0) == 4.0
    assert count_relatives(homes(birth_date=0, national_id=0), 4.0) < 0
