"""Possible matches: listed, read, judged."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Query, Request
from pydantic import BaseModel, Field

from crm.acts import Done, Who
from crm.assignments import assign, assign_many
from crm.audit import note_action
from crm.judging import JudgedLine, Line, judge, judge_many
from crm.review import ReviewFilter, ReviewItem, ReviewPage, list_review, read_review_item
from steward.access.guard import Needs, Visitor
from steward.review_queue import NOBODY, find_steward

router = APIRouter(prefix="/api/review", tags=["review"])
Viewer = Annotated[Visitor, Depends(Needs("viewer"))]
Steward = Annotated[Visitor, Depends(Needs("steward"))]


class Judgement(BaseModel):
    """A verdict; `versions` are those of the contacts as they were seen (`c3`: 4)."""

    verdict: Literal["same", "different", "household"]
    reason: str | None = Field(None, max_length=1_000)
    versions: dict[str, int] = Field(default_factory=dict)


class Assignment(BaseModel):
    """The name of who looks at it from now on, and of who did when it was read; null: nobody."""

    to: str | None = Field(None, max_length=200)
    seen: str | None = Field(None, max_length=200)


class Verdict(BaseModel):
    """One judgement of many."""

    item: str = Field(max_length=20)
    verdict: Literal["same", "different", "household"]
    reason: str | None = Field(None, max_length=1_000)


class Judgements(BaseModel):
    """Verdicts about possible matches."""

    judgements: list[Verdict] = Field(max_length=2_000)


class Share(BaseModel):
    """How many to give to whom; those of one source alone where it is given."""

    to: str = Field(min_length=1, max_length=200)
    count: int = Field(ge=1, le=10_000)
    source: str | None = Field(None, max_length=200)


class Given(BaseModel):
    """How many a person was given."""

    to: str
    given: int


@router.get("")
def list_items(
    request: Request,
    visitor: Viewer,
    source: Annotated[str | None, Query(max_length=200)] = None,
    lightest: float | None = None,
    heaviest: float | None = None,
    field: Annotated[str | None, Query(max_length=40)] = None,
    how: Literal["agrees", "differs"] = "agrees",
    owner: Annotated[str | None, Query(max_length=200)] = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    offset: Annotated[int, Query(ge=0, le=1_000_000_000)] = 0,
) -> ReviewPage:
    """Open possible matches, the one that is worth most to decide first; weights in bits.

    `field`: a comparison that agrees or differs; `owner`: the name of who looks at it, or `nobody`.
    """
    store = request.app.state.desk.store
    looks = 0 if owner == NOBODY else find_steward(store, owner or "", visitor)
    which = ReviewFilter(
        source=source,
        min_weight=lightest,
        max_weight=heaviest,
        agrees=field if how == "agrees" else None,
        differs=field if how == "differs" else None,
        owner=looks,
    )
    return list_review(store, which, limit=limit, offset=offset)


@router.post("/judgements")
def judge_in_bulk(request: Request, asked: Judgements, visitor: Steward) -> list[JudgedLine]:
    """Judge many, each on its own: what became of each."""
    lines = [Line(each.item, each.verdict, each.reason) for each in asked.judgements]
    return judge_many(request.app.state.desk.store, lines, Who(visitor.user.name))


@router.post("/share")
def share_out(request: Request, asked: Share, visitor: Steward) -> Given:
    """Give a person the first of those that nobody looks at."""
    store = request.app.state.desk.store
    to = find_steward(store, asked.to, visitor)
    which = ReviewFilter(source=asked.source)
    return Given(to=asked.to, given=assign_many(store, which, to, asked.count) if to else 0)


@router.get("/{item}")
def read_item(request: Request, item: str, visitor: Viewer) -> ReviewItem:
    """One possible match (`m7`), open or judged."""
    store = request.app.state.desk.store
    found = read_review_item(store, item)
    note_action(store, visitor.user.id, "see possible match", found.id)
    return found


@router.post("/{item}/judgement")
def judge_item(request: Request, item: str, judgement: Judgement, visitor: Steward) -> Done:
    """Judge it; the answer names the event, which can be undone."""
    who = Who(visitor.user.name, judgement.reason, judgement.versions or None)
    return judge(request.app.state.desk.store, item, judgement.verdict, who)


@router.post("/{item}/assignment")
def assign_item(request: Request, item: str, asked: Assignment, visitor: Steward) -> ReviewItem:
    """Say who looks at it, or that nobody does; 409 where somebody else has it meanwhile."""
    store = request.app.state.desk.store
    assign(store, item, find_steward(store, asked.to or "", visitor), seen=asked.seen)
    return read_review_item(store, item)


@router.get("/{item}/why")
def explain_item(request: Request, item: str, _visitor: Viewer) -> dict[str, Any]:
    """The reasons alone: each comparison with its level, words and weight; they add up."""
    found = read_review_item(request.app.state.desk.store, item)
    return {"id": found.id, "weight": found.weight, "evidence": list(found.evidence)}
