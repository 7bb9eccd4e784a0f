import pytest

from crm.acts import Who
from crm.batch import BatchInput
from crm.canonical import canon
from crm.errors import RefusedError, UnknownIdError
from crm.judging import Line, judge, judge_many
from crm.review import ReviewFilter, list_review, read_review_item
from crm.trace import trace
from crm.undoing import undo
from crm.unmerging import unmerge
from crm.verify import verify

ANN = Who("ann@desk.example", "I know them")
HOLD = BatchInput("web", "", on_possible_match="hold")


@pytest.fixture
def people(person):
    return [person("Ann", "Lee"), person("Bob", "Stone"), person("Cy", "Day")]


def test_the_same_merges_and_undo_puts_the_pair_back_on_the_list(store, reading, people):
    reading(people, possible=[(0, 1)]).load(store)
    before = canon(store)
    done = judge(store, "m1", "same", ANN)
    assert trace(store, "c2")["id"] == "c1"
    item = read_review_item(store, "m1")
    assert (item.status, item.verdict, item.judged_by) == ("judged", "same", "ann@desk.example")
    event = trace(store, "c1")["events"][-1]
    assert (event["kind"], event["weight"], event["reason"]) == ("merge", 3.0, "I know them")
    assert event["evidence"][0]["comparison"] == "email"
    undo(store, done.event, ANN)
    assert canon(store) == before
    assert verify(store) == []


@pytest.mark.parametrize("verdict", ["different", "household"])
def test_what_was_judged_apart_is_never_asked_again(sqlite_store, reading, people, person, verdict):
    reading(people, possible=[(0, 1)]).load(sqlite_store)
    judge(sqlite_store, "m1", verdict, ANN)
    assert list_review(sqlite_store).total == 0
    again = reading([person("Bob", "Stone", city="Salem")], possible=[(-1, 0)])
    assert again.load(sqlite_store).counts["review"] == 0
    assert verify(sqlite_store) == []


def test_a_judgement_outlives_the_import_it_was_about(sqlite_store, reading, people, person):
    rows = [person("Ann", "Lee"), person("Ann", "Lee", city="Salem"), people[1]]
    reading(rows).load(sqlite_store)
    assert trace(sqlite_store, "r2")["contact"] == "c1"
    unmerge(sqlite_store, "r2", ANN)
    undo(sqlite_store, "b1", ANN)
    assert verify(sqlite_store) == []
    # The same people, with a column more, so that no row is the same.
    rows = [row | {"notes": "again"} for row in rows]
    assert reading(rows).load(sqlite_store).counts["created"] == 3
    assert verify(sqlite_store) == []


def test_judged_the_same_is_the_same_when_it_is_imported_again(sqlite_store, reading, people):
    first = reading(people, possible=[(0, 1)])
    first.load(sqlite_store)
    event = judge(sqlite_store, "m1", "same", ANN).event
    with pytest.raises(RefusedError, match="waits for no judgement"):
        judge(sqlite_store, "m1", "different", ANN)
    assert undo(sqlite_store, "b1", ANN).refused[0].because == (event,)
    rows = [row | {"notes": "again"} for row in people[:2]]
    reading(rows, batch=BatchInput("other", "")).load(sqlite_store)
    assert {trace(sqlite_store, each)["contact"] for each in ("r4", "r5")} == {"c1"}
    assert verify(sqlite_store) == []


def test_a_held_row_joins_the_contact_it_is(store, reading, people):
    reading(people[:1]).load(store)
    rows = [people[1], people[0] | {"notes": "again"}]
    reading(rows, batch=HOLD, possible=[(-1, 0)]).load(store)
    before = canon(store)
    done = judge(store, "m1", "same", ANN)
    assert trace(store, "r2")["contact"] == "c1"
    assert len(trace(store, "c1")["interactions"]) == 3
    assert verify(store) == []
    undo(store, done.event, ANN)
    assert canon(store) == before
    assert verify(store) == []


def test_held_rows_that_are_nobody_else_become_contacts(sqlite_store, reading, people):
    reading(people[:2], batch=HOLD, possible=[(0, 1)]).load(sqlite_store)
    before = canon(sqlite_store)
    done = judge(sqlite_store, "m1", "different", ANN)
    assert [trace(sqlite_store, record)["contact"] for record in ("r1", "r2")] == ["c1", "c2"]
    assert [len(trace(sqlite_store, each)["leads"]) for each in ("c1", "c2")] == [1, 1]
    assert verify(sqlite_store) == []
    undo(sqlite_store, done.event, ANN)
    assert canon(sqlite_store) == before


def test_two_held_rows_become_one_contact(sqlite_store, reading, people):
    reading(people[:2], batch=HOLD, possible=[(0, 1)]).load(sqlite_store)
    judge(sqlite_store, "m1", "same", ANN)
    assert [trace(sqlite_store, record)["contact"] for record in ("r1", "r2")] == ["c1", "c1"]
    assert verify(sqlite_store) == []


def test_review_lists_filter_and_page(sqlite_store, reading, people):
    reading(people, possible=[(0, 1), (0, 2), (1, 2)]).load(sqlite_store)
    page = list_review(sqlite_store, limit=2)
    assert (len(page.items), page.total) == (2, 3)
    assert list_review(sqlite_store, ReviewFilter(batch="b1", min_weight=4)).total == 0
    assert list_review(sqlite_store, ReviewFilter(source="web", max_weight=3.0)).total == 3
    side = page.items[0].left
    assert (side.contact, side.row_version, side.golden["given_name"]) == ("c1", 1, "Ann")
    with pytest.raises(UnknownIdError, match="m9"):
        read_review_item(sqlite_store, "m9")


def test_many_judgements_are_applied_one_by_one(sqlite_store, reading, people):
    reading(people, possible=[(0, 1), (0, 2)]).load(sqlite_store)
    lines = [Line("m1", "same"), Line("m2", "who knows"), Line("m9", "same"), Line("m1", "same")]
    done = judge_many(sqlite_store, lines, ANN)
    assert [line.event is not None for line in done] == [True, False, False, False]
    assert "known: same" in done[1].error
    assert "m9" in done[2].error
    assert "judged" in done[3].error
    assert verify(sqlite_store) == []
