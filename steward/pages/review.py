"""The review queue: one possible match at a time, one key a decision.

A place in the queue is an offset into what is open: a decision takes its item out, so that the
same offset then shows the next one; a skip is the next offset.
"""

from dataclasses import dataclass
from typing import Annotated, Final, Literal

from fastapi import APIRouter, Depends, Form, Query, Request
from starlette.responses import Response

from crm.acts import Who
from crm.errors import ConflictError, RefusedError
from crm.judging import judge
from crm.review import ReviewFilter, list_review, read_review_item
from crm.store import Store
from crm.undoing import undo
from steward.access.guard import Needs, Visitor
from steward.comparing import compare
from steward.rendering import render

router = APIRouter(prefix="/review")
AHEAD: Final = 8  # items listed beside the one that is shown


@dataclass(frozen=True)
class Place:
    """Where in the queue, and how it is filtered; `source` and the weights may be empty."""

    offset: int = 0
    source: str = ""
    lightest: str = ""
    heaviest: str = ""

    @property
    def which(self) -> ReviewFilter:
        """The filter as the store takes it."""
        return ReviewFilter(
            source=self.source or None,
            min_weight=_number(self.lightest),
            max_weight=_number(self.heaviest),
        )


def _asked(
    offset: Annotated[int, Query(ge=0)] = 0,
    source: str = "",
    lightest: str = "",
    heaviest: str = "",
) -> Place:
    return Place(offset, source, lightest, heaviest)


def _sent(
    offset: Annotated[int, Form(ge=0)] = 0,
    source: Annotated[str, Form()] = "",
    lightest: Annotated[str, Form()] = "",
    heaviest: Annotated[str, Form()] = "",
) -> Place:
    return Place(offset, source, lightest, heaviest)


@router.get("")
def show_review(
    request: Request,
    place: Annotated[Place, Depends(_asked)],
    _visitor: Annotated[Visitor, Depends(Needs("viewer"))],
) -> Response:
    """The queue with its first pair, or the pair alone where a part of the page is asked for."""
    part = request.headers.get("hx-request") == "true"
    return _show(request, place, "review_pair.html" if part else "review.html")


@router.post("/{item}/judgement")
def decide(
    request: Request,
    item: str,
    verdict: Annotated[Literal["same", "different", "household"], Form()],
    versions: Annotated[str, Form()],
    place: Annotated[Place, Depends(_sent)],
    visitor: Annotated[Visitor, Depends(Needs("steward"))],
) -> Response:
    """Judge the pair, and show the next."""
    who = Who(visitor.user.name, expected=_read_versions(versions))
    try:
        done = judge(request.app.state.desk.store, item, verdict, who)
    except ConflictError:
        return _show(request, place, said=f"{item} was changed by somebody else meanwhile.")
    except RefusedError as refused:
        return _show(request, place, said=f"{item} was left as it is: {refused.detail}.")
    words = {"same": "the same", "different": "not the same", "household": "of one household"}
    return _show(request, place, said=f"{item}: {words[verdict]}.", event=done.event)


@router.post("/undo/{event}")
def take_back(
    request: Request,
    event: str,
    place: Annotated[Place, Depends(_sent)],
    visitor: Annotated[Visitor, Depends(Needs("steward"))],
) -> Response:
    """Take a judgement back; its pair is open again."""
    undone = undo(request.app.state.desk.store, event, Who(visitor.user.name))
    said = "Taken back." if undone.event else "That can no longer be taken back."
    return _show(request, place, said=said)


@router.get("/{item}")
def show_item(
    request: Request, item: str, _visitor: Annotated[Visitor, Depends(Needs("viewer"))]
) -> Response:
    """One possible match, open or judged, by its own address."""
    found = read_review_item(request.app.state.desk.store, item)
    return render(request, "review_item.html", pair=compare(found), place=Place())


def _show(
    request: Request,
    place: Place,
    template: str = "review_pair.html",
    said: str | None = None,
    event: str | None = None,
) -> Response:
    store: Store = request.app.state.desk.store
    page = list_review(store, place.which, limit=AHEAD, offset=place.offset)
    if not page.items and page.total:  # the last one was decided, and earlier ones were skipped
        place = Place(0, place.source, place.lightest, place.heaviest)
        page = list_review(store, place.which, limit=AHEAD)
    return render(
        request,
        template,
        pair=compare(page.items[0]) if page.items else None,
        ahead=page.items[1:],
        total=page.total,
        place=place,
        said=said,
        event=event,
    )


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _read_versions(text: str) -> dict[str, int]:
    """`c3=4 c9=1` as the page wrote it."""
    pairs = (part.partition("=") for part in text.split())
    return {contact: int(version) for contact, _, version in pairs if version.isdigit()}
