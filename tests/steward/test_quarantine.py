"""Bad rows are repaired in bulk, whatever their column is called."""

import pytest

from crm.quarantine_kinds import count_kinds, count_values, find_waiting
from crm.verify import verify
from flows.import_leads import import_leads
from flows.job import ImportJob

BAD = {
    "Email": "First Name,Last Name,Email\nZoe,Quast,zoe@\nUwe,Quast,zoe@\nIda,Quast,ida@\n",
    "E-Mail": "Vorname,Nachname,E-Mail\nIvo,Quast,zoe@\n",
}


@pytest.fixture
def waiting(store, tmp_path):
    """The store with four more bad rows, from sources that call the column differently."""
    for number, text in enumerate(BAD.values()):
        path = tmp_path / f"bad{number}.csv"
        path.write_text(text, encoding="utf-8")
        url = f"sqlite:///{tmp_path}/store.db"
        import_leads(ImportJob(f"source {number}", path, store=url, reports=tmp_path / "reports"))
    return store


def test_what_waits_is_counted_by_kind_and_by_value(waiting):
    kinds = dict(count_kinds(waiting).to_numpy().tolist())
    assert kinds["email.invalid"] == 5
    values = count_values(waiting, "email.invalid", 20)[["before", "rows"]].to_numpy().tolist()
    assert values[0] == ["zoe@", 3]
    assert len(find_waiting(waiting, "email.invalid", "zoe@")) == 3
    assert len(find_waiting(waiting)) == 5
    assert find_waiting(waiting, limit=2, offset=4) == [5]
    assert find_waiting(waiting, "email.invalid", "nobody") == []


def test_one_correction_is_applied_to_all_rows_with_the_mistake(page, enter, keep_picture, waiting):
    enter("stella")
    page.goto("/quarantine")
    page.get_by_role("link", name="Not an e-mail address").click()
    one = page.locator(".corrections form", has_text="zoe@")
    one.get_by_role("textbox").fill("zoe@quast.example")
    keep_picture("quarantine-all")
    one.get_by_role("button", name="Apply to all 3").click()
    page.wait_for_selector("text=3 rows taken")
    assert len(find_waiting(waiting, "email.invalid")) == 2
    assert verify(waiting) == []
