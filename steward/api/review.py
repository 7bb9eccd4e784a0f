"""Possible matches: listed, read, judged."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Query, Request
from pydantic import BaseModel, Field

from crm.acts import Done, Who
from crm.judging import judge
from crm.review import ReviewFilter, ReviewItem, ReviewPage, list_review, read_review_item
from steward.access.guard import Needs, Visitor

router = APIRouter(prefix="/api/review", tags=["review"])
Viewer = Annotated[Visitor, Depends(Needs("viewer"))]
Steward = Annotated[Visitor, Depends(Needs("steward"))]


class Judgement(BaseModel):
    """A verdict; `versions` are those of the contacts as they were seen (`c3`: 4)."""

    verdict: Literal["same", "different", "household"]
    reason: str | None = Field(None, max_length=1_000)
    versions: dict[str, int] = Field(default_factory=dict)


@router.get("")
def list_items(
    request: Request,
    _visitor: Viewer,
    source: str | None = None,
    lightest: float | None = None,
    heaviest: float | None = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    offset: Annotated[int, Query(ge=0, le=1_000_000_000)] = 0,
) -> ReviewPage:
    """Open possible matches, heaviest first; weights in bits."""
    which = ReviewFilter(source=source, min_weight=lightest, max_weight=heaviest)
    return list_review(request.app.state.desk.store, which, limit=limit, offset=offset)


@router.get("/{item}")
def read_item(request: Request, item: str, _visitor: Viewer) -> ReviewItem:
    """One possible match (`m7`), open or judged."""
    return read_review_item(request.app.state.desk.store, item)


@router.post("/{item}/judgement")
def judge_item(request: Request, item: str, judgement: Judgement, visitor: Steward) -> Done:
    """Judge it; the answer names the event, which can be undone."""
    who = Who(visitor.user.name, judgement.reason, judgement.versions or None)
    return judge(request.app.state.desk.store, item, judgement.verdict, who)


@router.get("/{item}/why")
def explain_item(request: Request, item: str, _visitor: Viewer) -> dict[str, Any]:
    """The reasons alone: each comparison with its level, words and weight; they add up."""
    found = read_review_item(request.app.state.desk.store, item)
    return {"id": found.id, "weight": found.weight, "evidence": list(found.evidence)}
