"""What is noted of contacts and their leads: notes, consent, how far a chance has come."""

from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel, Field

from crm.acts import Done, Who
from crm.consents import give, withdraw
from crm.editing import add_note, set_lead_status
from crm.opportunities import Deal, convert_lead, open_opportunity, set_stage
from steward.access.guard import Needs, Visitor
from steward.api.contacts import Change

router = APIRouter(prefix="/api", tags=["contacts"])
Steward = Annotated[Visitor, Depends(Needs("steward"))]


class Consent(Change):
    """Consent that was given, or withdrawn: a withdrawal outlives every merge and split."""

    purpose: Literal["email", "call"]
    status: Literal["given", "withdrawn"]


class Note(BaseModel):
    """What happened."""

    text: str = Field(min_length=1, max_length=10_000)
    kind: Literal["note", "call", "visit", "e-mail"] = "note"


class Progress(BaseModel):
    """How far a lead or an opportunity has come, in the store's words."""

    to: str = Field(min_length=1, max_length=32)
    reason: str | None = Field(None, max_length=1_000)


class Chance(BaseModel):
    """A chance of business: a decimal amount in a currency such as EUR."""

    name: str = Field(min_length=1, max_length=500)
    amount: str | None = Field(None, max_length=40)
    currency: str | None = Field(None, max_length=3)

    def deal(self) -> Deal:
        """The same, for the store."""
        return Deal(self.name, self.amount, self.currency)


@router.post("/contacts/{contact}/consent")
def change_consent(request: Request, contact: str, asked: Consent, visitor: Steward) -> Done:
    """Note that consent was given or withdrawn."""
    change = give if asked.status == "given" else withdraw
    return change(request.app.state.desk.store, contact, asked.purpose, asked.who(visitor))


@router.post("/contacts/{contact}/notes")
def write_note(request: Request, contact: str, asked: Note, visitor: Steward) -> Done:
    """Write down a note, a call, a visit or an e-mail."""
    who = Who(visitor.user.name)
    return add_note(request.app.state.desk.store, contact, asked.text, who, kind=asked.kind)


@router.post("/contacts/{contact}/opportunities")
def open_chance(request: Request, contact: str, asked: Chance, visitor: Steward) -> Done:
    """Open an opportunity with a contact."""
    who = Who(visitor.user.name)
    return open_opportunity(request.app.state.desk.store, contact, asked.deal(), who)


@router.post("/leads/{lead}/status")
def move_lead(request: Request, lead: str, asked: Progress, visitor: Steward) -> Done:
    """Say how far a lead has come."""
    who = Who(visitor.user.name, asked.reason)
    return set_lead_status(request.app.state.desk.store, lead, asked.to, who)


@router.post("/leads/{lead}/opportunity")
def convert(request: Request, lead: str, asked: Chance, visitor: Steward) -> Done:
    """Make a qualified lead an opportunity."""
    who = Who(visitor.user.name)
    return convert_lead(request.app.state.desk.store, lead, asked.deal(), who)


@router.post("/opportunities/{opportunity}/stage")
def move_opportunity(request: Request, opportunity: str, asked: Progress, visitor: Steward) -> Done:
    """Move an opportunity to a stage; its points follow."""
    who = Who(visitor.user.name, asked.reason)
    return set_stage(request.app.state.desk.store, opportunity, asked.to, who)
