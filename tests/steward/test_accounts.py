"""An account's page tells what its records say of the company, and who works there."""

import pytest

from crm.account_list import list_accounts
from crm.acts import Who
from crm.erasure import erase
from crm.merging import merge
from crm.trace import trace
from crm.undoing import undo

NOT_CONTACTS = ("b1", "r1", "q1", "a1", "e1", "c99", "x", "c0")


def test_an_account_is_found_and_told_with_where_each_value_is_from(page, enter, keep_picture):
    enter("vera")
    page.get_by_role("link", name="Accounts", exact=True).click()
    page.get_by_label("Name, domain or id").fill("nordw")
    page.get_by_role("button", name="Search").click()
    assert "nordw" not in page.url
    keep_picture("accounts")
    page.locator("tbody a").click()
    row = page.locator(".golden tr", has_text="City")
    row.get_by_text("Where from").click()
    assert row.get_by_text("fair · leads.csv").is_visible()
    keep_picture("account")
    page.get_by_role("region", name="Contacts").get_by_role("link", name="c1").click()
    page.wait_for_url("**/contacts/c1")


def test_an_account_tells_its_people_their_leads_and_what_was_merged(store):
    assert sum(each.contacts for each in list_accounts(store).items) <= 7
    contact = "c1"
    account = trace(store, contact)["account"]["id"]
    before = trace(store, account)
    assert [each["contact"] for each in before["leads"]] == [contact]
    assert before["events"] == []
    done = merge(store, [contact, "c3"], Who("ann"))
    after = trace(store, account)
    assert [each["id"] for each in after["events"]] == [done.event]


@pytest.mark.parametrize(
    ("words", "found"),
    [("nordwind", 1), ("NORD", 1), ("stone works", 1), ("a2", 1), ("a99", 0), ("%", 0), ("c1", 0)],
)
def test_accounts_are_found_by_words_and_ids(store, words, found):
    assert len(list_accounts(store, words).items) == found


def test_what_is_no_contact_any_more_says_what_became_of_it(page, enter, keep_picture, store):
    enter("stella")
    erase(store, "c1", Who("ann"))
    assert page.goto("/contacts/c1").status == 410
    assert page.get_by_text("This person was erased").is_visible()
    keep_picture("gone-erased")
    merge(store, ["c2", "c3"], Who("ann"))
    page.goto("/contacts/c3")
    assert page.get_by_text("c3 was merged into this contact").is_visible()
    undo(store, "b1", Who("ann"))
    assert page.goto("/contacts/c4").status == 410
    assert page.get_by_role("link", name="take it back").is_visible()
    page.goto("/accounts/a2")
    assert page.get_by_text("No contact of this account is left").is_visible()


def test_an_id_of_something_else_is_answered_with_the_way_back(sign_in):
    client = sign_in("vera")
    for thing in NOT_CONTACTS:
        answer = client.get(f"/contacts/{thing}")
        assert answer.status_code == 404, thing
        assert 'href="/contacts"' in answer.text
    assert client.get("/accounts/c1").status_code == 404
