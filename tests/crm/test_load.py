import pytest
from sqlalchemy import select

from crm import models
from crm.batch import BatchInput
from crm.errors import StoreChangedError
from crm.opening import reading as open_reading
from crm.store import open_store
from crm.verify import verify
from validators.issues import CATALOG


def dump(store):
    """Everything the store holds, table by table."""
    with open_reading(store.engine) as connection:
        return {
            table.name: sorted(map(repr, connection.execute(select(table))))
            for table in models.metadata.sorted_tables
        }


def read_all(store, table, *names):
    with open_reading(store.engine) as connection:
        columns = [table.c[name] for name in names]
        return [tuple(row) for row in connection.execute(select(*columns).order_by(*columns))]


@pytest.fixture
def leads(person):
    return [
        person("Ann", "Lee", company="Acme Inc", occurred_at="2024-01-02"),
        person("Bob", "Stone"),
        person("Ann", "Lee", company="Acme Inc", job_title="CEO", occurred_at="2024-02-02"),
        {"given_name": "Zed", "email": "zed@"},
    ]


def test_every_row_gets_one_fate_and_the_store_is_sound(store, reading, leads):
    result = reading(leads, bad=[3]).load(store)
    assert result.counts == {
        "rows_in": 4,
        "created": 2,
        "merged": 1,
        "held": 0,
        "quarantined": 1,
        "already_seen": 0,
        "blank": 0,
        "review": 0,
    }
    assert (result.batch, result.written) == (1, True)
    assert verify(store) == []


def test_importing_again_writes_nothing_and_names_the_batch(store, reading, leads):
    reading(leads, bad=[3]).load(store)
    before = dump(store)
    shuffled = [leads[number] for number in (2, 3, 0, 1)]
    for rows, bad in ((leads, [3]), (shuffled, [1])):
        result = reading(rows, bad=bad).load(store)
        assert (result.batch, result.written) == (1, False)
        assert result.counts["already_seen"] == result.counts["rows_in"] == 4
    assert dump(store) == before


def test_rows_of_several_batches_that_come_again_name_no_batch(sqlite_store, reading, person):
    first, second = [person("Ann", "Lee")], [person("Bob", "Stone")]
    reading(first).load(sqlite_store)
    reading(second).load(sqlite_store)
    result = reading(first + second).load(sqlite_store)
    assert (result.batch, result.written) == (None, False)


def test_a_reading_without_rows_writes_nothing(sqlite_store, reading):
    result = reading([]).load(sqlite_store)
    assert (result.batch, result.written, result.counts["rows_in"]) == (None, False, 0)


def test_a_row_that_waits_in_quarantine_is_not_imported_twice(sqlite_store, reading, leads):
    reading(leads[3:], bad=[0]).load(sqlite_store)
    result = reading(leads[3:], bad=[0]).load(sqlite_store)
    assert (result.batch, result.counts["already_seen"]) == (1, 1)


def test_a_known_person_gets_the_new_row_and_keeps_the_better_values(store, reading, person):
    reading([person("Ann", "Lee", city="Boston", occurred_at="2024-05-01")]).load(store)
    result = reading(
        [person("Ann", "Lee", city="Salem", job_title="CEO", occurred_at="2024-01-01")]
    ).load(store)
    assert (result.counts["created"], result.counts["merged"]) == (0, 1)
    [(fields, version)] = read_all(store, models.contact, "fields", "row_version")
    assert fields == '{"job_title":"CEO","city":"Boston"}'
    assert version == 2
    assert verify(store) == []


def test_a_link_to_a_known_contact_logs_the_record_as_it_was(sqlite_store, reading, person):
    reading([person("Ann", "Lee", city="Boston")]).load(sqlite_store)
    reading([person("Ann", "Lee", city="Salem")]).load(sqlite_store)
    events = read_all(sqlite_store, models.merge_event, "id", "kind", "matched_record", "before")
    assert [event[:3] for event in events] == [(1, "create", None), (2, "link", 1)]
    assert events[0][3] is None
    assert '"city\\":\\"Boston\\"' in events[1][3]


def test_the_same_submission_is_delivered_once_however_often_it_comes(store, reading, person):
    sent = person("Ann", "Lee", submission_id="s1")
    result = reading([sent, sent, sent]).load(store)
    assert (result.counts["created"], result.counts["already_seen"]) == (1, 2)
    changed = reading([sent | {"city": "Salem"}]).load(store)
    assert (changed.counts["already_seen"], changed.written) == (1, False)


def test_a_submission_id_counts_within_its_source_alone(sqlite_store, reading, person):
    reading([person("Ann", "Lee", submission_id="1")]).load(sqlite_store)
    other = reading([person("Bob", "Stone", submission_id="1")], batch=BatchInput("booth", ""))
    assert other.load(sqlite_store).counts["created"] == 1


def test_equal_rows_of_one_file_are_records_of_one_person(sqlite_store, reading, person):
    result = reading([person("Ann", "Lee")] * 3).load(sqlite_store)
    assert (result.counts["created"], result.counts["merged"]) == (1, 2)
    assert verify(sqlite_store) == []


def test_a_further_row_is_a_further_interaction_on_the_open_lead(store, reading, person):
    reading([person("Ann", "Lee", occurred_at="2024-03-01", notes="Hello")]).load(store)
    reading([person("Ann", "Lee", occurred_at="2024-02-01", submission_id="s1")]).load(store)
    assert read_all(store, models.lead, "contact_id", "status", "first_at", "last_at") == [
        (1, "new", "2024-02-01T00:00:00Z", "2024-03-01T00:00:00Z")
    ]
    assert read_all(store, models.interaction, "id", "kind", "lead_id", "summary") == [
        (1, "import", 1, '{"notes":"Hello"}'),
        (2, "submission", 1, "{}"),
    ]


@pytest.mark.parametrize("kind", ["call", "visit"])
def test_calls_and_visits_make_contacts_but_no_lead_and_no_account(
    sqlite_store, reading, person, kind
):
    batch = BatchInput("front desk", "", kind=kind)
    reading([person("Ann", "Lee", company="Acme Inc")], batch=batch).load(sqlite_store)
    assert read_all(sqlite_store, models.interaction, "kind", "lead_id") == [(kind, None)]
    assert read_all(sqlite_store, models.lead, "id") == []
    assert read_all(sqlite_store, models.account, "id") == []
    assert verify(sqlite_store) == []


def test_contacts_of_one_company_share_its_account(store, reading, person):
    company = {"company": "Acme Inc", "website": "acme.example"}
    reading([person("Ann", "Lee", **company), person("Bob", "Stone", **company)]).load(store)
    reading([person("Cy", "Day", **company)]).load(store)
    assert read_all(store, models.account, "id", "key", "status") == [
        (1, "domain:acme.example", "prospect")
    ]
    assert read_all(store, models.contact, "id", "account_id") == [(1, 1), (2, 1), (3, 1)]


def test_a_time_in_the_future_is_not_believed(sqlite_store, reading, person):
    reading([person("Ann", "Lee", occurred_at="2999-01-01")]).load(sqlite_store)
    [(occurred_at,)] = read_all(sqlite_store, models.source_record, "occurred_at")
    assert occurred_at < "2999"


def test_a_value_that_holds_a_nul_can_be_kept_by_every_store(store, reading, person):
    rows = [person("Ann", "Lee", notes="a\x00b", submission_id="s\x001")]
    issues = [(0, "notes", min(CATALOG), "a\x00b", None)]
    reading(rows, issues=issues).load(store)
    assert reading(rows, issues=issues).load(store).written is False
    assert store.batch_issues(1)["before"].tolist() == ["a␀b"]


def test_chunks_are_cut_between_persons_never_within_one(
    sqlite_store, reading, person, monkeypatch
):
    monkeypatch.setattr("crm.plan.CHUNK_ROWS", 2)
    names = ["Ann Lee", "Bob Stone", "Cy Day", "Ann Lee", "Eve Oak", "Ann Lee", "Cy Day"]
    made = reading([person(*name.split()) for name in names]).plan(sqlite_store)
    chunks = made.rows["chunk"]
    assert chunks[[0, 3, 5]].nunique() == chunks[[2, 6]].nunique() == 1
    assert chunks.max() > 0
    progress = []
    sqlite_store.load(made, lambda done, total: progress.append((done, total)))
    assert progress[-1] == (7, 7)
    assert len(progress) == chunks.nunique()
    assert verify(sqlite_store) == []


def test_a_plan_made_before_others_imported_the_same_person_is_refused(store, reading, person):
    ours = reading([person("Ann", "Lee"), person("Bob", "Stone")])
    stale = ours.plan(store)
    reading([person("Ann", "Lee", city="Salem")]).load(store)
    before = dump(store)
    with pytest.raises(StoreChangedError, match="Run the import again"):
        store.load(stale)
    assert dump(store) == before
    assert ours.load(store).counts["merged"] == 1
    assert verify(store) == []


def test_what_others_wrote_before_one_chunk_is_not_forgotten_at_the_next(
    store, reading, person, monkeypatch
):
    monkeypatch.setattr("crm.plan.CHUNK_ROWS", 1)
    reading([person("Ann", "Lee"), person("Bob", "Stone")]).load(store)
    ours = reading([person("Ann", "Lee", city="Reno"), person("Bob", "Stone", city="Reno")])
    stale = ours.plan(store)
    assert stale.chunks == 2
    reading([person("Bob", "Stone", city="Salem")]).load(store)
    with pytest.raises(StoreChangedError):
        store.load(stale)
    assert verify(store) == []
    assert ours.load(store).counts["merged"] == 2
    assert verify(store) == []


def test_a_plan_made_before_others_imported_the_same_rows_is_refused(sqlite_store, reading, person):
    ours = reading([person("Ann", "Lee")])
    stale = ours.plan(sqlite_store)
    ours.load(sqlite_store)
    with pytest.raises(StoreChangedError):
        sqlite_store.load(stale)
    assert ours.load(sqlite_store).written is False


def test_others_may_import_unrelated_persons_meanwhile(sqlite_store, reading, person):
    ours = reading([person("Ann", "Lee")]).plan(sqlite_store)
    reading([person("Quincy", "Oakenshield")]).load(sqlite_store)
    assert sqlite_store.load(ours).counts["created"] == 1
    assert verify(sqlite_store) == []


def test_held_rows_wait_without_a_contact(store, reading, person):
    batch = BatchInput("web", "", on_possible_match="hold")
    rows = [person("Ann", "Lee"), person("Bob", "Stone"), person("Cy", "Day")]
    result = reading(rows, batch=batch, possible=[(0, 1)]).load(store)
    counts = result.counts
    assert (counts["held"], counts["created"], counts["review"]) == (2, 1, 1)
    assert read_all(store, models.source_record, "fate") == [("created",), ("held",), ("held",)]
    assert read_all(store, models.contact, "given_name") == [("Cy",)]
    assert store.batch_rows(1)["contact"].isna().tolist() == [True, True, False]
    assert reading(rows, batch=batch).load(store).counts["already_seen"] == 3
    assert verify(store) == []


def test_two_contacts_wait_for_one_judgement_at_a_time(store, reading, person):
    reading([person("Ann", "Lee"), person("Bob", "Stone")]).load(store)
    counts = []
    for city in ("Salem", "Boston"):
        # Record 1, which is Ann's, might be the new row, which is Bob's.
        row = person("Bob", "Stone", city=city, company="Acme Inc")
        ann = person("Ann", "Lee", city=city, company="Acme Inc")
        made = reading([row, ann], possible=[(-1, 0)])
        counts.append(made.load(store).counts["review"])
    assert counts == [1, 0]
    (item,) = read_all(store, models.review_item, "left_record", "right_record", "status")
    assert item == (1, 3, "open")
    assert verify(store) == []


def test_a_dry_run_counts_and_writes_nothing(url, reading, leads, tmp_path):
    with open_store(url, dry_run=True) as dry:
        result = reading(leads, bad=[3]).load(dry)
    assert (result.written, result.batch, result.counts["created"]) == (False, None, 2)
    assert list(tmp_path.iterdir()) == []
    with open_store(url) as real:
        reading(leads[:2]).load(real)
        before = dump(real)
    with open_store(url, dry_run=True) as dry:
        result = reading(leads, bad=[3]).load(dry)
        assert (result.counts["already_seen"], result.counts["merged"]) == (2, 1)
        assert dump(dry) == before
