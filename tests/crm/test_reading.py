"""Reading a store back: the frames that reports are made of, and the stories of `trace`."""

import json
import re

import pytest

from crm.batch import BatchInput
from crm.errors import UnknownIdError
from crm.store import open_store
from crm.trace import trace
from validators.issues import CATALOG

CODE = min(CATALOG)


@pytest.fixture(scope="module")
def store(tmp_path_factory, reading, person):
    """Two batches: Ann twice and a bad row; then Ann again, by another city."""
    rows = [
        person("Ann", "Lee", city="Salem", company="Acme Inc", occurred_at="2024-03-01"),
        person("Bob", "Stone"),
        person("Ann", "Lee", city="Boston", company="Acme Inc", occurred_at="2024-02-01"),
        {"given_name": "Zed", "email": "zed@"},
    ]
    issues = [(3, "email", CODE, "zed@", None), (-1, None, CODE, None, None)]
    told = [{"file": "leads.csv", "columns": [{"column": "email", "field": "email"}]}]
    path = tmp_path_factory.mktemp("reading") / "store.db"
    with open_store(f"sqlite:///{path}") as opened:
        batch = BatchInput("web", "", file="leads.csv", reading=told, blank=2)
        reading(rows, bad=[3], issues=issues, batch=batch).load(opened)
        later = [person("Ann", "Lee", city="Rome", notes="Hello", submission_id="s1")]
        reading(later).load(opened)
        yield opened


def test_a_batch_is_remembered_with_its_counts_and_how_it_was_read(store):
    batch = store.batch("b1")
    assert (batch.id, batch.source, batch.file, batch.status) == (1, "web", "leads.csv", "complete")
    assert batch.counts == {
        "rows_in": 4,
        "created": 2,
        "merged": 1,
        "held": 0,
        "quarantined": 1,
        "already_seen": 0,
        "blank": 2,
        "review": 0,
    }
    assert batch.reading[0]["columns"] == [{"column": "email", "field": "email"}]
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", batch.started_at)
    assert store.batches()["batch"].tolist() == [1, 2]


def test_rows_are_found_again_with_their_fate_and_contact(store):
    rows = store.batch_rows(1)
    assert rows["row"].tolist() == [0, 1, 2, 3]
    assert rows["fate"].tolist() == ["created", "created", "merged", "quarantined"]
    assert rows["contact"].tolist()[:3] == [1, 2, 1]
    assert rows["quarantine_row"].tolist()[3] == 1
    assert rows["line"].tolist() == [2, 3, 4, 5]


def test_findings_come_with_the_place_of_their_row(store):
    issues = store.batch_issues("b1")
    assert issues["row"].tolist() == [-1, 3]
    assert issues.loc[1, ["file", "line", "field", "before"]].tolist() == [
        "leads.csv",
        5,
        "email",
        "zed@",
    ]
    assert issues.loc[0, ["file", "line"]].isna().all()


def test_quarantined_rows_come_with_what_they_held(store):
    (row,) = store.batch_quarantine(1).to_dict("records")
    assert (row["quarantine_row"], row["row"], row["line"], row["status"]) == (1, 3, 5, "waiting")
    assert row["raw"] == {"given_name": "Zed", "email": "zed@"}


def test_merged_pairs_come_with_both_records_and_the_evidence(store):
    (match,) = store.batch_matches(2).to_dict("records")
    assert (match["decision"], match["contact"], match["other_contact"]) == ("merged", 1, 1)
    assert match["values"]["city"] == "Rome"
    assert match["other_values"]["city"] in {"Salem", "Boston"}
    assert match["weight"] == pytest.approx(sum(e["weight"] for e in match["evidence"]), abs=0.1)
    assert {"comparison", "level", "weight", "words"} == match["evidence"][0].keys()


def test_a_batch_that_matched_nothing_has_no_pairs_but_all_columns(sqlite_store, reading, person):
    reading([person("Ann", "Lee")]).load(sqlite_store)
    matches = sqlite_store.batch_matches(1)
    assert len(matches) == 0
    assert {"decision", "evidence", "values", "other_values", "other_line"} <= set(matches)


def test_a_contact_is_traced_to_the_line_each_value_came_from(store):
    story = trace(store, "c1")
    fields = {each["field"]: each for each in story["fields"]}
    assert fields["city"]["value"] == "Rome"
    assert fields["city"]["record"] == "r4"
    company = fields["company"]
    assert (company["record"], company["file"], company["line"]) == ("r1", "leads.csv", 2)
    assert {each["value"] for each in story["alternates"]} == {"Salem", "Boston"}
    assert [record["id"] for record in story["records"]] == ["r1", "r3", "r4"]
    assert [event["kind"] for event in story["events"]] == ["create", "link", "link"]
    assert story["events"][2]["evidence"]
    assert [each["kind"] for each in story["interactions"]] == ["import", "import", "submission"]
    assert story["interactions"][2]["summary"] == {"notes": "Hello"}
    assert story["account"]["name"] == "Acme Inc"
    assert story["leads"][0]["status"] == "new"
    assert [each["value"] for each in story["emails"]] == ["ann.lee@lee.example"]


def test_a_record_is_traced_to_its_contact(store):
    story = trace(store, "r3")
    assert (story["fate"], story["contact"], story["batch"]) == ("merged", "c1", "b1")
    assert (story["file"], story["line"], story["row"]) == ("leads.csv", 4, 2)
    assert story["events"][0]["matched"] == "r1"
    assert story["raw"]["city"] == story["standard"]["city"] == "Boston"


def test_a_quarantined_row_says_why(store):
    story = trace(store, "q1")
    assert (story["fate"], story["status"], story["line"]) == ("quarantined", "waiting", 5)
    (issue,) = story["issues"]
    assert (issue["code"], issue["before"]) == (CODE, "zed@")
    assert "zed@" in issue["message"]


def test_a_batch_is_traced_by_its_counts(store):
    assert trace(store, "b1")["counts"]["rows_in"] == 4


@pytest.mark.parametrize("thing", ["c1", "r1", "q1", "b1"])
def test_a_story_is_made_of_plain_values(store, thing):
    story = trace(store, thing)
    assert story["id"] == thing
    assert json.loads(json.dumps(story)) == story


@pytest.mark.parametrize("thing", ["c99", "r99", "b99", "q99", "a99", "x1", "", "12"])
def test_an_unknown_id_is_named(store, thing):
    with pytest.raises(UnknownIdError, match="does not hold"):
        trace(store, thing)


@pytest.mark.parametrize("thing", ["b99", "c1", 99, "seven"])
def test_an_unknown_batch_is_named(store, thing):
    with pytest.raises(UnknownIdError, match=f"does not hold {thing}"):
        store.batch(thing)


def test_an_old_id_leads_to_the_contact_that_survived(sqlite_store, reading, person):
    names = ["Ann Lee", "Bob Stone", "Cy Day"]
    reading([person(*name.split()) for name in names]).load(sqlite_store)
    with sqlite_store.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE contact SET merged_into = id - 1 WHERE id > 1")
    story = trace(sqlite_store, "c3")
    assert (story["id"], story["old_ids"]) == ("c1", ["c2", "c3"])
