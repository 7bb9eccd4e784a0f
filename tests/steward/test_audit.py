"""Who saw and did what is noted by itself, and told to admins alone."""

import json

import pytest
from typer.testing import CliRunner

from crm.acts import Who
from crm.audit import Wanted, list_acts, list_audit, note_action
from crm.desk_access import find_user
from crm.merging import merge
from leadgate.cli import app


@pytest.fixture
def noted(store):
    """A store in which two people looked at three contacts."""
    for name, subject in (("vera", "c1"), ("vera", "c2"), ("stella", "c1"), ("stella", "c3")):
        user, _ = find_user(store, name)
        note_action(store, user.id, "see contact", subject)
    note_action(store, user.id, "sign out")
    return store


@pytest.mark.parametrize(
    ("wanted", "subjects"),
    [
        (Wanted(), [None, "c3", "c1", "c2", "c1"]),
        (Wanted(by="VERA"), ["c2", "c1"]),
        (Wanted(of="c1"), ["c1", "c1"]),
        (Wanted(of="c1", by="stella"), ["c1"]),
        (Wanted(act="sign out"), [None]),
        (Wanted(before=3), ["c2", "c1"]),
        (Wanted(of="c9"), []),
        (Wanted(of="Anna Müller"), []),
    ],
)
def test_entries_are_found_by_person_id_and_act(noted, wanted, subjects):
    assert [each.subject for each in list_audit(noted, wanted).items] == subjects


def test_pages_follow_each_other_without_a_gap(noted):
    first = list_audit(noted, limit=2)
    rest = list_audit(noted, Wanted(before=first.more), limit=3)
    assert [each.number for each in (*first.items, *rest.items)] == [5, 4, 3, 2, 1]
    assert rest.more is None
    assert list_acts(noted) == ["see contact", "sign out"]


def test_what_was_seen_of_a_contact_is_found_under_the_one_it_was_merged_into(noted):
    merge(noted, ["c3", "c2"], Who("ada"))
    assert [each.subject for each in list_audit(noted, Wanted(of="c2")).items] == ["c3", "c2"]


def test_a_change_is_noted_under_the_name_of_its_route(sign_in, store, token_of):
    client = sign_in("stella")
    client.post("/review/m1/judgement", data={"verdict": "different"}, headers=token_of(client))
    client.post("/contacts/c1/notes", data={"text": "Called."}, headers=token_of(client))
    noted = [(each.act, each.subject) for each in list_audit(store, Wanted(by="stella")).items]
    next_seen = ("see possible match", "m2")
    assert noted == [("write note", "c1"), ("judge item", "m1"), next_seen, ("sign in", None)]


@pytest.mark.parametrize(
    ("path", "form", "answer"),
    [
        ("/contacts/c1/values", {"field": "email", "text": "no address", "version": "1"}, 422),
        ("/contacts/c999/notes", {"text": "Called."}, 404),
        ("/contacts/search", {"text": "Anna"}, 200),
        ("/quarantine/discard", {"code": "email.invalid", "before": "not there"}, 200),
        ("/quarantine/reopen", {"code": "email.invalid", "before": "not there"}, 200),
        ("/quarantine/all", {"code": "email.invalid", "before": "not there"}, 200),
    ],
)
def test_what_was_refused_or_changed_nothing_is_not_noted(sign_in, token_of, path, form, answer):
    client = sign_in("stella")
    assert client.post(path, data=form, headers=token_of(client)).status_code == answer
    told = sign_in("ada").get("/audit?by=stella").text
    assert told.count("<tr>") == 2  # the head, and one line
    assert "<td>sign in</td>" in told


def test_a_judgement_that_came_too_late_is_not_noted(sign_in, token_of, store):
    client = sign_in("stella")
    form = {"verdict": "same", "versions": "c4=99"}
    client.post("/review/m1/judgement", data=form, headers=token_of(client))
    noted = [each.act for each in list_audit(store, Wanted(by="stella")).items]
    assert noted == ["see possible match", "sign in"]


@pytest.mark.usefixtures("noted")
def test_an_admin_narrows_the_audit_down(page, enter, keep_picture):
    enter("ada")
    page.goto("/contacts/c1")
    page.get_by_role("link", name="Who saw this").click()
    lines = page.locator("tbody tr")
    assert lines.count() == 3
    page.get_by_label("Who").select_option("vera")
    page.get_by_role("button", name="Show").click()
    keep_picture("audit")
    assert lines.all_inner_texts()[0].split("\t")[1:] == ["vera", "see contact", "c1"]
    assert lines.count() == 1


@pytest.mark.usefixtures("noted")
def test_a_program_of_an_admin_reads_it_and_that_of_a_steward_does_not(program):
    client, _ = program("ada")
    told = client.get("/api/audit", params={"of": "c1", "limit": 1}).json()
    assert [each["name"] for each in told["items"]] == ["stella"]
    assert told["more"] == 3
    steward, _ = program("stella")
    assert steward.get("/api/audit").status_code == 403


def test_the_command_line_tells_the_same(noted):
    url = noted.engine.url.render_as_string(hide_password=False)
    asked = ["user", "audit", "--of", "c1", "--store", url]
    done = CliRunner().invoke(app, [*asked, "--json"])
    assert [json.loads(line)["name"] for line in done.stdout.splitlines()] == ["stella", "vera"]
    done = CliRunner().invoke(app, [*asked, "--by", "nobody"])
    assert (done.exit_code, done.stdout) == (0, "")
