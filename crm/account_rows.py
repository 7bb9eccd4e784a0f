"""Find the accounts of contacts by their key, and open those that are new."""

import pandas as pd
from sqlalchemy import Connection, select

from crm.bulk import insert_frame, listed_texts, number_lines
from crm.models import account

__all__ = ["find_accounts"]


def find_accounts(connection: Connection, number: int, accounts: pd.DataFrame) -> pd.Series:
    """Contact -> account id (Int64). `accounts`: index contact; `key`, `name`, `domain`."""
    distinct = accounts.drop_duplicates("key")
    if distinct.empty:
        return pd.Series(dtype="Int64")
    keys = listed_texts(connection, distinct["key"])
    found = connection.execute(select(account.c.key, account.c.id).where(account.c.key.in_(keys)))
    ids = {row.key: row.id for row in found}
    new = number_lines(connection, account, distinct[~distinct["key"].isin(list(ids))])
    insert_frame(connection, account, new, status="prospect", created_batch=number)
    ids.update(zip(new["key"], new["id"], strict=True))
    return accounts["key"].map(ids).astype("Int64")
