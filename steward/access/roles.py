"""What each role may do; a role may all that the one before it may."""

from typing import Final, Literal, get_args

Role = Literal["viewer", "steward", "admin"]
ROLES: Final[tuple[Role, ...]] = get_args(Role)


def may(role: str, needed: Role) -> bool:
    """Whether a role includes what another is needed for; an unknown role may nothing."""
    return role in ROLES and ROLES.index(role) >= ROLES.index(needed)
