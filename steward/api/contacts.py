"""Contacts: found, told in full, merged, unmerged, changed."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Query, Request
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException

from crm.acts import Done, Who
from crm.audit import note_action
from crm.contact_list import ContactPage, list_contacts
from crm.editing import edit, unpin
from crm.keeping_apart import keep_apart
from crm.merging import MergePreview, merge, preview_merge
from crm.undoing import Undone, preview_undo, undo
from crm.unmerging import UnmergePreview, preview_unmerge, unmerge
from steward.access.guard import Needs, Visitor
from steward.access.noting import name_subject
from steward.stories import tell_contact
from steward.typed_values import read_typed
from validators.fields import FIELDS

router = APIRouter(prefix="/api", tags=["contacts"])
Viewer = Annotated[Visitor, Depends(Needs("viewer"))]
Looking = Annotated[Visitor, Depends(Needs("viewer", changes=False))]
Steward = Annotated[Visitor, Depends(Needs("steward"))]
Contacts = Annotated[list[str], Field(min_length=2, max_length=50)]


class Search(BaseModel):
    """Words to look for; a body, so that no address holds a name."""

    text: str = Field("", max_length=200)
    limit: int = Field(50, ge=1, le=200)
    offset: int = Field(0, ge=0, le=1_000_000_000)
    everywhere: bool = Field(default=False, description="look within names and numbers too: slower")


class Change(BaseModel):
    """Why, and the versions of the contacts as they were seen."""

    reason: str | None = Field(None, max_length=1_000)
    versions: dict[str, int] = Field(default_factory=dict)

    def who(self, visitor: Visitor) -> Who:
        """Who does it."""
        return Who(visitor.user.name, self.reason, self.versions or None)


class Merge(Change):
    """Contacts to merge, into one of them or the oldest."""

    contacts: Contacts
    into: str | None = None


class Apart(Change):
    """Contacts no two of which are one person; `household`: people who live together."""

    contacts: Contacts
    verdict: Literal["different", "household"] = "different"


class Values(Change):
    """Values to pin, by field; null pins a blank. `unpin`: fields the sources decide again."""

    values: dict[str, str | None] = Field(default_factory=dict)
    unpin: list[str] = Field(default_factory=list)


@router.post("/contacts/search")
def search(request: Request, asked: Search, _visitor: Looking) -> ContactPage:
    """Contacts by name, e-mail, phone, company or id."""
    store = request.app.state.desk.store
    return list_contacts(
        store, asked.text, everywhere=asked.everywhere, limit=asked.limit, offset=asked.offset
    )


@router.get("/contacts/{contact}")
def read_contact(request: Request, contact: str, visitor: Viewer) -> dict[str, Any]:
    """All that is known of a contact and where it is from; an old id leads to the survivor."""
    desk = request.app.state.desk
    story = tell_contact(desk.store, contact)
    note_action(desk.store, visitor.user.id, "see contact", story["id"])
    return story


@router.post("/contacts/{contact}/values")
def change_values(request: Request, contact: str, asked: Values, visitor: Steward) -> Done:
    """Pin values, held to the same rules as those of files."""
    store = request.app.state.desk.store
    held = {each["field"]: each["value"] for each in tell_contact(store, contact)["fields"]}
    unknown = [name for name in [*asked.values, *asked.unpin] if name not in FIELDS]
    if unknown or not (asked.values or asked.unpin):
        raise HTTPException(422, f"Not a field: {', '.join(unknown) or 'none was given'}.")
    values: dict[str, str | None] = {}
    for name, text in asked.values.items():
        value, problems = read_typed(name, text or "", held.get("country"))
        if problems:
            raise HTTPException(422, " ".join(problems))
        values[name] = value
    done = edit(store, contact, values, asked.who(visitor)) if values else None
    if asked.unpin:
        who = Who(visitor.user.name, asked.reason, done.contacts) if done else asked.who(visitor)
        done = unpin(store, contact, asked.unpin, who)
    assert done is not None  # noqa: S101 - one of both was asked for
    return done


@router.get("/merges/preview")
def try_merge(
    request: Request,
    _visitor: Viewer,
    contacts: Annotated[list[str], Query(min_length=2, max_length=50)],
    into: str | None = None,
) -> MergePreview:
    """What merging would come to."""
    return preview_merge(request.app.state.desk.store, contacts, into)


@router.post("/merges")
def merge_contacts(request: Request, asked: Merge, visitor: Steward) -> Done:
    """Merge contacts."""
    store = request.app.state.desk.store
    done = merge(store, asked.contacts, asked.who(visitor), into=asked.into)
    name_subject(request, next(iter(done.contacts)))
    return done


@router.post("/apart")
def keep_contacts_apart(request: Request, asked: Apart, visitor: Steward) -> Done:
    """Say that they are not one person, or people of one household; no rule joins them then."""
    name_subject(request, asked.contacts[0])
    store = request.app.state.desk.store
    return keep_apart(store, asked.contacts, asked.verdict, asked.who(visitor))


@router.get("/unmerges/{thing}")
def try_unmerge(request: Request, thing: str, _visitor: Viewer) -> UnmergePreview:
    """What unmerging a record (`r5`), several (`r5,r7`) or a merge (`e12`) would come to."""
    return preview_unmerge(request.app.state.desk.store, thing)


@router.post("/unmerges/{thing}")
def unmerge_records(request: Request, thing: str, asked: Change, visitor: Steward) -> Done:
    """Unmerge a record, several, or a merge; no rule joins them again."""
    return unmerge(request.app.state.desk.store, thing, asked.who(visitor))


@router.get("/undos/{thing}")
def try_undo(request: Request, thing: str, _visitor: Viewer) -> Undone:
    """What taking an import (`b7`) or an event (`e12`) back would come to."""
    return preview_undo(request.app.state.desk.store, thing)


@router.post("/undos/{thing}")
def take_back(request: Request, thing: str, asked: Change, visitor: Steward) -> Undone:
    """Take an import or an event back."""
    return undo(request.app.state.desk.store, thing, asked.who(visitor))
