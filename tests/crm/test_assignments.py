"""Possible matches are shared out, and each is found by what it is about."""

import pytest

from crm.acts import Who
from crm.assignments import assign, assign_many
from crm.desk_access import add_user
from crm.errors import RefusedError
from crm.judging import judge
from crm.review import ReviewFilter, list_review, list_sources, read_review_item
from crm.verify import verify


@pytest.fixture
def queued(store, reading, person):
    """A store with three open possible matches, and two people."""
    names = (("Ann", "Lee"), ("Bob", "Stone"), ("Cy", "Day"), ("Dan", "Moss"))
    reading([person(*name) for name in names], possible=[(0, 1), (2, 3), (0, 2)]).load(store)
    return store, [add_user(store, name, "steward", None).id for name in ("ada", "stella")]


def test_an_item_is_looked_at_by_one_person(queued):
    store, (ada, stella) = queued
    assign(store, "m1", ada, seen=None)
    assert read_review_item(store, "m1").owner == "ada"
    with pytest.raises(RefusedError, match="looked at by ada"):
        assign(store, "m1", stella, seen=None)
    assign(store, "m1", stella, seen="ada")
    assign(store, "m1", None, seen="stella")
    assert read_review_item(store, "m1").owner is None


def test_items_are_found_by_the_field_that_agrees_or_differs(queued):
    store, _ = queued
    assert list_review(store, ReviewFilter(agrees="email")).total == 3
    assert list_review(store, ReviewFilter(differs="email")).total == 0
    assert list_review(store, ReviewFilter(agrees="e_mail")).total == 0
    assert list_sources(store) == ["web"]
    assert [item.value for item in list_review(store).items] == pytest.approx([8 / 9] * 3)


def test_what_is_judged_is_given_to_nobody(queued):
    store, (ada, _) = queued
    judge(store, "m1", "different", Who("stella"))
    with pytest.raises(RefusedError, match="judged"):
        assign(store, "m1", ada, seen=None)


def test_the_first_that_nobody_looks_at_are_given_at_once(queued):
    store, (ada, stella) = queued
    assert assign_many(store, ReviewFilter(), ada, 2) == 2
    assert assign_many(store, ReviewFilter(), stella, 2) == 1
    for owner, or_nobody, count in ((ada, False, 2), (stella, False, 1), (0, False, 0)):
        assert list_review(store, ReviewFilter(owner=owner, or_nobody=or_nobody)).total == count
    assign(store, list_review(store, ReviewFilter(owner=ada)).items[0].id, None, seen="ada")
    assert list_review(store, ReviewFilter(owner=0)).total == 1
    assert list_review(store, ReviewFilter(owner=stella, or_nobody=True)).total == 2
    assert verify(store) == []
