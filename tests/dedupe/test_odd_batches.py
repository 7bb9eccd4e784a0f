"""Batches of odd content are resolved rightly, and none raises."""

import pandas as pd
import pytest

from dedupe.resolution import resolve


@pytest.mark.parametrize(
    ("columns", "clusters"),
    [
        ({"given_name": [None] * 50, "email": [None] * 50}, 50),
        ({"given_name": ["Ann"], "email": ["ann@lee.org"]}, 1),
        ({"given_name": [], "email": []}, 0),
        ({"city": ["Rome"] * 500}, 500),
        (
            {
                "given_name": ["Ann"] * 5000,
                "family_name": ["Lee"] * 5000,
                "email": ["ann@lee.org"] * 5000,
            },
            1,
        ),
        (
            {
                "given_name": [f"Guest{n}" for n in range(600)],
                "family_name": [f"Number{n}" for n in range(600)],
                "email": ["info@acme.com"] * 600,
            },
            600,
        ),
    ],
    ids=["all missing", "one row", "no rows", "one value", "identical", "one mailbox"],
)
def test_odd_batches(columns: dict[str, list[str | None]], clusters: int) -> None:
    assert resolve(pd.DataFrame(columns, dtype="str")).clusters.nunique() == clusters
