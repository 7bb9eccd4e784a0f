"""The review queue: one possible match after the other, each decided with one key.

Every answer to a decision is the next pair, so that the page stays while the pairs go by.
"""

from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Form, Query, Request, UploadFile
from pydantic import Field
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from connectors import read
from connectors.errors import SourceFileError
from crm.acts import Who
from crm.assignments import assign, assign_many
from crm.audit import note_action
from crm.desk_access import list_users
from crm.errors import ConflictError, RefusedError
from crm.judging import JudgedLine, judge, judge_many
from crm.review import list_review, list_sources, read_review_item
from crm.store import Store
from crm.undoing import undo
from dedupe.comparisons import LEVELS
from leadgate.errors import InvalidValueError
from reports.review_sheet import lay_out_review, read_verdicts
from reports.workbook import write_workbook
from steward.access.guard import Needs, Visitor
from steward.access.noting import note_nothing
from steward.access.roles import may
from steward.comparing import compare
from steward.downloads import XLSX, attach
from steward.rendering import render
from steward.review_queue import Place, find_steward
from steward.uploads import handed_in
from validators.fields import FIELDS

router = APIRouter(prefix="/review")
Viewer = Annotated[Visitor, Depends(Needs("viewer"))]
Steward = Annotated[Visitor, Depends(Needs("steward"))]
AHEAD = 8  # items listed beside the one that is shown
EXPORTED = 2_000  # items of a workbook
REASONS = 10  # why verdicts of a workbook were not applied, in the answer
WORDS = {"same": "the same", "different": "not the same", "household": "of one household"}


class Decision(Place):
    """A verdict, and the versions of the contacts as they were seen (`c3=4 c9=1`)."""

    verdict: Literal["same", "different", "household"]
    versions: str = ""  # none: both rows are on hold

    @property
    def expected(self) -> dict[str, int]:
        """The versions by contact."""
        pairs = (part.partition("=") for part in self.versions.split())
        return {contact: int(version) for contact, _, version in pairs if version.isdigit()}


class Assignment(Place):
    """Whom to give an item to: a name, or nobody; `seen` is who had it on the page."""

    to: str = ""
    seen: str = ""


class Share(Place):
    """How many of the items that nobody looks at to give to whom."""

    to: str
    count: Annotated[int, Field(ge=1, le=10_000)]


@router.get("")
def show_review(request: Request, place: Annotated[Place, Query()], _visitor: Viewer) -> Response:
    """The queue with its first pair, or the pair alone where a part of the page is asked for."""
    if request.headers.get("hx-request") == "true":
        return _show(request, place)
    return _show(request, place, "review.html")


@router.get("/workbook")
def export(request: Request, place: Annotated[Place, Query()], visitor: Viewer) -> Response:
    """The first of the queue as a workbook, to be judged there and handed in again."""
    store: Store = request.app.state.desk.store
    page = list_review(store, place.which(visitor.user.id), limit=EXPORTED)
    note_action(store, visitor.user.id, "download review")
    return attach(write_workbook({"review": lay_out_review(page.items)}), "review.xlsx", XLSX)


@router.post("/workbook")
async def judge_in_bulk(request: Request, visitor: Steward, file: UploadFile) -> Response:
    """Apply the verdicts of a workbook, each on its own."""

    def apply() -> Response:
        store: Store = request.app.state.desk.store
        with handed_in(file) as path:
            try:
                lines = read_verdicts(table.rows for table in read(path))
            except (SourceFileError, InvalidValueError) as error:
                note_nothing(request)
                said = str(error).replace(f"{path.parent}/", "")
                return _show(request, Place(), "review.html", said=said)
        done = judge_many(store, lines, Who(visitor.user.name))
        if not any(line.event for line in done):
            note_nothing(request)
        return _show(request, Place(), "review.html", said=_tell_applied(done))

    return await run_in_threadpool(apply)


@router.post("/{item}/judgement")
def judge_item(
    request: Request, item: str, form: Annotated[Decision, Form()], visitor: Steward
) -> Response:
    """Judge the pair, and show the next."""
    who = Who(visitor.user.name, expected=form.expected)
    try:
        done = judge(request.app.state.desk.store, item, form.verdict, who)
    except ConflictError:
        note_nothing(request)
        why = f"{item} was changed by somebody else meanwhile. Look at it again."
        return _show(request, form, said=_tell_first(request, item) or why)
    except RefusedError as refused:
        note_nothing(request)
        why = f"{item} was left as it is: {refused.detail}."
        return _show(request, form, said=_tell_first(request, item) or why)
    said = f"{item}: {WORDS[form.verdict]}."
    return _show(request, form, said=said, event=done.event, was=item)


@router.post("/undo/{event}")
def take_back(
    request: Request,
    event: str,
    form: Annotated[Place, Form()],
    visitor: Steward,
) -> Response:
    """Take a judgement back; its pair is open again, and shown."""
    undone = undo(request.app.state.desk.store, event, Who(visitor.user.name))
    said = "Taken back." if undone.event else "That can no longer be taken back."
    if not undone.event:
        note_nothing(request)
    return _show(request, form, said=said)


@router.post("/{item}/assignment")
def assign_item(
    request: Request, item: str, form: Annotated[Assignment, Form()], visitor: Steward
) -> Response:
    """Say who looks at an item, so that nobody else does."""
    store: Store = request.app.state.desk.store
    to = find_steward(store, form.to, visitor)
    try:
        assign(store, item, to, seen=form.seen or None)
    except RefusedError as refused:
        note_nothing(request)
        return _show(request, form, said=f"{item} was left as it is: {refused.detail}.")
    said = f"{item} is for {'nobody in particular' if to is None else form.to}."
    return _show(request, form.model_copy(update={"item": item}), said=said)


@router.post("/share")
def share_out(request: Request, form: Annotated[Share, Form()], visitor: Steward) -> Response:
    """Give a person the first of those that nobody looks at."""
    store: Store = request.app.state.desk.store
    to = find_steward(store, form.to, visitor)
    given = assign_many(store, form.which(visitor.user.id), to, form.count) if to else 0
    said = f"{form.to} looks at {given} more."
    return _show(request, form, "review.html", said=said)


@router.get("/{item}")
def show_item(request: Request, item: str, _visitor: Viewer) -> Response:
    """One possible match, open or judged, by its own address."""
    read_review_item(request.app.state.desk.store, item)  # 404 where there is none
    return _show(request, Place(item=item), "review.html")


def _tell_applied(done: list[JudgedLine]) -> str:
    failed = [f"{line.item}: {line.error}" for line in done if line.error]
    said = f"{len(done) - len(failed)} judged."
    return " ".join([said, *failed[:REASONS]]) + (" …" if len(failed) > REASONS else "")


def _tell_first(request: Request, item: str) -> str | None:
    """Who was first, and what they decided; None where the item is still open."""
    found = read_review_item(request.app.state.desk.store, item)
    if found.judged_by and found.verdict:
        return f"{found.judged_by} was first: {item} is {WORDS[found.verdict]}."
    return None


def _show(
    request: Request,
    place: Place,
    template: str = "review_pair.html",
    said: str | None = None,
    event: str | None = None,
    was: str = "",
) -> Response:
    """The item that was asked for by its id, else the one at this place of the queue."""
    store: Store = request.app.state.desk.store
    visitor: Visitor = request.state.visitor
    which = place.which(visitor.user.id)
    page = list_review(store, which, limit=AHEAD, offset=place.offset)
    if not page.items and page.total:  # the last one was decided, and earlier ones were skipped
        place = place.model_copy(update={"offset": 0})
        page = list_review(store, which, limit=AHEAD)
    chosen = read_review_item(store, place.item) if place.item else None
    first = chosen or next(iter(page.items), None)
    if first:
        note_action(store, visitor.user.id, "see possible match", first.id)
    people = [user for user in list_users(store) if user.active and may(user.role, "steward")]
    return render(
        request,
        template,
        pair=compare(first) if first else None,
        ahead=[
            (place.offset + number, each)
            for number, each in enumerate(page.items)
            if first is None or each.id != first.id
        ],
        total=page.total,
        place=place,
        said=said,
        event=event,
        was=was,
        people=people,
        sources=list_sources(store) if template == "review.html" else (),
        fields={name: _label(name) for name in LEVELS},
    )


def _label(comparison: str) -> str:
    field = FIELDS.get(comparison)
    return field.label if field else comparison.replace("_", " ").capitalize()
