"""Possible matches are decided with one key each, and a decision can be taken back."""

import io

import openpyxl
import pytest

from crm.acts import Who
from crm.errors import RefusedError
from crm.merging import merge
from crm.review import ReviewFilter, list_review
from crm.trace import trace
from crm.undoing import undo
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


def test_of_two_stewards_on_one_pair_the_second_is_told_who_was_first(sign_in, store, token_of):
    item = list_review(store, ReviewFilter()).items[0]
    versions = (
        f"{item.left.contact}={item.left.row_version} {item.right.contact}={item.right.row_version}"
    )
    answers = []
    for name, verdict in (("stella", "different"), ("ada", "same")):
        client = sign_in(name)
        form = {"verdict": verdict, "versions": versions}
        path = f"/review/{item.id}/judgement"
        answers.append(client.post(path, data=form, headers=token_of(client)).text)
    assert f"{item.id}: not the same." in answers[0]
    assert f"stella was first: {item.id} is not the same." in answers[1]
    assert verify(store) == []


def test_an_item_is_taken_given_and_released_with_the_second_told(sign_in, store, token_of):
    item = list_review(store, ReviewFilter()).items[0].id
    stella, ada = sign_in("stella"), sign_in("ada")
    mine, hers = token_of(stella), token_of(ada)
    path = f"/review/{item}/assignment"
    assert "You look at this" in stella.post(path, data={"to": "stella"}, headers=mine).text
    assert "looked at by stella" in ada.post(path, data={"to": "ada"}, headers=hers).text
    assert f"/review/{item}/judgement" in stella.get("/review?owner=me").text
    assert f"/review/{item}/judgement" not in ada.get("/review?owner=mine").text
    assert f"/review/{item}/judgement" not in ada.get("/review?owner=nobody").text
    ada.post(path, data={"to": "", "seen": "stella"}, headers=hers)
    assert f"/review/{item}/judgement" in ada.get("/review?owner=nobody").text
    nobody = stella.post(path, data={"to": "vera"}, headers=mine)
    assert nobody.status_code == 404, "a viewer decides nothing"


def test_the_queue_is_shared_out(page, enter, keep_picture, store):
    enter("stella")
    page.goto("/review")
    page.get_by_text("Share out").first.click()
    page.get_by_label("The first").fill("1")
    page.get_by_label("go to").select_option("ada")
    keep_picture("review-share")
    page.get_by_role("button", name="Share out").click()
    page.wait_for_selector("text=ada looks at 1 more.")
    assert [item.owner for item in list_review(store).items].count("ada") == 1


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("source=fair", 2), ("source=webinar", 0), ("field=family_name&how=agrees", 2),
        ("field=family_name&how=differs", 0), ("field=company&how=agrees", 1),
        ("lightest=-99,5", 2), ("lightest=99", 0), ("heaviest=-99", 0), ("lightest=nothing", 2),
    ],
)  # fmt: skip
def test_the_queue_is_filtered(sign_in, query, count):
    shown = sign_in("vera").get(f"/review?{query}").text
    assert ("Nothing to review" in shown) == (count == 0)
    assert (f'<data value="{count}">' in shown) == (count > 0)


def test_the_queue_is_filtered_by_weight(sign_in, store):
    lighter, heavier = sorted(item.weight for item in list_review(store).items)
    between = (lighter + heavier) / 2
    for query in (f"lightest={between}", f"heaviest={between}"):
        assert '<data value="1">' in sign_in("vera").get(f"/review?{query}").text


def test_judgements_made_in_a_workbook_are_applied(sign_in, store, token_of, tmp_path):
    client = sign_in("stella")
    book = openpyxl.load_workbook(io.BytesIO(client.get("/review/workbook?source=fair").content))
    sheet = book["review"]
    column = [cell.value for cell in sheet[1]].index("verdict") + 1
    sheet.cell(2, column, "Household")
    sheet.cell(4, column, "perhaps")
    book.save(tmp_path / "judged.xlsx")
    files = {"file": ("judged.xlsx", (tmp_path / "judged.xlsx").read_bytes())}
    told = client.post("/review/workbook", files=files, headers=token_of(client)).text
    assert "1 judged." in told
    assert "no such verdict" in told
    assert list_review(store).total == 1
    wrong = {"file": ("x.csv", b"a,b\n1,2\n")}
    told = client.post("/review/workbook", files=wrong, headers=token_of(client)).text
    assert "no columns match and verdict" in told


def test_a_judged_item_tells_who_decided_at_its_own_address(sign_in, store, token_of):
    item = list_review(store, ReviewFilter()).items[0]
    client = sign_in("stella")
    form = {"verdict": "household", "versions": ""}
    client.post(f"/review/{item.id}/judgement", data=form, headers=token_of(client))
    shown = client.get(f"/review/{item.id}").text
    assert "stella decided" in shown
    assert "two people of one household" in shown
    assert 'value="same"' not in shown


def test_contacts_are_merged_field_by_field_after_a_look_at_the_outcome(
    page, enter, keep_picture, store
):
    enter("stella")
    page.goto("/compare?contacts=c1,c2,c4")
    outcome = page.locator("#golden")
    assert "you chose this" not in outcome.inner_text()
    page.get_by_label("Stone", exact=True).check()
    outcome.get_by_text("you chose this").wait_for()
    keep_picture("compare")
    page.get_by_role("button", name="Merge").click()
    page.wait_for_url("**/contacts/c1")
    keep_picture("contact-merged")
    names = {each["field"]: each["value"] for each in trace(store, "c1")["fields"]}
    assert names["family_name"] == "Stone"
    assert trace(store, "c4")["id"] == "c1"
    assert verify(store) == []


@pytest.mark.parametrize(("verdict", "words"), [("n", "different"), ("h", "household")])
def test_contacts_that_nobody_asked_about_are_kept_apart(page, enter, store, verdict, words):
    enter("stella")
    page.goto("/compare?contacts=c4,c5,c6")
    page.keyboard.press(verdict)
    page.wait_for_url("**/contacts/c4")
    assert {each["verdict"] for each in trace(store, "c4")["judgements"]} == {words}
    assert not any(item.left.contact == "c4" for item in list_review(store).items)
    with pytest.raises(RefusedError):
        merge(store, ["c5", "c6"], Who("ada"))
    assert verify(store) == []


def test_ticked_records_are_split_off_by_the_event_of_the_command_line(
    page, enter, keep_picture, store
):
    merge(store, ["c4", "c5", "c6"], Who("ada"))
    records = [each["id"] for each in trace(store, "c4")["records"]]
    enter("stella")
    page.goto("/contacts/c4")
    for record in records[1:]:
        page.get_by_label(f"{record} is another person").check()
    page.get_by_role("button", name="Unmerge the ticked ones").click()
    page.wait_for_selector("text=2 contacts stand where one stood")
    keep_picture("split")
    page.get_by_role("button", name="Unmerge").click()
    page.wait_for_url("**/contacts/c4")
    story = trace(store, "c4")
    assert [each["id"] for each in story["records"]] == records[:1]
    event = story["events"][-1]
    assert (event["kind"], event["actor"]) == ("unmerge", "stella")
    assert verify(store) == []
    undo(store, event["id"], Who("ada"))
    assert [each["id"] for each in trace(store, "c4")["records"]] == records
    assert verify(store) == []


def test_records_are_dragged_to_another_person_and_back(page, enter, keep_picture, store):
    merge(store, ["c4", "c5", "c6"], Who("ada"))
    _, second, third = [each["id"] for each in trace(store, "c4")["records"]]
    enter("stella")
    page.goto("/contacts/c4")
    others, table = page.locator("[data-others]"), page.locator("[data-split] tbody")
    for record in (second, third):
        page.locator(f"tr[data-record={record}]").drag_to(others)
    keep_picture("split-dragged")
    assert page.get_by_label(f"{third} is another person").is_checked()
    others.get_by_role("button", name=second).drag_to(table)
    assert others.get_by_role("button").count() == 1
    page.get_by_label(f"{second} is another person").press("Space")  # what a key does is the same
    others.get_by_role("button", name=second).press("Enter")
    assert not page.get_by_label(f"{second} is another person").is_checked()
    page.get_by_role("button", name="Unmerge the ticked ones").click()
    page.wait_for_url(f"**/unmerge/{third}")
    page.get_by_role("button", name="Unmerge").click()
    page.wait_for_url("**/contacts/c4")
    assert third not in [each["id"] for each in trace(store, "c4")["records"]]
    assert verify(store) == []


def test_one_of_many_is_left_out_of_what_is_compared(page, enter):
    enter("stella")
    page.goto("/compare?contacts=c4,c5,c6")
    page.get_by_role("link", name="leave c5 out").click()
    page.wait_for_selector("text=Compare 2 contacts")
    assert page.locator(".leave").count() == 0
