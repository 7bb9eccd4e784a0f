"""What other programs are to be told is written with what it tells of, in both kinds of store."""

import json

import pytest

from crm.account_list import list_accounts
from crm.acts import Who, act
from crm.deliveries import (
    Tried,
    claim,
    forget_old,
    list_deliveries,
    list_hooks,
    note_try,
    read_delivery,
    send_again,
    subscribe,
)
from crm.errors import RefusedError, UnknownIdError
from crm.merging import merge
from crm.opening import writing
from crm.outbox import AT_A_TIME, EVENTS, announce_many
from crm.trace import trace
from crm.verify import verify

WHO = Who("ann")


@pytest.fixture
def told(store, reading, person):
    """A store with three people of one company, and one endpoint that heard of all of it."""
    subscribe(store, {"crm": EVENTS, "other": ["contact.unmerged"]})
    rows = [
        person("Ann", "Lee", company="Acme Inc", city="Salem"),
        person("Bob", "Stone", company="Acme Inc", city="Boston"),
        person("Zoe", "Park", company="Zenith Ltd"),
        {"given_name": "Zed"},
    ]
    reading(rows, bad=[3], possible=[(0, 1)]).load(store)
    return store


def bodies(store):
    found = list_deliveries(store, hook="crm").items
    return {each.event: json.loads(each.body)["data"] for each in found}


def test_an_import_is_told_once_it_is_written(told):
    data = bodies(told)
    assert data["import.finished"]["rows_in"] == 4
    assert [each["lead"] for each in data["lead.created"]["leads"]] == ["l1", "l2", "l3"]
    assert data["row.quarantined"] == {"import": "b1", "rows": ["q1"], "count": 1}
    assert data["review.needed"] == {"import": "b1", "items": ["m1"], "count": 1}
    assert list_deliveries(told, hook="other").total == 0
    assert verify(told) == []


def test_a_delivery_is_claimed_by_one_tried_and_settled(told):
    first = claim(told, "crm")
    others = [claim(told, "crm") for _ in range(3)]
    assert None not in others
    assert len({each.number for each in [first, *others]}) == 4
    assert claim(told, "crm") is None
    note_try(told, first, Tried("500", 3), "given_up")
    shown = f"d{first.number}"
    assert read_delivery(told, shown).status == "given_up"
    send_again(told, shown)
    again = claim(told, "crm")
    assert (again.message_id, again.attempts) == (first.message_id, 1)
    note_try(told, again, Tried("204", 3), "taken")
    assert [each.answer for each in read_delivery(told, shown).tries] == ["500", "204"]
    crm, other = list_hooks(told)
    assert (crm.counts, other.counts) == ({"taken": 1, "waiting": 3}, {})


def test_what_a_slow_deliverer_says_late_changes_nothing(told):
    slow = claim(told, "crm")
    shown = f"d{slow.number}"
    sent_again = send_again(told, shown)
    note_try(told, slow, Tried("500", 3), "given_up")
    assert read_delivery(told, shown) == sent_again
    assert sent_again.status == "waiting"


def test_a_delivery_there_is_not_is_named(told):
    for unknown in ("d999999", "c1", "x"):
        with pytest.raises(UnknownIdError):
            read_delivery(told, unknown)


def test_what_ended_long_ago_is_forgotten_and_what_waits_is_not(told):
    note_try(told, claim(told, "crm"), Tried("204", 3), "taken")
    assert forget_old(told, 1) == 0
    assert forget_old(told, -1) == 1
    assert list_deliveries(told).total == 3


def announce_and_refuse(connection):
    announce_many(connection, "review.needed", None, "items", ["m1"])
    raise RefusedError("", "something stands against it")


def test_nothing_is_told_of_what_was_rolled_back(told):
    before = list_deliveries(told).total
    with pytest.raises(RefusedError):
        act(told, WHO, announce_and_refuse)
    assert list_deliveries(told).total == before


def test_a_long_list_is_told_in_parts_and_not_even_made_where_nobody_listens(told):
    with writing(told.engine) as connection:
        announce_many(connection, "review.needed", 7, "items", ["m1"] * (AT_A_TIME + 1))
    counts = [json.loads(each.body)["data"]["count"] for each in list_deliveries(told).items[:2]]
    assert sorted(counts) == [1, AT_A_TIME]
    subscribe(told, {})
    with writing(told.engine) as connection:
        announce_many(connection, "review.needed", 7, "items", iter(lambda: 1 / 0, None))


def test_an_account_is_told_from_the_records_of_its_contacts(told):
    acme, zenith = sorted(list_accounts(told).items, key=lambda each: each.name)
    assert (acme.contacts, zenith.contacts) == (2, 1)
    assert list_accounts(told, "ACM").items == (acme,)
    story = trace(told, acme.id)
    fields = {each["field"]: each for each in story["fields"]}
    assert fields["company"]["value"] == "Acme Inc"
    assert {fields["city"]["value"], fields["city"]["rivals"][0]["value"]} == {"Salem", "Boston"}
    assert [each["id"] for each in story["contacts"]] == ["c1", "c2"]
    assert {each["contact"] for each in story["leads"]} == {"c1", "c2"}
    done = merge(told, ["c1", "c2"], WHO)
    assert [each["id"] for each in trace(told, acme.id)["events"]] == [done.event]
    assert trace(told, zenith.id)["events"] == []
