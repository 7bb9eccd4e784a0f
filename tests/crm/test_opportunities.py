import pytest

from crm.acts import Who
from crm.canonical import canon
from crm.errors import RefusedError, UnknownIdError
from crm.opportunities import STAGES, Deal, open_opportunity, set_stage
from crm.trace import trace
from crm.undoing import undo
from crm.verify import verify

ANN = Who("ann@desk.example")


@pytest.fixture
def loaded(sqlite_store, reading, person):
    reading([person("Ann", "Lee")]).load(sqlite_store)
    return sqlite_store


def test_an_opportunity_moves_through_its_stages_and_back(loaded):
    before = canon(loaded)
    opened = open_opportunity(loaded, "c1", Deal("Desks", "1200.50", "EUR", "l1"), ANN).event
    events = [set_stage(loaded, "o1", stage, ANN).event for stage in ("proposal", "won")]
    (told,) = trace(loaded, "c1")["opportunities"]
    assert (told["stage"], told["points"], told["amount"]) == ("won", 100, "1200.50")
    assert told["closed_at"] is not None
    assert verify(loaded) == []
    for event in (*reversed(events), opened):
        undo(loaded, event, ANN)
    assert canon(loaded) == before
    with pytest.raises(UnknownIdError, match="o1"):
        set_stage(loaded, "o1", "won", ANN)


def test_what_makes_no_sense_is_refused(loaded):
    with pytest.raises(RefusedError, match="decimal"):
        open_opportunity(loaded, "c1", Deal("Desks", "a lot"), ANN)
    open_opportunity(loaded, "c1", Deal("Desks"), ANN)
    with pytest.raises(RefusedError, match="known: qualified"):
        set_stage(loaded, "o1", "hoped", ANN)
    assert list(STAGES.values()) == [20, 40, 60, 80, 100, 0]


def test_an_import_with_an_opportunity_is_kept(loaded):
    event = open_opportunity(loaded, "c1", Deal("Desks"), ANN).event
    (kept,) = undo(loaded, "b1", ANN).kept
    assert (kept.thing, kept.because) == ("c1", (event,))
