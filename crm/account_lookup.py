"""The account that is there already for what some stored records say of their company."""

from collections.abc import Iterable

import pandas as pd
from sqlalchemy import Connection, select

from crm.bulk import listed_numbers, listed_texts
from crm.json_text import from_json
from crm.models import account, source_record
from dedupe.accounts import resolve_accounts
from validators.fields import FIELDS

__all__ = ["find_account"]


def find_account(connection: Connection, records: Iterable[int]) -> int | None:
    """Find the account of the company these records name; null where there is none."""
    wanted = source_record.c.id.in_(listed_numbers(connection, records))
    texts = list(connection.scalars(select(source_record.c.standard).where(wanted)))
    standard = from_json(pd.Series(texts, dtype="str"), list(FIELDS))
    named = resolve_accounts(standard).frame
    keys = [
        *("domain:" + named["domain"].dropna()),
        *("name:" + named["name"].str.casefold().dropna()),
    ]
    found = account.c.key.in_(listed_texts(connection, keys))
    number: int | None = connection.scalar(select(account.c.id).where(found).order_by(account.c.id))
    return number
