"""What one lead is compared with is what a batch of one is compared with."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from crm.sharers import HOT
from dedupe.keys import blocking_keys
from dedupe.lead import hash_keys
from tests.crm.conftest import Reading

if TYPE_CHECKING:
    from crm.store import Store

ROWS = [
    {"given_name": "Ada", "family_name": "King", "email": "ada@king.org", "city": "London"},
    {"given_name": "Ada", "family_name": "King", "email": "ada@king.org", "phone": "+4420"},
    {"given_name": "Adam", "family_name": "Lord", "email": "adam@lord.org", "city": "London"},
    *(
        {"given_name": f"N{n}", "family_name": f"Q{n}x", "email": "info@acme.com"}
        for n in range(HOT + 1)
    ),
]
LEADS = [
    {"given_name": "Ada", "family_name": "King"},
    {"given_name": "Adam", "family_name": "Lord", "email": "info@acme.com"},
    {"given_name": "Nobody", "family_name": "Known"},
    {"email": "info@acme.com"},
    {"city": "London"},
]


# Shares no key with anybody; with it a lead is a batch.
STRANGER = {"given_name": "Zoltan", "family_name": "Quux", "city": "Nowhere"}


def _keys(*leads: dict[str, str]) -> pd.DataFrame:
    return blocking_keys(pd.DataFrame(leads).astype("str"))


def test_one_row_has_the_candidates_that_it_has_in_a_batch(store: Store) -> None:
    Reading(ROWS).load(store)
    for lead in LEADS:
        alone, together = store.candidates(_keys(lead)), store.candidates(_keys(lead, STRANGER))
        pd.testing.assert_frame_equal(alone.records, together.records)
        assert (alone.hot, alone.population) == (together.hot, together.population)
    assert store.candidates(_keys(LEADS[3])).hot == 1


def test_one_lead_is_compared_with_what_a_batch_is_compared_with(store: Store) -> None:
    Reading(ROWS).load(store)
    for lead in LEADS:
        found = store.candidates(_keys(lead, STRANGER))
        known = store.look_up(hash_keys(lead))
        assert list(known.labels) == found.records.index.tolist()
        assert list(known.contacts) == found.records["contact"].tolist()
        assert known.population == (found.population if known.labels else 0)
        for name, texts in known.columns.items():
            assert (
                list(texts)
                == found.records[name]
                .astype(object)
                .where(found.records[name].notna(), None)
                .tolist()
            )
    assert store.look_up(hash_keys(LEADS[0])).labels
    assert not store.look_up(hash_keys(LEADS[3])).labels
