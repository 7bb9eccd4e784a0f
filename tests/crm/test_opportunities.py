import pytest

from crm.acts import Who
from crm.canonical import canon
from crm.editing import set_lead_status
from crm.errors import RefusedError, UnknownIdError
from crm.merging import merge
from crm.opportunities import (
    STAGES,
    Deal,
    convert_lead,
    open_opportunity,
    revalue,
    set_stage,
)
from crm.sales import list_leads, list_opportunities, read_steps
from crm.trace import trace
from crm.undoing import undo
from crm.verify import verify

ANN = Who("ann@desk.example")


@pytest.fixture
def loaded(sqlite_store, reading, person):
    reading([person("Ann", "Lee"), person("Bob", "Stone")]).load(sqlite_store)
    return sqlite_store


def test_a_lead_becomes_an_opportunity_that_moves_through_its_stages_and_back(loaded):
    before = canon(loaded)
    events = [
        set_lead_status(loaded, "l1", "qualified", ANN).event,
        convert_lead(loaded, "l1", Deal("Desks", "1200.50", "eur"), ANN).event,
        revalue(loaded, "o1", "1e3", None, ANN).event,
        *(set_stage(loaded, "o1", stage, ANN).event for stage in ("proposal", "won")),
    ]
    (told,) = trace(loaded, "c1")["opportunities"]
    known = {name: told[name] for name in ("stage", "points", "amount", "currency")}
    assert known == {"stage": "won", "points": 100, "amount": "1000", "currency": "EUR"}
    assert told["closed_at"] is not None
    assert trace(loaded, "c1")["leads"][0]["status"] == "converted"
    assert verify(loaded) == []
    for event in reversed(events):
        undo(loaded, event, ANN)
    assert canon(loaded) == before
    with pytest.raises(UnknownIdError, match="o1"):
        set_stage(loaded, "o1", "won", ANN)


def test_only_a_qualified_lead_is_converted_and_only_once(loaded):
    with pytest.raises(RefusedError, match="l1 is new"):
        convert_lead(loaded, "l1", Deal("Desks"), ANN)
    set_lead_status(loaded, "l1", "qualified", ANN)
    convert_lead(loaded, "l1", Deal("Desks"), ANN)
    with pytest.raises(RefusedError, match="l1 is converted"):
        convert_lead(loaded, "l1", Deal("Desks"), ANN)


def test_steps_carry_their_times_and_those_taken_back_are_none(store, reading, person):
    reading([person("Ann", "Lee"), person("Bob", "Stone")]).load(store)
    set_lead_status(store, "l1", "qualified", ANN)
    convert_lead(store, "l1", Deal("Desks", stage="needs"), ANN)
    set_stage(store, "o1", "proposal", ANN)
    undo(store, set_stage(store, "o1", "lost", ANN).event, ANN)
    gone = open_opportunity(store, "c2", Deal("Chairs"), ANN).event
    set_stage(store, "o2", "won", ANN)
    undo(store, gone, ANN)
    merge(store, ["c1", "c2"], ANN)
    steps = read_steps(store)
    assert list(zip(steps["thing"], steps["id"], steps["step"], strict=True)) == [
        ("lead", 1, "new"),
        ("lead", 1, "qualified"),
        ("lead", 1, "converted"),
        ("lead", 2, "new"),
        ("opportunity", 1, "needs"),
        ("opportunity", 1, "proposal"),
    ]
    assert steps["at"].notna().all()


def test_leads_and_opportunities_are_listed_with_their_person(store, reading, person):
    reading([person("Ann", "Lee"), person("Bob", "Stone")]).load(store)
    open_opportunity(store, "c2", Deal("Chairs", "20"), ANN)
    open_opportunity(store, "c1", Deal("Desks", stage="negotiation"), ANN)
    assert list(list_leads(store)["person"]) == ["Bob Stone", "Ann Lee"]
    assert list(list_leads(store, "qualified")["person"]) == []
    assert list(list_opportunities(store)["name"]) == ["Desks", "Chairs"]
    assert list(list_opportunities(store, "qualified")["person"]) == ["Bob Stone"]


@pytest.mark.parametrize(
    ("deal", "why"),
    [
        (Deal("Desks", "a lot"), "decimal"),
        (Deal("Desks", "NaN"), "decimal"),
        (Deal("Desks", "-1"), "decimal"),
        (Deal("Desks", "1", "Euros"), "three letters"),
        (Deal("Desks", stage="hoped"), "known: qualified"),
    ],
)
def test_what_makes_no_sense_is_refused(loaded, deal, why):
    with pytest.raises(RefusedError, match=why):
        open_opportunity(loaded, "c1", deal, ANN)
    open_opportunity(loaded, "c1", Deal("Desks"), ANN)
    with pytest.raises(RefusedError, match="known: qualified"):
        set_stage(loaded, "o1", "hoped", ANN)
    assert list(STAGES.values()) == [20, 40, 60, 80, 100, 0]


def test_an_import_with_an_opportunity_is_kept(loaded):
    event = open_opportunity(loaded, "c1", Deal("Desks"), ANN).event
    (kept,) = undo(loaded, "b1", ANN).kept
    assert (kept.thing, kept.because) == ("c1", (event,))
