"""Possible matches are decided with one key each, and a decision can be taken back."""

import pytest

from crm.review import ReviewFilter, list_review
from crm.verify import verify


@pytest.fixture
def opened(store):
    """How many possible matches are open."""
    return lambda: list_review(store, ReviewFilter()).total


def test_one_key_decides_and_one_key_takes_it_back(page, enter, keep_picture, store, opened):
    before = opened()
    assert before >= 2, "the leads of the tests hold at least two possible matches"
    enter("stella")
    page.get_by_role("link", name="Review", exact=True).click()
    page.wait_for_selector("text=Why it may be one person")
    keep_picture("review")
    page.keyboard.press("s")
    page.wait_for_selector("text=the same.")
    assert opened() < before
    page.keyboard.press("u")
    page.wait_for_selector("text=Taken back.")
    assert opened() == before
    page.keyboard.press("n")
    page.wait_for_selector("text=not the same.")
    keep_picture("review-decided")
    assert opened() < before
    assert verify(store) == []


def test_a_skipped_pair_stays_open(page, enter, opened):
    before = opened()
    enter("stella")
    page.goto("/review")
    first = page.locator("#title").inner_text()
    page.keyboard.press("k")
    page.wait_for_function(
        "first => document.querySelector('#title').innerText !== first", arg=first
    )
    assert opened() == before


def test_a_key_typed_into_a_field_decides_nothing(page, enter, opened):
    before = opened()
    enter("stella")
    page.goto("/review")
    page.get_by_label("Source").press_sequentially("snh")
    assert page.locator("#title").is_visible()
    assert opened() == before


def test_a_viewer_sees_and_decides_nothing(page, enter, opened):
    before = opened()
    enter("vera")
    page.goto("/review")
    assert page.get_by_role("button", name="Same person").count() == 0
    page.keyboard.press("s")
    assert opened() == before


def test_of_two_stewards_on_one_pair_the_second_is_told(sign_in, store):
    item = list_review(store, ReviewFilter()).items[0]
    versions = (
        f"{item.left.contact}={item.left.row_version} {item.right.contact}={item.right.row_version}"
    )
    answers = []
    for name, verdict in (("stella", "different"), ("ada", "same")):
        client = sign_in(name)
        answers.append(
            client.post(
                f"/review/{item.id}/judgement",
                data={"verdict": verdict, "versions": versions},
                headers={"x-form-token": form_token_of(client)},
            ).text
        )
    assert "not the same." in answers[0]
    assert "left as it is" in answers[1] or "changed by somebody else" in answers[1]
    assert verify(store) == []


def test_contacts_are_merged_field_by_field_and_taken_apart_again(page, enter, keep_picture, store):
    item = list_review(store, ReviewFilter()).items[0]
    enter("stella")
    page.goto(f"/compare?contacts={item.left.contact},{item.right.contact}")
    keep_picture("compare")
    chooser = page.locator("select").first
    chooser.select_option(index=1)
    chosen = chooser.input_value()
    page.get_by_role("button", name="Merge").click()
    page.wait_for_url("**/contacts/*")
    keep_picture("contact-merged")
    assert chosen in page.locator(".golden td > bdi").all_inner_texts()
    assert verify(store) == []


def form_token_of(client):
    from steward.access.tokens import form_token  # noqa: PLC0415 - only here

    return form_token(client.cookies["leadgate"])
