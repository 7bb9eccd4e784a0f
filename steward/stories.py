"""What pages and the API tell of one contact or one account."""

from typing import Any

from crm.errors import UnknownIdError
from crm.ids import read
from crm.store import Store
from crm.trace import trace


def tell_contact(store: Store, contact: str) -> dict[str, Any]:
    """The story of a contact; raises `UnknownIdError` for the id of anything else."""
    return _tell(store, contact, "contact")


def tell_account(store: Store, account: str) -> dict[str, Any]:
    """The story of an account; raises `UnknownIdError` for the id of anything else."""
    return _tell(store, account, "account")


def _tell(store: Store, thing: str, table: str) -> dict[str, Any]:
    if (read(thing) or ("",))[0] != table:
        raise UnknownIdError("", thing)
    return trace(store, thing)
