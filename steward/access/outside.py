"""People whom another service signs in: which role they have here, and who they are."""

from collections.abc import Collection
from dataclasses import dataclass, field

from crm.desk_access import User, welcome
from crm.store import Store
from leadgate.settings.desk_section import RoleMap
from steward.access.refusals import NotWelcome
from steward.access.roles import Role


@dataclass(frozen=True)
class Outsider:
    """Who another service says it is.

    `id` is its own name of the person, that never changes hands; None where `name` is as good.
    """

    id: str | None
    name: str
    groups: frozenset[str] = field(default_factory=frozenset)


def let_in(store: Store, who: Outsider, roles: RoleMap) -> User:
    """Find or add the person, with the role of today; raises `NotWelcome`."""
    role = find_role(roles, who.groups)
    if role is None:
        raise NotWelcome("You are signed in, but in no group that may work here. Ask an admin.")
    user = welcome(store, who.name, role, who.id)
    if user is None:
        raise NotWelcome(
            "Somebody of your name works here already and signs in otherwise. Ask an admin."
        )
    if not user.active:
        raise NotWelcome("You may not sign in here at the moment. Ask an admin.")
    return user


def find_role(roles: RoleMap, groups: Collection[str]) -> Role | None:
    """The highest role that one of the groups has."""
    mapped: tuple[tuple[Role, tuple[str, ...]], ...] = (
        ("admin", roles.admins),
        ("steward", roles.stewards),
        ("viewer", roles.viewers),
    )
    found = (role for role, named in mapped if set(named) & set(groups))
    return next(found, roles.everybody)
