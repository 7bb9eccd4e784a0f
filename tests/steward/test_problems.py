"""What goes wrong is answered with a page that says what happened and where to go."""

import contextlib
import select
import socket

import pytest

from crm.desk_access import end_session
from steward.access.tokens import form_token, hash_token

LIMIT = 4 * 1024 * 1024


@pytest.fixture
def altered():
    return {"max_upload": LIMIT}


def test_a_session_that_ended_leads_back_to_where_one_was(page, enter, keep_picture, store):
    enter("stella")
    page.goto("/contacts/c1")
    cookie = page.context.cookies()[0]["value"]
    end_session(store, hash_token(cookie))
    page.reload()
    assert page.get_by_text("Your session has ended").is_visible()
    keep_picture("session-ended")
    page.get_by_label("Name").fill("stella")
    page.get_by_label("Password").fill("correct horse battery")
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/contacts/c1")


def test_a_form_sent_after_the_session_ended_changes_nothing_and_says_so(sign_in, store):
    client = sign_in("stella")
    token = form_token(client.cookies["leadgate"])
    end_session(store, hash_token(client.cookies["leadgate"]))
    form = {"text": "She <called> back", "kind": "call", "form_token": token}
    answer = client.post("/contacts/c1/notes", data=form)
    assert answer.status_code == 401
    assert "nothing was changed" in answer.text
    assert 'href="/sign-in"' in answer.text
    assert "She &lt;called&gt; back</textarea>" in answer.text  # what was typed is not lost
    assert token not in answer.text
    elsewhere = client.post(
        "/contacts/c1/notes", data=form, headers={"origin": "https://x.example"}
    )
    assert "She" not in elsewhere.text


@pytest.mark.parametrize(
    "target", ["//elsewhere.example", "/\\elsewhere.example", "https://elsewhere.example", "/a b"]
)
def test_signing_in_leads_to_no_other_site(sign_in, target):
    answer = sign_in("vera").get("/sign-in", params={"next": target})
    assert answer.headers["location"] == "/"


def test_a_file_that_is_too_large_is_told_of_before_it_is_sent(page, enter, keep_picture, tmp_path):
    (tmp_path / "large.csv").write_bytes(b"a,b\n" * (LIMIT // 4 + 1))
    (tmp_path / "small.csv").write_text("First Name,Email\nAnn,ann@lee.example\n", "utf-8")
    enter("stella")
    page.goto("/imports")
    field = page.get_by_label("File")
    field.set_input_files(tmp_path / "large.csv")
    said = field.evaluate("one => one.validationMessage")
    assert said.startswith("That is larger than the 4 MB that can be taken here.")
    page.get_by_role("button", name="Look at it").click()
    assert page.url.endswith("/imports")
    keep_picture("too-large")
    field.set_input_files(tmp_path / "small.csv")
    page.get_by_role("button", name="Look at it").click()
    page.wait_for_url("**/imports/files/*")


def test_an_upload_of_any_length_is_refused_after_its_limit(served, sign_in):
    client = sign_in("stella")
    cookie = f"leadgate={client.cookies['leadgate']}"
    token = form_token(client.cookies["leadgate"])
    head = (
        f"POST /imports/files HTTP/1.1\r\nHost: {client.base_url.netloc.decode()}\r\n"
        f"Cookie: {cookie}\r\nX-Form-Token: {token}\r\nOrigin: {served.url}\r\n"
        "Sec-Fetch-Site: same-origin\r\nTransfer-Encoding: chunked\r\n"
        "Content-Type: multipart/form-data; boundary=x\r\n\r\n"
    )
    part = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\n'
    piece = b"a,b\n" * 16_384
    sent, answer = 0, b""
    with socket.create_connection((client.base_url.host, client.base_url.port)) as line:
        line.sendall(head.encode() + f"{len(part):x}\r\n".encode() + part + b"\r\n")
        while sent < 2 * 2**30 and not select.select([line], [], [], 0)[0]:
            with contextlib.suppress(OSError):  # it closes while we speak
                line.sendall(f"{len(piece):x}\r\n".encode() + piece + b"\r\n")
            sent += len(piece)
        answer = line.recv(65_536)
    assert answer.startswith(b"HTTP/1.1 413"), answer[:200]
    assert sent < 10 * LIMIT, "it was refused long before two gigabytes"
    assert not list(served.uploads.rglob("*.csv"))


def test_a_file_that_is_too_large_is_answered_with_a_page(sign_in):
    client = sign_in("stella")
    token = {"x-form-token": form_token(client.cookies["leadgate"])}
    big = {"file": ("a.csv", b"a" * (LIMIT + 1))}
    answer = client.post("/imports/files", files=big, headers=token)
    assert answer.status_code == 413
    assert "larger than the 4 MB" in answer.text
    assert 'href="/imports"' in answer.text


@pytest.mark.parametrize(
    "content", [b"\x89PNG\r\n\x1a\n", b"PK\x03\x04 no zip", b"", b"\x00" * 9], ids=repr
)
def test_a_workbook_that_is_none_is_answered_with_a_sentence(sign_in, content):
    client = sign_in("stella")
    token = {"x-form-token": form_token(client.cookies["leadgate"])}
    for path in ("/quarantine/workbook", "/imports/files"):
        answer = client.post(
            path, files={"file": ("rows.xlsx", content)}, headers=token, follow_redirects=True
        )
        assert answer.status_code in {200, 422}, (path, answer.status_code)
        assert 'class="problem' in answer.text or 'class="card problem' in answer.text, path


def test_programs_are_answered_in_json_whatever_goes_wrong(program):
    client, _ = program("vera")
    for method, path, content in (
        ("GET", "/api/nothing", b""),
        ("PUT", "/api/waiting", b""),
        ("POST", "/api/contacts/search", b"{"),
        ("POST", "/api/contacts/search", b"x" * 2_000_000),
    ):
        answer = client.request(method, path, content=content)
        assert 400 <= answer.status_code < 500
        assert set(answer.json()) == {"error"}
