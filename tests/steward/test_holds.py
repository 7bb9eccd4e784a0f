"""Files on hold at the desk: shown with their reasons, released, discarded."""

import re
import time

import pytest

from crm.holds import read_hold
from flows.import_leads import import_leads
from flows.job import ImportJob
from leadgate.settings.holding import Holding

ROWS = [f"Given{n},Family{n},given{n}@family{n}.example" for n in range(20)]
BROKEN = [f"Given{n},Family{n},broken@" for n in range(20)]


@pytest.fixture
def on_hold(store, tmp_path):
    file = tmp_path / "web.csv"
    file.write_text("\n".join(["First Name,Last Name,Email", *ROWS, *BROKEN]), encoding="utf-8")
    url = store.engine.url.render_as_string()
    holding = Holding(folder=tmp_path / "held", rejected_percent=20)
    return import_leads(ImportJob("web", file, store=url, reports=None, holding=holding)).on_hold


def decide(client, hold, verdict):
    token = re.search(r'form_token" value="([^"]+)"', client.get("/holds").text)[1]
    form = {"form_token": token, "verdict": verdict, "reason": "because"}
    return client.post(f"/holds/{hold}", data=form)


def test_a_released_file_is_imported_beside_the_desk(served, sign_in, on_hold):
    client = sign_in("stella")
    assert "20 of 40 rows have errors (50%)." in client.get("/holds").text
    assert "on hold" in client.get("/imports").text
    assert decide(client, on_hold, "release").status_code == 303
    deadline = time.monotonic() + 120
    while read_hold(served.store, on_hold).status != "loaded":
        assert time.monotonic() < deadline
        time.sleep(0.2)
    hold = read_hold(served.store, on_hold)
    assert (hold.actor, hold.reason, hold.batch) == ("stella", "because", "b2")
    assert "loaded as" in client.get("/holds").text


def test_a_discarded_file_is_decided_for_good(served, sign_in, on_hold, tmp_path):
    client = sign_in("stella")
    assert decide(client, on_hold, "discard").status_code == 303
    assert not list((tmp_path / "held").iterdir())
    assert decide(client, on_hold, "release").status_code == 409
    assert read_hold(served.store, on_hold).status == "discarded"


def test_a_viewer_sees_what_waits_and_decides_nothing(sign_in, on_hold):
    shown = sign_in("vera").get("/holds").text
    assert on_hold in shown
    assert "Import it" not in shown


def test_a_program_lists_what_is_on_hold_and_decides(served, program, on_hold):
    client, _ = program("stella")
    assert [each["id"] for each in client.get("/api/holds?status=waiting").json()] == [on_hold]
    told = client.get(f"/api/holds/{on_hold}").json()
    assert (told["rows_in"], told["reasons"][0]["code"]) == (40, "hold.rejected")
    path = f"/api/holds/{on_hold}/decision"
    done = client.post(path, json={"verdict": "discard", "reason": "because"}).json()
    assert (done["status"], done["actor"], done["reason"]) == ("discarded", "stella", "because")
    assert client.post(path, json={"verdict": "release"}).status_code == 409
    assert client.get("/api/holds?status=waiting").json() == []
    assert "kept" not in done  # a path of the server's is nobody's business
    assert client.post("/api/holds/h9/decision", json={"verdict": "discard"}).status_code == 404
    assert read_hold(served.store, on_hold).kept is None
