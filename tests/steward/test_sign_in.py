"""Signing in, in a browser and past it."""

import httpx
import pytest

from crm.audit import list_audit
from crm.desk_access import change_user, find_user


def test_a_person_signs_in_sees_home_and_signs_out(page, enter, keep_picture):
    page.goto("/")
    keep_picture("sign-in")
    assert page.url.endswith("/sign-in")
    enter("Stella")
    keep_picture("home")
    assert page.get_by_role("heading", name="Imports").is_visible()
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/sign-in?out=1")
    page.goto("/")
    assert page.url.endswith("/sign-in")


@pytest.mark.parametrize(
    ("name", "password"), [("stella", "wrong"), ("nobody", "correct horse battery")]
)
def test_a_wrong_name_and_a_wrong_password_are_answered_alike(served, name, password):
    answer = httpx.post(
        served.url + "/sign-in",
        data={"name": name, "password": password},
        headers={"origin": served.url},
    )
    assert answer.status_code == 401
    assert "do not belong together" in answer.text


def test_a_form_from_elsewhere_signs_nobody_in(served):
    answer = httpx.post(
        served.url + "/sign-in",
        data={"name": "stella", "password": "correct horse battery"},
        headers={"origin": "https://elsewhere.example"},
    )
    assert answer.status_code == 403


def test_a_change_ends_the_sessions_of_a_person(served, sign_in):
    client = sign_in("vera")
    assert client.get("/").status_code == 200
    user, _ = find_user(served.store, "vera")
    change_user(served.store, user.id, role="steward")
    assert client.get("/").status_code == 303


def test_of_a_thousand_guesses_at_most_twenty_are_looked_at(served, monkeypatch):
    looked = []
    monkeypatch.setattr("steward.pages.sign_in.is_password", lambda *_: looked.append(1) or False)
    with httpx.Client(base_url=served.url, headers={"origin": served.url}) as client:
        answers = [
            client.post("/sign-in", data={"name": "ada", "password": f"guess {n}"}).status_code
            for n in range(1000)
        ]
    assert len(looked) <= 20
    assert answers[-1] == 429


def test_what_a_person_did_is_noted(served, sign_in):
    sign_in("ada").post("/sign-out", headers={"x-form-token": "wrong"})
    noted = list_audit(served.store).items
    assert [(each.name, each.act) for each in noted] == [("ada", "sign in")]


def test_every_answer_forbids_what_is_not_ours(served):
    for path in ("/sign-in", "/static/desk.css", "/nowhere"):
        headers = httpx.get(served.url + path).headers
        assert headers["content-security-policy"].startswith(
            "default-src 'none'; script-src 'self'"
        )
        assert headers["x-content-type-options"] == "nosniff"
