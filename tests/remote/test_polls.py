"""Rows of APIs: page by page, each once, with how far it was read."""

from __future__ import annotations

import json
from urllib.parse import parse_qs, urlsplit

import pytest

from connectors.forms.mapped import Shape
from connectors.remote.addresses import Allowed
from connectors.remote.errors import RemoteAnswerError, RemoteDeniedError, RemoteDownError
from connectors.remote.http import SIZE, Api
from connectors.remote.polls import Poll
from crm.inbox import read_cursor, waiting_letters
from crm.store import open_store
from flows.poll_source import poll_of, poll_source
from leadgate.errors import InvalidValueError
from leadgate.settings import Settings, Source


@pytest.fixture
def store(tmp_path):
    with open_store(f"sqlite:///{tmp_path}/leads.db") as opened:
        yield opened


@pytest.fixture
def api(web):
    return Api(Allowed.of([web.host], loopback=True), {"authorization": "Bearer t"}, lambda _: None)


def serve(web, answers):
    """Answer by path; an answer is a value, or a function of the query."""

    def answer(path, _headers):
        parts = urlsplit(path)
        query = {key: values[0] for key, values in parse_qs(parts.query).items()}
        found = answers[parts.path]
        return 200, {}, json.dumps(found(query) if callable(found) else found).encode()

    web.answer = answer


def values(store):
    return [letter.values for letter in waiting_letters(store, "form")]


def test_typeform_is_asked_from_the_last_submission_on(web, api, store):
    form = {"fields": [{"id": "a", "title": "Your e-mail"}]}
    responses = [
        {
            "token": f"t{n}",
            "submitted_at": f"2026-11-0{n}T10:00:00Z",
            "answers": [{"type": "email", "email": f"p{n}@x.example", "field": {"id": "a"}}],
        }
        for n in (1, 2, 3)
    ]
    shown = responses[:2]
    serve(
        web,
        {
            "/forms/f1": form,
            "/forms/f1/responses": lambda query: {
                "items": [each for each in shown if each["submitted_at"] >= query.get("since", "")]
            },
        },
    )
    what = Poll("typeform", web.url, "f1")
    assert poll_source(store, "form", what, api).stored == 2
    assert read_cursor(store, "form") == "2026-11-02T10:00:00Z"
    shown.append(responses[2])
    second = poll_source(store, "form", what, api)
    assert (second.stored, second.repeated) == (1, 1)
    assert values(store)[2] == {"Your e-mail": "p3@x.example"}
    assert web.asked[0][1]["authorization"] == "Bearer t"


def test_google_forms_moves_on_only_behind_the_last_page(web, api, store):
    def responses(query):
        assert query.get("filter") in {None, "timestamp >= 2026-11-03T00:00:00Z"}
        page = int(query.get("pageToken", "0"))
        found = {
            "responseId": f"r{page}",
            "createTime": "2026-11-01T00:00:00Z",
            "lastSubmittedTime": f"2026-11-0{3 - page}T00:00:00Z",
            "respondentEmail": f"p{page}@x.example",
            "answers": {"q1": {"questionId": "q1", "textAnswers": {"answers": [{"value": "Ana"}]}}},
        }
        if page == 1 and broken:
            return []
        return {"responses": [found], **({"nextPageToken": str(page + 1)} if page < 2 else {})}

    broken = False
    form = {"items": [{"title": "Name", "questionItem": {"question": {"questionId": "q1"}}}]}
    serve(web, {"/v1/forms/f1": form, "/v1/forms/f1/responses": responses})
    what = Poll("google_forms", web.url, "f1")
    assert poll_source(store, "form", what, api).stored == 3
    assert read_cursor(store, "form") == "2026-11-03T00:00:00Z"
    assert values(store)[0] == {"Email": "p0@x.example", "Name": "Ana"}
    assert poll_source(store, "form", what, api).stored == 0


def test_google_sheets_rows_are_known_by_their_place_and_content(web, api, store):
    sheet = {"values": [["Name", "Email"], ["Ana", "a@x.example"], [], ["Bob", "b@x.example"]]}
    serve(web, {"/v4/spreadsheets/s1/values/A:ZZ": sheet})
    what = Poll("google_sheets", web.url, "s1")
    assert poll_source(store, "form", what, api).stored == 2
    sheet["values"].append(["Eva", "e@x.example"])
    assert poll_source(store, "form", what, api).stored == 1


def test_hubspot_is_read_back_to_what_is_known(web, api, store):
    times = [5, 4, 3, 2, 1]

    def submissions(query):
        start = int(query.get("after", "0"))
        found = [
            {
                "conversionId": f"c{time}",
                "submittedAt": 1_763_633_100_000 + time,
                "values": [{"name": "email", "value": f"p{time}@x.example"}],
            }
            for time in times[start : start + 2]
        ]
        after = {"paging": {"next": {"after": str(start + 2)}}} if start + 2 < len(times) else {}
        return {"results": found, **after}

    serve(web, {"/form-integrations/v1/submissions/forms/f1": submissions})
    what = Poll("hubspot", web.url, "f1")
    assert poll_source(store, "form", what, api).stored == 5
    times.insert(0, 6)
    asked = len(web.asked)
    assert poll_source(store, "form", what, api).stored == 1
    assert len(web.asked) - asked == 2  # no page further back than what is known
    assert read_cursor(store, "form") == "1763633100006"


def test_any_api_is_read_by_next_tokens_and_a_cursor(web, api, store):
    def leads(query):
        assert query.get("since") in {None, "12"}
        page = query.get("page", "1")
        number = {"1": 7, "2": 12}[page]
        row = {"uuid": f"u{page}", "seq": number, "who": {"email": f"p{page}@x.example"}}
        return {"data": {"rows": [row]}, "meta": {"next": "2" if page == "1" else None}}

    serve(web, {"/leads": leads})
    what = Poll(
        "json",
        web.url + "/leads",
        shape=Shape(items="data.rows", record="who", id="uuid"),
        next="meta.next",
        next_param="page",
        cursor="seq",
        cursor_param="since",
    )
    assert poll_source(store, "form", what, api).stored == 2
    assert read_cursor(store, "form") == "12"
    assert poll_source(store, "form", what, api).repeated == 2


def test_any_api_is_read_by_addresses_of_the_next_page(web, api, store):
    serve(
        web,
        {
            "/one": {"rows": [{"id": "1", "email": "a@x.example"}], "next": "/two"},
            "/two": {"rows": [{"id": "2", "email": "b@x.example"}], "next": ""},
        },
    )
    what = Poll("json", web.url + "/one", shape=Shape(items="rows", id="id"), next="next")
    assert poll_source(store, "form", what, api).stored == 2


def test_pages_that_came_before_a_failure_are_kept_and_the_cursor_stays(web, api, store):
    def answer(path, _headers):
        if path == "/one":
            return (
                200,
                {},
                b'{"rows": [{"id": "1", "t": "5", "email": "a@x.example"}], "next": "/two"}',
            )
        return 404, {}, b""

    web.answer = answer
    what = Poll(
        "json", web.url + "/one", shape=Shape(items="rows", id="id"), next="next", cursor="t"
    )
    with pytest.raises(RemoteDeniedError):
        poll_source(store, "form", what, api)
    assert len(values(store)) == 1
    assert read_cursor(store, "form") is None


def test_who_is_busy_is_asked_again_when_they_said(web):
    answers = [(429, {"retry-after": "7"}, b""), (503, {}, b""), (200, {}, b"{}")]
    web.answer = lambda *_: answers.pop(0)
    slept: list[float] = []
    Api(Allowed.of([web.host], loopback=True), sleep=slept.append).ask(web.url)
    assert slept[0] == 7.0
    assert 0 < slept[1] <= 2.0


def test_who_stays_busy_is_left_to_the_next_run(web):
    slept: list[float] = []
    api = Api(Allowed.of([web.host], loopback=True), sleep=slept.append)
    web.answer = lambda *_: (503, {}, b"")
    with pytest.raises(RemoteDownError):
        api.ask(web.url)
    assert len(web.asked) == 5
    web.answer = lambda *_: (429, {"retry-after": "86400"}, b"")
    with pytest.raises(RemoteDownError):
        api.ask(web.url)
    assert len(web.asked) == 6


NO = [
    (401, b"", RemoteDeniedError),
    (403, b"", RemoteDeniedError),
    (404, b"", RemoteDeniedError),
    (400, b"", RemoteDeniedError),
    (200, b"<html>", RemoteAnswerError),
    (200, b"[" * 9_999, RemoteAnswerError),
]


@pytest.mark.parametrize(("status", "body", "error"), NO)
def test_an_answer_that_does_not_help_has_a_name(web, api, status, body, error):
    web.answer = lambda *_: (status, {}, body)
    with pytest.raises(error) as caught:
        api.ask(web.url + "/x?secret=1")
    assert "secret" not in str(caught.value)


def test_an_answer_without_end_is_cut_off(web, api):
    web.answer = lambda *_: (200, {}, b" " * (SIZE + 1))
    with pytest.raises(RemoteAnswerError, match="MB"):
        api.ask(web.url)


def test_redirects_without_end_are_cut_off(web, api):
    web.answer = lambda *_: (302, {"location": web.url}, b"")
    with pytest.raises(RemoteAnswerError, match="from one address to the next"):
        api.ask(web.url)


def test_what_the_settings_leave_out_is_named():
    for poll, says in (({"provider": "json"}, "url"), ({"provider": "typeform"}, "form")):
        with pytest.raises(InvalidValueError, match=says):
            poll_of("form", Settings(sources={"form": Source(poll=poll)}))
