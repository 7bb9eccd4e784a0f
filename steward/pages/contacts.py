"""Contacts: find one, see where each value came from, and put it right."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Form, Query, Request
from starlette.responses import RedirectResponse, Response

from crm.acts import Who
from crm.audit import note_action
from crm.consents import give, withdraw
from crm.contact_list import list_contacts
from crm.editing import add_note, edit, set_lead_status, unpin
from crm.store import Store
from reports.comparing import name_record
from steward.access.guard import Needs, Visitor
from steward.rendering import render
from steward.stories import tell_contact
from steward.typed_values import read_typed
from validators.fields import FIELDS

router = APIRouter(prefix="/contacts")
Viewer = Annotated[Visitor, Depends(Needs("viewer"))]
Looking = Annotated[Visitor, Depends(Needs("viewer", changes=False))]
Steward = Annotated[Visitor, Depends(Needs("steward"))]
Version = Annotated[int, Form()]
PAGE = 50


@router.get("")
def show_contacts(
    request: Request,
    _visitor: Viewer,
    offset: Annotated[int, Query(ge=0, le=1_000_000_000)] = 0,
) -> Response:
    """The contacts, page by page."""
    return _list(request, "", offset)


@router.post("/search")
def search(
    request: Request,
    _visitor: Looking,
    text: Annotated[str, Form(max_length=200)] = "",
    offset: Annotated[int, Form(ge=0, le=1_000_000_000)] = 0,
    *,
    everywhere: Annotated[bool, Form()] = False,
) -> Response:
    """Contacts by name, e-mail, phone or company: a form, so that no address holds a name."""
    return _list(request, text, offset, everywhere=everywhere)


@router.get("/{contact}")
def show_contact(request: Request, contact: str, visitor: Viewer) -> Response:
    """The golden record, where each value is from, and all that was done."""
    store: Store = request.app.state.desk.store
    story = tell_contact(store, contact)
    if story["state"] != "live":
        return render(request, "gone.html", 410, story=story, asked=contact)
    if story["id"] != contact:  # it was merged: an old id leads to the survivor
        return RedirectResponse(f"/contacts/{story['id']}?from={contact}", 303)
    note_action(store, visitor.user.id, "see contact", contact)
    return _show(request, story)


@router.get("/{contact}/split")
def choose_split(
    request: Request,
    contact: str,
    _visitor: Steward,
    record: Annotated[list[str], Query(max_length=500)] = [],  # noqa: B006 - FastAPI copies it
) -> Response:
    """What taking the ticked records out would come to; one at least has to be ticked."""
    if not record:
        story = tell_contact(request.app.state.desk.store, contact)
        return _show(request, story, problem="Tick the records of the other person.", status=422)
    return RedirectResponse(f"/unmerge/{','.join(record)}", 303)


@router.post("/{contact}/values")
def change_values(
    request: Request,
    contact: str,
    visitor: Steward,
    field: Annotated[str, Form()],
    version: Version,
    text: Annotated[str, Form(max_length=2_000)] = "",
) -> Response:
    """Pin a value: from now on it outranks every source."""
    store: Store = request.app.state.desk.store
    story = tell_contact(store, contact)
    if field not in FIELDS:
        return _show(request, story, problem="There is no such field.", status=422)
    held = {each["field"]: each["value"] for each in story["fields"]}
    value, problems = read_typed(field, text, held.get("country"))
    if problems:
        return _show(request, story, problem=" ".join(problems), status=422)
    edit(store, contact, {field: value}, _who(visitor, contact, version))
    return _back(contact)


@router.post("/{contact}/unpin", name="change_values")
def unpin_value(
    request: Request,
    contact: str,
    visitor: Steward,
    field: Annotated[str, Form()],
    version: Version,
) -> Response:
    """Take a pin away: the survivorship policy chooses again."""
    unpin(request.app.state.desk.store, contact, [field], _who(visitor, contact, version))
    return _back(contact)


@router.post("/{contact}/consent")
def change_consent(
    request: Request,
    contact: str,
    visitor: Steward,
    purpose: Annotated[Literal["email", "call"], Form()],
    status: Annotated[Literal["given", "withdrawn"], Form()],
    version: Version,
) -> Response:
    """Note that consent was given or withdrawn; a withdrawal outlives every merge and split."""
    change = give if status == "given" else withdraw
    change(request.app.state.desk.store, contact, purpose, _who(visitor, contact, version))
    return _back(contact)


@router.post("/{contact}/notes")
def write_note(
    request: Request,
    contact: str,
    visitor: Steward,
    text: Annotated[str, Form(min_length=1, max_length=10_000)],
    kind: Annotated[Literal["note", "call", "visit", "e-mail"], Form()] = "note",
) -> Response:
    """Write down a note, a call, a visit or an e-mail."""
    add_note(request.app.state.desk.store, contact, text, Who(visitor.user.name), kind=kind)
    return _back(contact)


@router.post("/{contact}/leads/{lead}")
def move_lead(
    request: Request,
    contact: str,
    lead: str,
    visitor: Steward,
    status: Annotated[str, Form(max_length=32)],
) -> Response:
    """Say how far a lead has come."""
    set_lead_status(request.app.state.desk.store, lead, status, Who(visitor.user.name))
    return _back(contact)


def _list(request: Request, text: str, offset: int, *, everywhere: bool = False) -> Response:
    store: Store = request.app.state.desk.store
    found = list_contacts(store, text, everywhere=everywhere, limit=PAGE, offset=offset)
    return render(
        request,
        "contacts.html",
        found=found,
        text=text,
        offset=offset,
        everywhere=everywhere,
        size=PAGE,
    )


def _show(
    request: Request, story: dict[str, Any], *, problem: str | None = None, status: int = 200
) -> Response:
    held = {each["field"]: each["value"] for each in story["fields"] if each["value"]}
    return render(
        request,
        "contact.html",
        status,
        story=story,
        name=name_record(held) or "no name",
        names=held,
        all_fields=FIELDS,
        times={each["id"]: each["occurred_at"] for each in story["records"]},
        sources={each["id"]: each["source"] for each in story["records"]},
        problem=problem,
        came_from=request.query_params.get("from"),
    )


def _who(visitor: Visitor, contact: str, version: int) -> Who:
    return Who(visitor.user.name, expected={contact: version})


def _back(contact: str) -> Response:
    return RedirectResponse(f"/contacts/{contact}", 303)
