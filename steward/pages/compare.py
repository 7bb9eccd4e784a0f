"""Several contacts side by side: one person, or not; field by field, with a look at the outcome."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Literal, cast

from fastapi import APIRouter, Depends, Query, Request
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from crm.acts import Who
from crm.audit import note_action
from crm.editing import edit
from crm.keeping_apart import keep_apart
from crm.merging import merge, preview_merge
from crm.review import read_review_item
from crm.store import Store
from crm.trace import trace
from steward.access.guard import Needs, Visitor
from steward.access.noting import name_subject
from steward.comparing import compare
from steward.rendering import render
from steward.side_by_side import lay_side_by_side
from validators.fields import FIELDS

router = APIRouter(prefix="/compare")
Steward = Annotated[Visitor, Depends(Needs("steward"))]
Looking = Annotated[Visitor, Depends(Needs("steward", changes=False))]
Form = Mapping[str, str]
CHOSEN = "field_"
MOST = 50  # contacts on one page


@router.get("")
def show_compare(
    request: Request,
    visitor: Steward,
    contacts: Annotated[list[str], Query(max_length=MOST)],
    into: str | None = None,
    item: str = "",
) -> Response:
    """The contacts (`c3,c9,c12`), and what merging them would come to.

    `item`: the possible match they come from, whose reasons are shown as well.
    """
    store: Store = request.app.state.desk.store
    preview = preview_merge(store, _split(",".join(contacts)), into)
    stories = [trace(store, each) for each in preview.versions]
    note_action(store, visitor.user.id, "see contact", *preview.versions)
    return render(
        request,
        "compare.html",
        preview=preview,
        stories=stories,
        rows=lay_side_by_side(preview, stories),
        pair=compare(read_review_item(store, item)) if item else None,
        golden=_tell_golden(preview.fields, {}),
    )


@router.post("/preview")
async def show_golden(request: Request, _visitor: Looking) -> Response:
    """The merged contact as it would be with what is chosen now: a part of the page."""
    form = await _read_form(request)

    def tell() -> Response:
        store: Store = request.app.state.desk.store
        preview = preview_merge(store, _split(form.get("contacts", "")), form.get("into"))
        golden = _tell_golden(preview.fields, _read_choices(form))
        return render(request, "compare_golden.html", preview=preview, golden=golden)

    return await run_in_threadpool(tell)


@router.post("")
async def merge_contacts(request: Request, visitor: Steward) -> Response:
    """Merge, then pin what was chosen against the policy's proposal."""
    form = await _read_form(request)
    return await run_in_threadpool(_merge, request, visitor, form)


@router.post("/apart")
async def keep_contacts_apart(request: Request, visitor: Steward) -> Response:
    """Judge that they are not one person, or people of one household."""
    form = await _read_form(request)
    verdict = form.get("verdict")
    if verdict not in {"different", "household"}:
        raise HTTPException(422)
    contacts = _split(form.get("contacts", ""))
    told = cast("Literal['different', 'household']", verdict)
    store = request.app.state.desk.store
    await run_in_threadpool(keep_apart, store, contacts, told, _who(visitor, form))
    name_subject(request, contacts[0])
    where = "/review" if form.get("item") else f"/contacts/{contacts[0]}"
    return RedirectResponse(where, 303)


def _merge(request: Request, visitor: Visitor, form: Form) -> Response:
    store: Store = request.app.state.desk.store
    contacts, into = _split(form.get("contacts", "")), form.get("into")
    proposed = {row["field"]: row["value"] for row in preview_merge(store, contacts, into).fields}
    done = merge(store, contacts, _who(visitor, form), into=into)
    survivor = next(iter(done.contacts))
    name_subject(request, survivor)
    choices = _read_choices(form)
    chosen = {name: text for name, text in choices.items() if text != proposed.get(name)}
    if chosen:
        edit(store, survivor, chosen, Who(visitor.user.name, expected=done.contacts))
    return RedirectResponse(f"/contacts/{survivor}", 303)


async def _read_form(request: Request) -> Form:
    return {name: str(value) for name, value in (await request.form()).items()}


def _read_choices(form: Form) -> dict[str, str]:
    """What was chosen for each field; what the policy proposes where nothing was."""
    chosen = {name: form.get(CHOSEN + name, "") for name in FIELDS}
    return {name: text for name, text in chosen.items() if text}


def _who(visitor: Visitor, form: Form) -> Who:
    """Who decides, and the versions of the contacts on the page."""
    seen = {
        name.removeprefix("version_"): int(value)
        for name, value in form.items()
        if name.startswith("version_") and value.isdigit()
    }
    return Who(visitor.user.name, form.get("reason") or None, seen)


def _tell_golden(
    fields: Sequence[Mapping[str, Any]], chosen: Mapping[str, str]
) -> list[tuple[str, str, bool]]:
    """The merged contact: label, value, and whether it was chosen against the policy."""
    proposed = {row["field"]: row["value"] for row in fields}
    values = {name: chosen.get(name) or proposed.get(name) for name in FIELDS}
    return [
        (FIELDS[name].label, value, value != proposed.get(name))
        for name, value in values.items()
        if value
    ]


def _split(text: str) -> list[str]:
    return list(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))[:MOST]
