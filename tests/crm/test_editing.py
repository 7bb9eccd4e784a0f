import pytest

from crm.acts import Who
from crm.canonical import canon
from crm.consents import give, withdraw
from crm.editing import add_note, edit, set_lead_status, unpin
from crm.errors import ConflictError, RefusedError
from crm.merging import merge
from crm.trace import trace
from crm.undoing import undo
from crm.unmerging import unmerge
from crm.verify import verify

ANN = Who("ann@desk.example")


def told(store, contact, field):
    """Value of a field, and who says so."""
    for each in trace(store, contact)["fields"]:
        if each["field"] == field:
            return each["value"], each["by"]
    return None


@pytest.fixture
def on_both(store, reading, person):
    """The same in either kind of store, for what their SQL decides."""
    return load(store, reading, person)


@pytest.fixture
def loaded(sqlite_store, reading, person):
    return load(sqlite_store, reading, person)


def load(store, reading, person):
    reading([person("Ann", "Lee", city="Salem"), person("Bob", "Stone")]).load(store)
    return store


def test_a_pinned_value_outranks_every_source_until_it_is_unpinned(on_both, reading, person):
    before = canon(on_both)
    values = {"city": "Reno", "email": "ann@new.example", "job_title": None}
    event = edit(on_both, "c1", values, ANN).event
    reading([person("Ann", "Lee", city="Bonn", job_title="CEO")]).load(on_both)
    assert told(on_both, "c1", "city") == ("Reno", "pinned")
    assert told(on_both, "c1", "job_title") is None
    assert told(on_both, "c1", "email") == ("ann@new.example", "pinned")
    story = trace(on_both, "c1")
    assert {"value": "ann@new.example", "record": None} in story["emails"]
    assert [pin["field"] for pin in story["pins"]] == ["city", "email", "job_title"]
    assert verify(on_both) == []
    unpin(on_both, "c1", ["city", "job_title"], ANN)
    assert told(on_both, "c1", "city") == ("Bonn", "record")
    assert verify(on_both) == []
    undo(on_both, "b2", ANN)
    with pytest.raises(RefusedError):
        undo(on_both, event, ANN)  # the unpinning stands upon it
    unpin(on_both, "c1", ["email"], ANN)
    assert canon(on_both) == before


def test_pins_go_with_the_merge_and_come_back(loaded):
    edit(loaded, "c2", {"city": "Reno"}, ANN)
    before = canon(loaded)
    event = merge(loaded, ["c1", "c2"], ANN).event
    assert told(loaded, "c1", "city") == ("Reno", "pinned")
    undo(loaded, event, ANN)
    assert canon(loaded) == before


def test_of_two_people_at_one_contact_the_second_is_told(loaded):
    seen = {"c1": trace(loaded, "c1")["row_version"]}
    edit(loaded, "c1", {"city": "Reno"}, Who("ann", expected=seen))
    with pytest.raises(ConflictError):
        edit(loaded, "c1", {"city": "Bonn"}, Who("bob", expected=seen))
    assert told(loaded, "c1", "city") == ("Reno", "pinned")


@pytest.mark.parametrize("field", ["email_opt_out", "shoe_size", "occurred_at"])
def test_only_golden_fields_are_pinned_and_consent_is_not(loaded, field):
    with pytest.raises(RefusedError):
        edit(loaded, "c1", {field: "x"}, ANN)


def test_leads_move_on_and_notes_are_kept(loaded):
    before = canon(loaded)
    moved = set_lead_status(loaded, "l1", "qualified", ANN).event
    written = add_note(loaded, "c1", "wants a quote", ANN).event
    story = trace(loaded, "c1")
    assert story["leads"][0]["status"] == "qualified"
    assert story["interactions"][-1]["summary"] == {"notes": "wants a quote"}
    assert verify(loaded) == []
    undo(loaded, written, ANN)
    undo(loaded, moved, ANN)
    assert canon(loaded) == before
    with pytest.raises(RefusedError, match="no such status"):
        set_lead_status(loaded, "l1", "lost", ANN)


def test_a_withdrawal_wins_every_merge_and_survives_every_split(on_both):
    withdraw(on_both, "c1", "email", ANN)
    give(on_both, "c2", "email", ANN)
    event = merge(on_both, ["c1", "c2"], ANN, into="c2").event
    assert told(on_both, "c2", "email_opt_out") == ("true", "consent")
    assert verify(on_both) == []
    unmerge(on_both, event, ANN)
    for contact in ("c1", "c2"):
        assert told(on_both, contact, "email_opt_out") == ("true", "consent")
    assert verify(on_both) == []


def test_what_a_record_withdrew_holds_for_both_parts_of_its_contact(loaded, reading, person):
    row = person("Ann", "Lee", do_not_call="true", occurred_at="2024-01-01")
    reading([row]).load(loaded)
    unmerge(loaded, "r3", ANN)
    assert told(loaded, "c3", "do_not_call") == ("true", "record")
    assert told(loaded, "c1", "do_not_call") == ("true", "consent")
    give(loaded, "c3", "call", ANN)
    assert told(loaded, "c3", "do_not_call") == ("false", "consent")
    assert verify(loaded) == []
