"""Tokens are made by people for programs, shown once, and ended at any time."""

import httpx
from typer.testing import CliRunner

from leadgate.cli import app


def test_a_person_makes_a_token_and_ends_it(page, enter, keep_picture, served):
    enter("vera")
    page.get_by_role("link", name="vera").click()
    page.get_by_label("What uses it").fill("the weekly report")
    page.get_by_role("button", name="Make a token").click()
    token = page.locator("code.secret").inner_text()
    keep_picture("tokens")
    headers = {"authorization": f"Bearer {token}"}
    assert httpx.get(served.url + "/api/waiting", headers=headers).status_code == 200
    page.goto("/tokens")
    assert token not in page.content()
    page.get_by_role("button", name="End").click()
    page.wait_for_load_state()
    assert httpx.get(served.url + "/api/waiting", headers=headers).status_code == 401


def test_a_token_neither_makes_tokens_nor_ends_those_of_others(program):
    client, (_, number) = program("vera")
    other, _ = program("ada")
    assert client.post("/tokens", data={"purpose": "more"}).status_code == 403
    assert other.post(f"/api/tokens/{number}/end").status_code == 404
    assert [each["name"] for each in client.get("/api/tokens").json()] == ["a test"]
    assert client.post(f"/api/tokens/{number}/end").json()[0]["ended_at"]
    assert client.get("/api/tokens").status_code == 401


def test_the_command_line_lists_tokens_and_ends_them(program, tmp_path):
    client, (_, number) = program("vera")
    store = ["--store", f"sqlite:///{tmp_path}/store.db"]
    run = CliRunner().invoke
    listed = run(app, ["user", "tokens", "vera", *store])
    assert listed.stdout.startswith(f"{number}\ta test\t")
    ended = run(app, ["user", "tokens", "vera", "--end", str(number), *store])
    assert "ended" in ended.stdout
    assert client.get("/api/tokens").status_code == 401
    again = run(app, ["user", "tokens", "vera", "--end", str(number), *store])
    assert again.exit_code != 0
