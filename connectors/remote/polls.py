"""Rows of APIs, page by page: what to ask, what an answer means, and how far that is.

`ask(url, params)` is the only thing that touches the network. A page's `cursor` is to be kept
together with its events; whoever asks again from there gets some twice and misses none.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urljoin

from connectors.forms import google_forms, hubspot, mapped, typeform
from connectors.forms.bodies import text_of
from connectors.forms.delivery import Event, Refusal, event_id
from connectors.forms.flattening import Json
from connectors.forms.labels import inner, items, word
from connectors.forms.mapped import Shape
from connectors.remote.errors import RemoteAnswerError

Ask = Callable[[str, Mapping[str, str] | None], Json]
PAGES: Final = 10_000
TYPEFORM: Final = "https://api.typeform.com"
GOOGLE_FORMS: Final = "https://forms.googleapis.com"
GOOGLE_SHEETS: Final = "https://sheets.googleapis.com"
HUBSPOT: Final = "https://api.hubapi.com"


@dataclass(frozen=True)
class Page:
    """Some events, and how far was read once they are kept; None: no further than before."""

    events: tuple[Event, ...]
    cursor: str | None


@dataclass(frozen=True)
class Poll:
    """What to ask. `form`: the form, or the spreadsheet; `url`: of the API, else the provider's.

    For `json`: `shape` says what a submission looks like. `next` is the path, in an answer, of the
    address or token of the next page; a token is sent as `next_param`. `cursor` is the path,
    within a submission, of what grows, and is sent as `cursor_param`.
    """

    provider: str
    url: str
    form: str = ""
    range: str = "A:ZZ"
    shape: Shape = field(default_factory=Shape)
    next: str = ""
    next_param: str = ""
    cursor: str = ""
    cursor_param: str = ""


def poll(what: Poll, ask: Ask, cursor: str | None) -> Iterator[Page]:
    """Read on from where the cursor stands."""
    return POLLS[what.provider](what, ask, cursor)


def poll_typeform(what: Poll, ask: Ask, cursor: str | None) -> Iterator[Page]:
    """Responses in the order of their submission, under the titles of the form."""
    form = ask(f"{what.url}/forms/{what.form}", None)
    definition: dict[str, Json] = {"fields": inner(form, "fields")}
    for _ in range(PAGES):
        params = {"page_size": "1000", "sort": "submitted_at,asc"}
        answer = ask(
            f"{what.url}/forms/{what.form}/responses",
            params | ({"since": cursor} if cursor else {}),
        )
        found = items(answer, "items")
        events = tuple(
            typeform.read_response({**each, "definition": definition}, word(each, "token"))
            for each in found
            if word(each, "token")
        )
        last = max((word(each, "submitted_at") for each in found), default="") or cursor
        yield Page(events, last)
        if len(found) < 1_000 or last == cursor:
            return
        cursor = last


def poll_google_forms(what: Poll, ask: Ask, cursor: str | None) -> Iterator[Page]:
    """Responses submitted or edited since, under the titles of the form."""
    form = ask(f"{what.url}/v1/forms/{what.form}", None)
    titles = google_forms.read_titles(form) if isinstance(form, dict) else {}
    params = {"pageSize": "5000"} | ({"filter": f"timestamp >= {cursor}"} if cursor else {})
    newest = cursor or ""
    for _ in range(PAGES):
        answer = ask(f"{what.url}/v1/forms/{what.form}/responses", params)
        found = items(answer, "responses")
        events = [google_forms.read_response(each, titles) for each in found]
        newest = max([newest, *(word(each, "lastSubmittedTime") for each in found)])
        token = word(answer, "nextPageToken")
        # The pages have no order that is promised: the cursor moves behind the last of them.
        yield Page(tuple(each for each in events if each), None if token else newest or None)
        if not token:
            return
        params["pageToken"] = token


def poll_google_sheets(what: Poll, ask: Ask, _cursor: str | None) -> Iterator[Page]:
    """All rows below the first, which names the columns; those that are known have no effect."""
    answer = ask(f"{what.url}/v4/spreadsheets/{what.form}/values/{what.range}", None)
    values = inner(answer, "values")
    rows = [row for row in values if isinstance(row, list)] if isinstance(values, list) else []
    if not rows:
        yield Page((), None)
        return
    header = [text_of(cell) or f"column {at}" for at, cell in enumerate(rows[0], start=1)]
    events = []
    for number, row in enumerate(rows[1:], start=2):
        texts = {name: text_of(cell) for name, cell in zip(header, row, strict=False)}
        filled = {name: text for name, text in texts.items() if text}
        if filled:
            content = repr((number, sorted(filled.items()))).encode()
            events.append(Event(event_id("", content), filled))
    yield Page(tuple(events), str(len(rows)))


def poll_hubspot(what: Poll, ask: Ask, cursor: str | None) -> Iterator[Page]:
    """Submissions of a form, the newest first, back to where the cursor stands."""
    params = {"limit": "50"}
    newest = known = _number(cursor or "")
    for _ in range(PAGES):
        answer = ask(f"{what.url}/form-integrations/v1/submissions/forms/{what.form}", params)
        found = items(answer, "results")
        times = [_number(word(each, "submittedAt")) for each in found]
        newest = max([newest, *times])
        events = tuple(
            Event(
                event_id(word(each, "conversionId"), repr(sorted(each.items(), key=str)).encode()),
                hubspot.read_submission(each),
                word(each, "submittedAt") or None,
            )
            for each in found
        )
        token = word(answer, "paging", "next", "after")
        last = not token or min(times, default=0) < known
        yield Page(events, str(newest) if last and newest else None)
        if last:
            return
        params["after"] = token


def poll_json(what: Poll, ask: Ask, cursor: str | None) -> Iterator[Page]:
    """Submissions of any API that gives them in pages."""
    url = what.url
    params = {what.cursor_param: cursor} if cursor and what.cursor_param else {}
    newest = cursor or ""
    for _ in range(PAGES):
        answer = ask(url, params or None)
        found = mapped.at(answer, what.shape.items) if what.shape.items else answer
        records = found if isinstance(found, list) else []
        events = [mapped.read_record(what.shape, each) for each in records]
        if any(isinstance(each, Refusal) for each in events):
            raise RemoteAnswerError(
                url.partition("?")[0], "has submissions without the id told of."
            )
        if what.cursor:
            newest = max(
                [newest, *(text_of(mapped.at(each, what.cursor)) for each in records)], key=_grows
            )
        following = mapped.at(answer, what.next) if what.next else None
        done = not isinstance(following, str) or not following or not records
        yield Page(
            tuple(each for each in events if isinstance(each, Event)),
            (newest or None) if done else None,
        )
        if done or not isinstance(following, str):
            return
        if what.next_param:
            params = {**params, what.next_param: following}
        else:
            url, params = urljoin(url, following), {}


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 20 else 0


def _grows(text: str) -> tuple[int, str]:
    """Numbers by their size, times as texts."""
    return (len(text), text) if text.isdigit() else (0, text)


POLLS: Final[Mapping[str, Callable[[Poll, Ask, str | None], Iterator[Page]]]] = {
    "google_forms": poll_google_forms,
    "google_sheets": poll_google_sheets,
    "hubspot": poll_hubspot,
    "json": poll_json,
    "typeform": poll_typeform,
}
ADDRESSES: Final = {
    "google_forms": GOOGLE_FORMS,
    "google_sheets": GOOGLE_SHEETS,
    "hubspot": HUBSPOT,
    "typeform": TYPEFORM,
}
