import pytest

from crm.acts import Who
from crm.canonical import canon
from crm.errors import ConflictError, RefusedError, UnknownIdError
from crm.merging import merge, preview_merge
from crm.trace import trace
from crm.undoing import preview_undo, undo
from crm.unmerging import preview_unmerge, unmerge
from crm.verify import verify

ANN = Who("ann@desk.example", "same person")


def values(store, contact):
    """All golden values of a contact."""
    return {each["field"]: each["value"] for each in trace(store, contact)["fields"]}


@pytest.fixture
def on_both(store, reading, person):
    """The same in either kind of store, for what their SQL decides."""
    return load(store, reading, person)


@pytest.fixture
def loaded(sqlite_store, reading, person):
    """Four people, one of them with two records."""
    return load(sqlite_store, reading, person)


def load(store, reading, person):
    rows = [
        person("Ann", "Lee", city="Salem", occurred_at="2024-01-01"),
        person("Anna", "Lea", city="Boston", job_title="CEO", occurred_at="2024-02-01"),
        person("Bob", "Stone"),
        person("Anna", "Lea", city="Austin", occurred_at="2024-03-01"),
        person("Cy", "Day", company="Acme Inc", website="acme.example"),
    ]
    reading(rows).load(store)
    assert verify(store) == []
    return store


def test_merged_contacts_are_one_with_the_values_of_both(loaded):
    done = merge(loaded, ["c2", "c1"], ANN)
    assert (done.kind, done.contacts) == ("merge", {"c1": 2})
    assert values(loaded, "c1") | {"email": "", "phone": ""} == {
        "given_name": "Anna",
        "family_name": "Lea",
        "email": "",
        "phone": "",
        "city": "Austin",
        "job_title": "CEO",
    }
    assert verify(loaded) == []


def test_a_losing_id_leads_to_the_survivor_and_a_split_gives_it_back(loaded):
    event = merge(loaded, ["c1", "c2"], ANN).event
    assert trace(loaded, "c2")["id"] == "c1"
    assert trace(loaded, "c1")["old_ids"] == ["c2"]
    unmerge(loaded, event, ANN)
    assert trace(loaded, "c2")["id"] == "c2"
    assert trace(loaded, "c1")["old_ids"] == []
    assert verify(loaded) == []


@pytest.mark.parametrize("take_back", [undo, unmerge])
def test_merging_and_taking_it_back_restores_everything(on_both, take_back):
    before = canon(on_both)
    event = merge(on_both, ["c1", "c2", "c3"], ANN, into="c2").event
    assert canon(on_both) != before
    take_back(on_both, event, ANN)
    assert canon(on_both) == before
    assert verify(on_both) == []


def test_an_undo_can_be_undone_again_and_again(on_both):
    before = canon(on_both)
    event = merge(on_both, ["c1", "c2"], ANN).event
    merged = canon(on_both)
    for expected in (before, merged, before, merged):
        event = undo(on_both, event, ANN).event
        assert canon(on_both) == expected
        assert verify(on_both) == []


def test_a_record_taken_out_is_a_contact_of_its_own(loaded):
    before = values(loaded, "c2")
    done = unmerge(loaded, "r4", ANN)
    assert done.contacts == {"c2": 2, "c5": 1}
    assert values(loaded, "c5")["city"] == "Austin"
    assert values(loaded, "c2")["city"] == "Boston"
    assert verify(loaded) == []
    undo(loaded, done.event, ANN)
    assert values(loaded, "c2") == before
    assert trace(loaded, "c5")["id"] == "c2"
    assert verify(loaded) == []


def test_a_record_that_came_with_a_merged_contact_goes_back_to_its_id(loaded):
    merge(loaded, ["c1", "c2"], ANN)
    unmerge(loaded, "r1", ANN)  # the survivor's own: a new id
    assert trace(loaded, "r1")["contact"] == "c5"
    merge(loaded, ["c3", "c4"], ANN)
    unmerge(loaded, "r5", ANN)
    assert trace(loaded, "r5")["contact"] == "c4"
    assert verify(loaded) == []


def test_later_records_go_along_with_those_that_drew_them(on_both, reading, person):
    event = merge(on_both, ["c1", "c2"], ANN).event
    reading([person("Anna", "Lea", city="Reno", job_title="CFO")]).load(on_both)
    assert trace(on_both, "r6")["contact"] == "c1"
    done = unmerge(on_both, event, ANN)
    assert trace(on_both, "r6")["contact"] == "c2"
    assert done.notes
    assert verify(on_both) == []
    undo(on_both, done.event, ANN)
    assert trace(on_both, "r6")["contact"] == "c1"
    assert verify(on_both) == []


def test_undo_of_a_merge_names_the_imports_that_stand_upon_it(loaded, reading, person):
    event = merge(loaded, ["c1", "c2"], ANN).event
    reading([person("Anna", "Lea", city="Reno")]).load(loaded)
    before = canon(loaded)
    with pytest.raises(RefusedError) as refused:
        undo(loaded, event, ANN)
    assert refused.value.because == ("e7",)
    assert preview_undo(loaded, event).refused[0].because == ("e7",)
    assert canon(loaded) == before


def test_what_was_judged_apart_is_not_merged_by_mistake(loaded):
    event = merge(loaded, ["c1", "c2"], ANN).event
    unmerge(loaded, event, ANN)
    with pytest.raises(RefusedError) as refused:
        merge(loaded, ["c1", "c2"], ANN)
    assert refused.value.because
    assert preview_merge(loaded, ["c1", "c2"]).refused == refused.value.because
    assert verify(loaded) == []


def test_events_are_taken_back_in_their_order(loaded):
    first = merge(loaded, ["c1", "c2"], ANN).event
    second = merge(loaded, ["c1", "c3"], ANN, into="c3").event
    with pytest.raises(RefusedError) as refused:
        undo(loaded, first, ANN)
    assert refused.value.because == (second,)
    undo(loaded, second, ANN)
    undo(loaded, first, ANN)
    assert verify(loaded) == []


def test_previews_tell_what_will_be_and_change_nothing(loaded):
    before = canon(loaded)
    told = preview_merge(loaded, ["c1", "c2"])
    city = next(each for each in told.fields if each["field"] == "city")
    assert (city["value"], city["record"], city["contact"]) == ("Austin", "r4", "c2")
    assert {rival["value"] for rival in city["rivals"]} == {"Salem", "Boston"}
    assert (told.survivor, told.versions) == ("c1", {"c1": 1, "c2": 1})
    apart = preview_unmerge(loaded, "r4")
    assert [part["contact"] for part in apart.parts] == ["c2", None]
    assert canon(loaded) == before
    event = merge(loaded, ["c1", "c2"], ANN).event
    assert [part["records"] for part in preview_unmerge(loaded, event).parts] == [
        ["r1"],
        ["r2", "r4"],
    ]


def test_whoever_saw_an_older_version_is_told_and_nothing_is_lost(loaded):
    merge(loaded, ["c1", "c2"], ANN)
    before = canon(loaded)
    with pytest.raises(ConflictError) as conflict:
        merge(loaded, ["c1", "c3"], Who("bob", expected={"c1": 1, "c3": 1}))
    assert conflict.value.changed == ("c1",)
    assert canon(loaded) == before


@pytest.mark.parametrize("what", ["c99", "r99", "e99", "x"])
def test_unknown_ids_are_named(loaded, what):
    for act in (lambda: unmerge(loaded, what, ANN), lambda: undo(loaded, what, ANN)):
        with pytest.raises(UnknownIdError, match=what):
            act()
    with pytest.raises(UnknownIdError, match=what):
        merge(loaded, ["c1", what], ANN)


@pytest.mark.parametrize(
    ("act", "said"),
    [
        (lambda store: merge(store, ["c1", "c1"], ANN), "two contacts"),
        (lambda store: unmerge(store, "r1", ANN), "only record"),
        (lambda store: unmerge(store, "e1", ANN), "brought no contacts together"),
        (lambda store: undo(store, "e1", ANN), "part of an import"),
    ],
)
def test_what_cannot_be_done_is_refused_with_its_reason(loaded, act, said):
    before = canon(loaded)
    with pytest.raises(RefusedError, match=said):
        act(loaded)
    assert canon(loaded) == before


def test_leads_and_accounts_follow_their_contact(loaded):
    event = merge(loaded, ["c3", "c4"], ANN).event
    story = trace(loaded, "c3")
    assert (len(story["leads"]), story["account"]["domain"]) == (2, "stone.example")
    unmerge(loaded, event, ANN)
    assert trace(loaded, "c3")["account"]["domain"] == "stone.example"
    assert trace(loaded, "c4")["account"]["domain"] == "acme.example"
    assert len(trace(loaded, "c4")["leads"]) == 1


def test_a_record_taken_out_with_others_leaves_them_where_it_is_taken_out_again(
    loaded, reading, person
):
    reading([person("Anna", "Lea", city="Austin", occurred_at="2024-04-01")]).load(loaded)
    event = next(each["id"] for each in trace(loaded, "r4")["events"] if each["kind"] == "link")
    assert trace(loaded, "r6")["events"][0]["matched"] == "r4"
    unmerge(loaded, event, ANN)
    assert [trace(loaded, one)["contact"] for one in ("r2", "r4", "r6")] == ["c2", "c5", "c5"]
    with pytest.raises(RefusedError, match="taken back already"):
        unmerge(loaded, event, ANN)
    unmerge(loaded, "r4", ANN)
    assert [trace(loaded, one)["contact"] for one in ("r2", "r4", "r6")] == ["c2", "c6", "c5"]
    assert verify(loaded) == []
