"""Names and domains of the accounts there are, for new rows to be held against."""

from collections.abc import Callable, Collection
from typing import Final

import pandas as pd
from sqlalchemy import Connection, func, select

from crm.bulk import listed_texts
from crm.models import account

__all__ = ["read_account_names"]

# A store with more accounts than this is asked for those of certain domains only.
FEW: Final = 50_000


def read_account_names(
    connection: Connection, domains: Callable[[], Collection[str]]
) -> pd.DataFrame:
    """Return `name` and `domain` (or null) of all accounts, or of those that have the domains."""
    wanted = select(account.c.name, account.c.domain).where(account.c.name.is_not(None))
    if (connection.scalar(select(func.count()).select_from(account)) or 0) > FEW:
        keys = listed_texts(connection, [f"domain:{domain}" for domain in domains()])
        wanted = wanted.where(account.c.key.in_(keys))
    rows = connection.execute(wanted).all()
    return pd.DataFrame(rows, columns=["name", "domain"], dtype="str")
