"""Bad rows are repaired in bulk, whatever their column is called."""

import pytest
from typer.testing import CliRunner

from crm.quarantine_kinds import count_kinds, count_values, find_rows
from crm.quarantine_rows import read_events
from crm.verify import verify
from flows.import_leads import import_leads
from flows.job import ImportJob
from leadgate.cli import app
from leadgate.errors import InvalidValueError
from steward.quarantine import lay_out, read_waiting

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
    assert len(find_rows(waiting, "email.invalid", "zoe@")) == 3
    assert len(find_rows(waiting)) == 5
    assert find_rows(waiting, limit=2, offset=4) == [5]
    assert find_rows(waiting, "email.invalid", "nobody") == []


def test_one_correction_is_applied_to_all_rows_with_the_mistake(page, enter, keep_picture, waiting):
    enter("stella")
    page.goto("/quarantine")
    page.get_by_role("link", name="Not an e-mail address").click()
    one = page.locator(".corrections form", has_text="zoe@")
    one.get_by_role("textbox").fill("zoe@quast.example")
    keep_picture("quarantine-all")
    one.get_by_role("button", name="Apply to all 3").click()
    page.wait_for_selector("text=3 rows taken")
    assert len(find_rows(waiting, "email.invalid")) == 2
    assert verify(waiting) == []


def test_all_rows_of_a_kind_are_given_up_at_once_and_can_wait_again(
    page, enter, keep_picture, waiting
):
    enter("stella")
    page.goto("/quarantine?code=email.invalid")
    page.get_by_text("Discard all 5 rows of this kind").click()
    page.get_by_label("Why (optional)").fill("a test form")
    page.get_by_role("button", name="Discard 5 rows").click()
    page.wait_for_selector("text=5 rows were discarded")
    assert find_rows(waiting) == []
    page.get_by_role("link", name="Discarded").click()
    page.get_by_role("link", name="Not an e-mail address").click()
    keep_picture("quarantine-discarded")
    page.get_by_role("button", name="Let all 5 rows of this kind wait again").click()
    page.wait_for_selector("text=5 rows were put back")
    assert len(find_rows(waiting)) == 5
    events = read_events(waiting, find_rows(waiting))
    assert set(events["kind"]) == {"discarded", "reopened"}
    assert set(events["reason"].dropna()) == {"a test form"}
    assert verify(waiting) == []


def test_a_program_does_the_same_to_all_rows_with_one_mistake(program, waiting):
    client, _ = program("stella")
    assert client.get("/api/quarantine/kinds").json()["email.invalid"] == 5
    mistakes = client.get("/api/quarantine/kinds/email.invalid").json()
    assert mistakes[0] == {"column": "Email", "text": "zoe@", "rows": 3}
    mistake = {"code": "email.invalid", "before": "zoe@"}
    gone = client.post("/api/quarantine/discard", json=mistake).json()["rows"]
    assert len(gone) == 3
    assert len(client.get("/api/quarantine", params={"status": "discarded"}).json()) == 3
    one = client.post(f"/api/quarantine/{gone[0]}/reopen", json={}).json()
    assert one == {"id": gone[0], "status": "waiting"}
    assert client.post("/api/quarantine/reopen", json=mistake).json()["rows"] == gone[1:]
    told = client.post("/api/quarantine/repair", json=mistake | {"after": "zoe@quast.example"})
    assert told.json()["resubmitted"] == 3
    again = client.post("/api/quarantine/repair", json=mistake | {"after": "zoe@quast.example"})
    assert again.status_code == 404
    assert verify(waiting) == []


def test_a_program_hands_a_repaired_sheet_in(program, waiting):
    client, _ = program("stella")
    frame, _ = lay_out(read_waiting(waiting, find_rows(waiting, "email.invalid", "ida@")))
    sheet = frame.replace("ida@", "ida@quast.example").to_csv(index=False)
    told = client.post("/api/quarantine/workbook", files={"file": ("repaired.csv", sheet)}).json()
    assert (told["resubmitted"], told["waiting"]) == (1, 0)
    wrong = client.post("/api/quarantine/workbook", files={"file": ("repaired.xlsx", b"\x00")})
    assert wrong.status_code == 422


def test_the_command_line_gives_up_all_rows_with_one_mistake(waiting):
    url = waiting.engine.url.render_as_string(hide_password=False)
    mistake = ["--code", "email.invalid", "--value", "zoe@", "--store", url]
    done = CliRunner().invoke(app, ["quarantine", "discard", *mistake])
    assert (done.exit_code, done.stdout) == (0, "3 rows discarded\n")
    assert len(find_rows(waiting)) == 2
    done = CliRunner().invoke(app, ["quarantine", "reopen", *mistake])
    assert (done.exit_code, done.stdout) == (0, "3 rows waiting again\n")


@pytest.mark.parametrize(
    "asked",
    [
        ["discard"],
        ["discard", "q1", "--code", "email.invalid"],
        ["reopen", "--code", "email.wrong"],
        ["reopen", "q1", "--value", "zoe@"],
    ],
)
def test_rows_are_named_by_id_or_by_mistake(waiting, asked):
    url = waiting.engine.url.render_as_string(hide_password=False)
    done = CliRunner().invoke(app, ["quarantine", *asked, "--store", url])
    assert isinstance(done.exception, InvalidValueError)
