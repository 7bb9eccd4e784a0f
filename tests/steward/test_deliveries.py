"""An admin sees what other programs were told, and has it sent again."""

from crm.audit import Wanted, list_audit
from crm.deliveries import Tried, claim, list_deliveries, note_try


def test_what_was_given_up_is_sent_again(page, enter, keep_picture, store):
    given_up = claim(store, "crm")
    note_try(store, given_up, Tried("500", 41), "given_up")
    note_try(store, claim(store, "crm"), Tried("204", 12), "taken")
    enter("ada")
    page.get_by_role("link", name="Webhooks").click()
    keep_picture("webhooks")
    page.get_by_label("State").select_option("given_up")
    page.get_by_role("button", name="Show").click()
    page.get_by_role("link", name=f"d{given_up.number}", exact=True).click()
    assert page.get_by_text("It was given up").is_visible()
    keep_picture("webhook")
    page.get_by_role("button", name="Send again").click()
    page.get_by_text("It waits").wait_for()
    due = [claim(store, "crm").message_id for _ in range(3)]
    assert given_up.message_id in due
    noted = list_audit(store, Wanted(of=f"d{given_up.number}")).items
    assert [each.act for each in noted] == ["send again"]


def test_programs_see_the_same_with_the_token_of_an_admin(program, store):
    client, _ = program("ada")
    (hook,) = client.get("/api/webhooks").json()
    assert hook["counts"] == {"waiting": list_deliveries(store).total}
    page = client.get("/api/webhooks/deliveries", params={"status": "waiting", "limit": 1}).json()
    (item,) = page["items"]
    assert client.get(f"/api/webhooks/deliveries/{item['id']}").json() == item
    again = client.post(f"/api/webhooks/deliveries/{item['id']}/again")
    assert again.json()["status"] == "waiting"
    assert client.get("/api/webhooks/deliveries/d999").status_code == 404
    low, _ = program("stella")
    assert low.get("/api/webhooks/deliveries").status_code == 403
