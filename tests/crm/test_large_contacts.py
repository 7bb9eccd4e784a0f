"""What a contact of very many records costs stays in proportion to them."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from crm.acts import Who
from crm.canonical import canon
from crm.judgements import MANY, pair_up
from crm.opening import reading
from crm.steward_models import judgement
from crm.trace import trace
from crm.undoing import undo
from crm.unmerging import unmerge
from crm.verify import verify
from tests.crm.conftest import Reading

if TYPE_CHECKING:
    from crm.store import Store

WHO = Who("ann@desk.example")
HALF = 35
ANN = {"given_name": "Ann", "family_name": "Lee", "email": "ann@lee.example"}
PHONES = {"left": "+14155550111", "moved": "+14155550199"}


def test_all_pairs_are_judged_of_few_records_and_every_record_of_many() -> None:
    assert pair_up([1, 2], [3, 4]) == [(1, 3), (1, 4), (2, 3), (2, 4)]
    many = [range(1, HALF), range(HALF, 2 * HALF), range(1_000, 9_000)]
    for here, there in product(many, many):
        pairs = pair_up(here, there)
        assert len(pairs) <= max(MANY, len(here) + len(there))
        assert {one for one, _ in pairs} == set(here)
        assert {other for _, other in pairs} == set(there)


def test_half_of_a_large_contact_taken_out_stays_out_and_is_put_back(sqlite_store: Store) -> None:
    rows = [
        ANN | {"phone": PHONES[part], "notes": f"{part} {n}"}
        for n in range(HALF)
        for part in ("left", "moved")
    ]
    Reading(rows).load(sqlite_store)
    assert trace(sqlite_store, f"r{2 * HALF}")["contact"] == "c1"
    before = canon(sqlite_store)
    moved = ",".join(f"r{number}" for number in range(2, 2 * HALF + 1, 2))
    event = unmerge(sqlite_store, moved, WHO).event
    with reading(sqlite_store.engine) as connection:
        judged = connection.scalar(select(func.count()).select_from(judgement))
    assert judged == 2 * HALF - 1
    Reading([ANN | {"phone": PHONES[part], "notes": "again"} for part in PHONES]).load(sqlite_store)
    contacts = [trace(sqlite_store, f"r{2 * HALF + n}")["contact"] for n in (1, 2)]
    assert contacts == ["c1", "c2"]
    assert verify(sqlite_store) == []
    undo(sqlite_store, "b2", WHO)
    undo(sqlite_store, event, WHO)
    after = canon(sqlite_store)
    after["merged"] = before["merged"]
    assert after == before
