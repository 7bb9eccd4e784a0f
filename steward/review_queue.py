"""Where in the review queue a person is, and how it is filtered: it travels with the page."""

from collections.abc import Mapping
from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field

from crm.desk_access import list_users
from crm.errors import UnknownIdError
from crm.review import ReviewFilter
from crm.store import Store
from steward.access.guard import Visitor
from steward.access.roles import may

__all__ = ["Place", "find_steward"]

ME: Final = "me"
MINE: Final = "mine"  # and those of nobody
NOBODY: Final = "nobody"


class Place(BaseModel):
    """A place in the queue; what is empty filters nothing.

    `offset`: how many were skipped; `item`: one to be shown whatever its place; `field`: a
    comparison that speaks for the pair or against it, as `how` says; `owner`: who looks at it, by
    number or as `me`, `mine` (and those of nobody) or `nobody`.
    """

    model_config = ConfigDict(frozen=True)

    offset: Annotated[int, Field(ge=0, le=1_000_000_000)] = 0
    item: Annotated[str, Field(max_length=20)] = ""
    source: Annotated[str, Field(max_length=200)] = ""
    lightest: Annotated[str, Field(max_length=20)] = ""
    heaviest: Annotated[str, Field(max_length=20)] = ""
    field: Annotated[str, Field(max_length=40)] = ""
    how: Literal["", "agrees", "differs"] = ""
    owner: Annotated[str, Field(pattern="^(me|mine|nobody|[0-9]{1,9})?$")] = ""

    def which(self, user: int) -> ReviewFilter:
        """The filter as the store takes it, for this person."""
        owners = {ME: user, MINE: user, NOBODY: 0}
        owner = int(self.owner) if self.owner.isdecimal() else owners.get(self.owner)
        field = self.field or None
        return ReviewFilter(
            source=self.source or None,
            min_weight=_number(self.lightest),
            max_weight=_number(self.heaviest),
            agrees=field if self.how == "agrees" else None,
            differs=field if self.how == "differs" else None,
            owner=owner,
            or_nobody=self.owner == MINE,
        )

    @property
    def filters(self) -> Mapping[str, str]:
        """What is filtered by, as the fields of a form."""
        names = ("source", "lightest", "heaviest", "field", "how", "owner")
        told = {name: str(getattr(self, name)) for name in names}
        return {name: text for name, text in told.items() if text}


def find_steward(store: Store, name: str, visitor: Visitor) -> int | None:
    """The number of a person who may judge; None for no name."""
    if not name:
        return None
    if name == visitor.user.name:
        return visitor.user.id
    for user in list_users(store):
        if user.name == name and user.active and may(user.role, "steward"):
            return user.id
    raise UnknownIdError("the desk", "such a steward")


def _number(text: str) -> float | None:
    try:
        return float(text.replace(",", "."))
    except ValueError:
        return None
