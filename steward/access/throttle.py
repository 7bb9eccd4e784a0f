"""How many failed sign-ins are looked at before the next has to wait.

Ten of one address at one name and twenty at one name in all, in a quarter of an hour. Who waits
is let in again afterwards: a stranger's guesses lock nobody out for good.
"""

from typing import Final

from crm.desk_access import count_failures
from crm.store import Store
from steward.access.refusals import TooMany
from steward.access.tokens import hash_token

MINUTES: Final = 15
PER_ADDRESS: Final = 10
PER_NAME: Final = 20


def refuse_guessing(store: Store, name: str, address: str) -> None:
    """Raise `TooMany` where too many tries failed lately."""
    here, in_all = count_failures(store, fingerprint(name), address, minutes=MINUTES)
    if here >= PER_ADDRESS or in_all >= PER_NAME:
        raise TooMany(MINUTES)


def fingerprint(name: str) -> str:
    """The name as the failures keep it: people type passwords into the field for names."""
    return hash_token(name.casefold())
