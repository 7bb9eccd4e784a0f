import pytest

from crm.acts import Who
from crm.canonical import canon
from crm.editing import edit, set_lead_status
from crm.errors import RefusedError, UnknownIdError
from crm.merging import merge
from crm.trace import trace
from crm.undoing import preview_undo, undo
from crm.verify import verify

ANN = Who("ann@desk.example")


@pytest.fixture
def first(person):
    return [
        person("Ann", "Lee", city="Salem", occurred_at="2024-01-01"),
        person("Bob", "Stone"),
    ]


@pytest.fixture
def second(person):
    """Of somebody known, of somebody new, one that is bad, and one that waits."""
    return [
        person("Ann", "Lee", city="Boston", job_title="CEO", occurred_at="2024-02-01"),
        person("Cy", "Day"),
        person("Dee", "Fox"),
        {"given_name": "Zed"},
    ]


def values(store, contact):
    return {each["field"]: each["value"] for each in trace(store, contact)["fields"]}


def things(items):
    return [item.thing for item in items]


def test_an_import_is_taken_back_brought_back_and_imported_again(store, reading, first, second):
    reading(first).load(store)
    before = canon(store)
    later = reading(second, bad=[3], possible=[(-2, 2)])
    later.load(store)
    after = canon(store)
    assert later.load(store).counts["already_seen"] == 4

    told = preview_undo(store, "b2")
    assert canon(store) == after
    undone = undo(store, "b2", ANN)
    assert (undone.reversed, undone.kept, undone.refused) == (told.reversed, (), ())
    assert things(undone.reversed) == ["c3", "c4", "c1", "q1"]
    assert undone.reversed[2].text == "job_title: CEO → None; city: Boston → Salem"
    assert _but_reviews(canon(store)) == _but_reviews(before)
    assert verify(store) == []

    again = undo(store, undone.event, ANN)
    assert canon(store) == after
    assert verify(store) == []
    assert things(again.reversed) == ["c1", "c3", "c4"]

    undo(store, again.event, ANN)
    result = later.load(store)
    assert (result.counts["created"], result.counts["merged"]) == (2, 1)
    assert result.batch == 3
    assert verify(store) == []
    with pytest.raises(RefusedError) as refused:
        undo(store, undone.event, ANN)
    assert refused.value.because == ("b3",)


def _but_reviews(held):
    return {name: rows for name, rows in held.items() if name != "review_item"}


def test_what_a_person_changed_since_is_kept_and_named(sqlite_store, reading, first, second):
    reading(first).load(sqlite_store)
    reading(second[:3]).load(sqlite_store)
    edits = [
        edit(sqlite_store, "c1", {"city": "Reno"}, ANN).event,
        edit(sqlite_store, "c3", {"city": "Reno"}, ANN).event,
        set_lead_status(sqlite_store, "l4", "working", ANN).event,
    ]
    undone = undo(sqlite_store, "b2", ANN)
    assert [(item.thing, item.because) for item in undone.kept] == [
        ("c3", (edits[1],)),
        ("c4", (edits[2],)),
        ("c1", ()),
    ]
    assert things(undone.reversed) == ["c1"]
    assert values(sqlite_store, "c1")["city"] == "Reno"
    assert "job_title" not in values(sqlite_store, "c1")
    assert values(sqlite_store, "c3")["city"] == "Reno"
    assert verify(sqlite_store) == []


def test_what_later_events_depend_on_is_refused_with_their_list(
    sqlite_store, reading, first, second, person
):
    reading(first).load(sqlite_store)
    reading(second[:3]).load(sqlite_store)
    reading([person("Cy", "Day", city="Bonn")]).load(sqlite_store)
    merged = merge(sqlite_store, ["c2", "c4"], ANN).event
    undone = undo(sqlite_store, "b2", ANN)
    assert [(item.thing, item.because) for item in undone.refused] == [
        ("c2", (merged,)),
        ("c3", ("e6",)),
    ]
    assert things(undone.reversed) == ["c1"]
    assert verify(sqlite_store) == []
    undo(sqlite_store, merged, ANN)
    undo(sqlite_store, "b3", ANN)
    assert things(undo(sqlite_store, "b2", ANN).reversed) == ["c3", "c4"]
    assert verify(sqlite_store) == []


def test_there_is_nothing_left_to_undo_the_second_time(sqlite_store, reading, first):
    reading(first).load(sqlite_store)
    undo(sqlite_store, "b1", ANN)
    with pytest.raises(RefusedError, match="nothing of b1 is left"):
        undo(sqlite_store, "b1", ANN)
    with pytest.raises(UnknownIdError, match="b9"):
        undo(sqlite_store, "b9", ANN)


def test_an_unfinished_import_can_be_taken_back_and_starts_anew(
    sqlite_store, reading, person, monkeypatch
):
    monkeypatch.setattr("crm.plan.CHUNK_ROWS", 1)
    rows = [person("Ann", "Lee"), person("Bob", "Stone"), person("Cy", "Day")]
    plan = reading(rows).plan(sqlite_store)

    def stop(done, total):
        del total
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        sqlite_store.load(plan, stop)
    undo(sqlite_store, "b1", ANN)
    assert verify(sqlite_store) == []
    result = reading(rows).load(sqlite_store)
    assert (result.batch, result.counts["created"]) == (2, 3)
    assert verify(sqlite_store) == []
