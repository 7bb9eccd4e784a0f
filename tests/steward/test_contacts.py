"""A contact's page tells where each value is from, and lets a steward put it right."""

import pytest

from crm.audit import Wanted, list_audit
from crm.contact_list import list_contacts
from crm.trace import trace
from crm.verify import verify


def test_a_steward_pins_a_value_and_lets_the_sources_decide_again(page, enter, keep_picture, store):
    enter("stella")
    page.get_by_role("link", name="Contacts", exact=True).click()
    page.get_by_label("Name, e-mail").fill("müller")
    page.get_by_role("button", name="Search").click()
    assert "müller" not in page.url
    keep_picture("contacts")
    page.get_by_role("link", name="c1", exact=True).click()
    keep_picture("contact")
    row = page.locator(".golden tr", has_text="City")
    row.get_by_text("Where from").click()
    row.get_by_label("New value").fill("Potsdam")
    row.get_by_role("button", name="Pin it").click()
    page.wait_for_selector("text=pinned")
    assert _city(store) == "Potsdam"
    row.get_by_text("Where from").click()
    row.get_by_role("button", name="Let the sources decide again").click()
    page.wait_for_selector(".badge:has-text('pinned')", state="detached")
    assert _city(store) == "Berlin"
    assert verify(store) == []


def test_a_record_is_taken_out_after_a_look_at_what_that_changes(page, enter, keep_picture, store):
    enter("stella")
    page.goto("/contacts/c1")
    page.get_by_role("link", name="Unmerge…").last.click()
    page.wait_for_selector("text=2 contacts stand where one stood")
    keep_picture("unmerge")
    page.get_by_role("button", name="Unmerge").click()
    page.wait_for_url("**/contacts/c1")
    assert len(trace(store, "c1")["records"]) == 1
    assert verify(store) == []


def test_an_import_is_taken_back_item_by_item(page, enter, keep_picture, store):
    enter("stella")
    page.goto("/undo/b1")
    keep_picture("undo")
    page.get_by_role("button", name="Undo").click()
    page.wait_for_selector("text=was undone")
    assert not list_contacts(store).items
    assert verify(store) == []


def test_a_value_that_does_not_fit_is_refused_with_its_reason(sign_in, token_of):
    client = sign_in("stella")
    answer = client.post(
        "/contacts/c1/values",
        data={"field": "email", "text": "not an address", "version": "1"},
        headers=token_of(client),
    )
    assert answer.status_code == 422
    assert "not an e-mail address" in answer.text


def test_a_page_that_is_older_than_the_contact_changes_nothing(sign_in, store, token_of):
    client = sign_in("stella")
    version = trace(store, "c1")["row_version"]
    form = {"field": "city", "version": str(version), "text": "Potsdam"}
    token = token_of(client)
    assert client.post("/contacts/c1/values", data=form, headers=token).status_code == 303
    late = client.post("/contacts/c1/values", data=form | {"text": "Kiel"}, headers=token)
    assert late.status_code == 409
    assert _city(store) == "Potsdam"


def test_who_looked_at_a_contact_is_noted_by_its_id_alone(sign_in, store):
    sign_in("vera").get("/contacts/c1")
    found = list_audit(store, Wanted(of="c1")).items
    assert [(each.name, each.act) for each in found] == [("vera", "see contact")]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("Baker", 2), ("elm bak", 1), ("anna.mueller@nordwind.example", 1), ("2312 5733", 1),
        ("c2", 1), ("nobody", 0), ("%", 0), ("_nna", 0), ("", 7),
    ],
)  # fmt: skip
def test_contacts_are_found_by_words_numbers_and_ids(store, words, found):
    assert len(list_contacts(store, words).items) == found


def _city(store):
    return next(each["value"] for each in trace(store, "c1")["fields"] if each["field"] == "city")


def test_an_admin_erases_a_person_and_nothing_of_them_is_left(sign_in, store, tmp_path, token_of):
    client = sign_in("ada")
    assert "Erase for good" in client.get("/contacts/c1/erase").text
    token = token_of(client)
    assert client.post("/contacts/c1/erase", headers=token).status_code == 200
    store.close()
    held = b"".join(path.read_bytes() for path in tmp_path.iterdir() if path.is_file())
    assert b"nordwind.example" not in held
