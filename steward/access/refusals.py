"""Why a request is refused before its route runs.

Refusal
├── SignInNeeded   nobody is signed in, or the session has ended
├── RoleNeeded     the role does not include this
├── NotWelcome     signed in elsewhere, but without a role here
├── ForeignForm    a change that no page of this session asked for
└── TooMany        too many failed tries; later again
"""

from steward.access.roles import Role


class Refusal(Exception):  # noqa: N818 - a refusal is an answer, not a fault
    """A request that is not answered; `status` is the HTTP status, the text is for people."""

    status = 403


class SignInNeeded(Refusal):
    """Nobody is signed in, or the session has ended."""

    status = 401

    def __init__(self, *, ended: bool = False) -> None:
        self.ended = ended
        super().__init__(
            "Your session has ended, as it does after an hour without use; nothing was changed. "
            "Sign in and do it again."
            if ended
            else "Sign in first."
        )


class RoleNeeded(Refusal):
    """The role does not include this."""

    def __init__(self, needed: Role) -> None:
        super().__init__(f"This needs the role {needed}. An admin can give it to you.")


class ForeignForm(Refusal):
    """A change that no page of this session asked for."""

    def __init__(self) -> None:
        super().__init__("This form is not from an open page of yours. Load the page again.")


class NotWelcome(Refusal):
    """Another service says who it is, and that is not enough to work here."""


class TooMany(Refusal):
    """Too many failed tries."""

    status = 429

    def __init__(self, minutes: int) -> None:
        super().__init__(f"Too many failed tries. Try again in {minutes} minutes.")
