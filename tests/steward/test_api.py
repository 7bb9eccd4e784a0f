"""Programs do with a token what people do at the screens."""

import io
import time
import zipfile

from crm.audit import Wanted, list_audit
from crm.desk_access import end_token
from crm.review import ReviewFilter, list_review
from crm.verify import verify

ANSWERS = (
    ("GET", "/api/contacts/c999", None, 404),
    ("GET", "/api/contacts/xyz", None, 404),
    ("GET", "/api/review?limit=0", None, 422),
    ("POST", "/api/review/m1/judgement", {"verdict": "perhaps"}, 422),
    ("POST", "/api/merges", {"contacts": ["c1"]}, 422),
    ("POST", "/api/merges", {"contacts": ["c1", "c1"]}, 409),
    ("POST", "/api/contacts/c1/values", {"values": {"email": "no"}}, 422),
    ("POST", "/api/contacts/c1/values", {"values": {"shoe": "42"}}, 422),
    ("POST", "/api/contacts/c1/values", {"values": {"city": "X"}, "versions": {"c1": 9}}, 409),
    ("GET", "/api/imports", None, 200),
    ("GET", "/api/imports/b1/report", None, 200),
    ("GET", "/api/waiting", None, 200),
    ("GET", "/api/funnel", None, 200),
    ("GET", "/api/quality", None, 200),
    ("GET", "/healthz", None, 200),
    ("GET", "/readyz", None, 200),
    ("GET", "/api/openapi.json", None, 200),
)


def test_a_match_is_judged_and_the_judgement_taken_back(program, store):
    client, _ = program("stella")
    (item, *_) = client.get("/api/review").json()["items"]
    versions = {item[side]["contact"]: item[side]["row_version"] for side in ("left", "right")}
    body = {"verdict": "same", "versions": versions, "reason": "spoke to her"}
    done = client.post(f"/api/review/{item['id']}/judgement", json=body)
    assert done.status_code == 200, done.text
    again = client.post(f"/api/review/{item['id']}/judgement", json=body)
    assert again.status_code == 409
    back = client.post(f"/api/undos/{done.json()['event']}", json={})
    assert back.json()["reversed"]
    assert list_review(store, ReviewFilter()).items[0].id == item["id"]
    assert verify(store) == []


def test_workbooks_of_reports_and_of_the_quarantine_are_fetched_by_programs(program, store):
    client, _ = program("vera")
    for path in ("imports/b1/report.xlsx", "imports/b1/report.zip", "quarantine/workbook"):
        fetched = client.get(f"/api/{path}")
        assert fetched.status_code == 200, path
        assert zipfile.is_zipfile(io.BytesIO(fetched.content))
        assert "attachment" in fetched.headers["content-disposition"]
    assert client.get("/api/imports/b1/report.exe").status_code == 422
    assert client.get("/api/imports/b99/report.zip").status_code == 404
    noted = list_audit(store, Wanted(act="download report")).items
    assert {entry.subject for entry in noted} == {"b1"}


def test_many_matches_are_judged_each_on_its_own(program, store):
    client, _ = program("stella")
    lines = [{"item": "m1", "verdict": "different"}, {"item": "m99", "verdict": "same"}]
    first, second = client.post("/api/review/judgements", json={"judgements": lines}).json()
    assert (first["event"] is not None, first["error"]) == (True, None)
    assert (second["event"], second["error"]) == (None, "there is no m99")
    assert list_review(store, ReviewFilter()).total == 1
    assert verify(store) == []


def test_the_queue_is_shared_out_to_people_who_may_judge(program):
    client, _ = program("ada")
    given = client.post("/api/review/share", json={"to": "stella", "count": 1})
    assert given.json() == {"to": "stella", "given": 1}
    assert client.get("/api/review", params={"owner": "stella"}).json()["total"] == 1
    assert client.post("/api/review/share", json={"to": "vera", "count": 1}).status_code == 404


def test_contacts_that_nobody_asked_about_are_said_to_be_of_one_household(program, store):
    client, _ = program("stella")
    apart = {"contacts": ["c1", "c2"], "verdict": "household", "reason": "same street"}
    assert client.post("/api/apart", json=apart).json()["kind"] == "judge"
    assert client.post("/api/apart", json={"contacts": ["c1"]}).status_code == 422
    assert verify(store) == []


def test_an_item_is_given_to_a_person_and_found_again(program):
    client, _ = program("stella")
    (item, *_) = client.get("/api/review", params={"field": "family_name"}).json()["items"]
    path = f"/api/review/{item['id']}/assignment"
    assert client.post(path, json={"to": "ada"}).json()["owner"] == "ada"
    assert client.post(path, json={"to": "stella"}).status_code == 409
    assert client.get("/api/review", params={"owner": "ada"}).json()["total"] == 1
    assert client.post(path, json={"to": None, "seen": "ada"}).json()["owner"] is None
    assert client.get("/api/review", params={"owner": "nobody"}).json()["total"] == 2
    assert client.get("/api/review", params={"owner": "no one"}).status_code == 404


def test_contacts_are_found_told_merged_and_taken_apart(program, store):
    client, _ = program("stella")
    found = client.post("/api/contacts/search", json={"text": "baker"}).json()["items"]
    names = [each["id"] for each in found]
    assert len(names) == 2
    assert client.get("/api/merges/preview", params={"contacts": names}).status_code == 200
    merged = client.post("/api/merges", json={"contacts": names}).json()
    assert client.get(f"/api/contacts/{names[1]}").json()["id"] == names[0]
    changed = client.post(f"/api/contacts/{names[0]}/values", json={"values": {"city": "Dallas"}})
    assert changed.status_code == 200, changed.text
    apart = client.post(f"/api/unmerges/{merged['event']}", json={"reason": "two brothers"})
    assert apart.status_code == 200, apart.text
    assert client.get(f"/api/contacts/{names[1]}").json()["id"] == names[1]
    assert verify(store) == []


def test_an_answer_says_what_happened(program):
    client, _ = program("stella")
    for method, path, body, status in ANSWERS:
        answer = client.request(method, path, json=body)
        assert answer.status_code == status, (path, answer.text)
        assert answer.headers["content-type"].startswith("application/json")


def test_a_token_that_was_ended_opens_nothing(program, store):
    client, (user, number) = program("vera")
    assert client.get("/api/waiting").status_code == 200
    assert client.post("/api/merges", json={"contacts": ["c1", "c2"]}).status_code == 403
    assert end_token(store, user, number)
    assert client.get("/api/waiting").status_code == 401


def test_notes_consent_leads_and_opportunities_are_kept(program, store):
    client, _ = program("stella")
    told = client.get("/api/contacts/c1").json()
    lead = told["leads"][0]["id"]
    consent = {"purpose": "email", "status": "withdrawn", "versions": {"c1": told["row_version"]}}
    for path, body in (
        ("/api/contacts/c1/consent", consent),
        ("/api/contacts/c1/notes", {"text": "wants a quote", "kind": "call"}),
        (f"/api/leads/{lead}/status", {"to": "qualified"}),
        (f"/api/leads/{lead}/opportunity", {"name": "20 chairs", "amount": "990.50"}),
        ("/api/opportunities/o1/stage", {"to": "proposal", "reason": "sent today"}),
    ):
        answer = client.post(path, json=body)
        assert answer.status_code == 200, (path, answer.text)
    told = client.get("/api/contacts/c1").json()
    assert told["leads"][0]["status"] == "converted"
    assert told["opportunities"][0]["stage"] == "proposal"
    assert told["consents"][0]["status"] == "withdrawn"
    assert client.post("/api/contacts/c1/consent", json=consent).status_code == 409
    assert client.get(f"/api/accounts/{told['account']['id']}").json()["opportunities"]
    assert verify(store) == []


def test_quarantined_rows_are_listed_repaired_and_given_up(program, store):
    client, _ = program("stella")
    (row,) = client.get("/api/quarantine").json()
    assert any(each["errors"] for each in row["cells"])
    cells = {"First Name": "Timo", "Last Name": "Vogel", "Email": "timo@nordwind.example"}
    cells |= {"Phone": "+493023125740"}
    told = client.post(f"/api/quarantine/{row['id']}/repair", json={"cells": cells}).json()
    assert told["resubmitted"] == 1
    assert client.get("/api/quarantine").json() == []
    gone = client.post(f"/api/quarantine/{row['id']}/discard", json={"reason": "a test"})
    assert gone.status_code == 404
    assert verify(store) == []


def test_a_file_is_handed_in_tried_out_and_imported(program, store):
    client, _ = program("stella")
    rows = b"First Name,Last Name,Email\nKarl,Krause,karl@krause.example\n"
    made = client.post("/api/uploads", files={"file": ("more.csv", rows)}).json()
    path = f"/api/uploads/{made['upload']}"
    assert client.get(path).json()["status"] == "new"
    assert client.post(f"{path}/preview", json={}).json()["created"] == 1
    assert len(store.batches()) == 1
    assert client.post(f"{path}/run", json={"source": "fair"}).json()["status"] == "running"
    deadline = time.monotonic() + 120
    while (state := client.get(path).json())["status"] == "running":
        assert time.monotonic() < deadline
        time.sleep(0.2)
    assert (state["status"], state["outcome"]["created"]) == ("done", 1)
    picture = client.post("/api/uploads", files={"file": ("x.xlsx", b"\x89PNG\r\n")}).json()
    refused = client.post(f"/api/uploads/{picture['upload']}/run", json={})
    assert refused.status_code == 422
    assert "/uploads/" not in refused.text
    assert client.get("/api/uploads/none").status_code == 404


def test_a_person_is_erased_by_an_admin_alone(program):
    steward, _ = program("stella")
    admin, _ = program("ada")
    assert steward.post("/api/erasures/c1").status_code == 403
    assert admin.get("/api/erasures/c1").json()["rows"]["source_record"] == 2
    assert admin.post("/api/erasures/c1").json()["event"]
    assert admin.get("/api/contacts/c1").json()["state"] == "erased"
