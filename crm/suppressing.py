"""Rows of people who were erased: known again by keyed hashes, and kept out."""

from collections.abc import Iterator

import pandas as pd
from sqlalchemy import Connection, select

from crm.bulk import listed_texts
from crm.erasure_key import find_key, keyed_hash
from crm.steward_models import suppression
from validators.fields import EMAIL_FIELDS, PHONE_FIELDS
from validators.standardize.email import is_role

__all__ = ["Identifier", "any_suppressed", "find_suppressed", "known_by"]

Identifier = tuple[str, str]


def known_by(record: dict[str, str | None]) -> Iterator[Identifier]:
    """Yield what a person is known by: (kind, text).

    A mailbox of a role, a phone and an address may be of several people, so that they count
    together with the name alone.
    """
    name = " ".join(
        str(record[each]).casefold() for each in ("given_name", "family_name") if record.get(each)
    )
    for field in EMAIL_FIELDS:
        email = record.get(field)
        if email:
            yield "email", f"{email} {name}" if is_role(email.partition("@")[0]) else email
    if not name:
        return
    for field in PHONE_FIELDS:
        if record.get(field):
            yield "phone", f"{record[field]} {name}"
    if record.get("birth_date"):
        yield "name", f"{name} {record['birth_date']}"
    if record.get("postal_code") and record.get("street"):
        yield "name", f"{name} {record['postal_code']} {str(record['street']).casefold()}"


def any_suppressed(connection: Connection) -> bool:
    """Tell whether anybody was erased."""
    return connection.scalar(select(suppression.c.hash).limit(1)) is not None


def find_suppressed(connection: Connection, records: pd.DataFrame, hashes: pd.Series) -> pd.Series:
    """Find rows of erased people: row -> a keyed hash to know the row by, instead of its content.

    Raises `ErasureKeyError` where people were erased and the key is not at hand.
    """
    key = find_key(connection)
    owners: dict[str, list[int]] = {}
    for row, identifier in _identifiers(records):
        owners.setdefault(keyed_hash(key, *identifier), []).append(row)
    wanted = listed_texts(connection, owners)
    known = select(suppression.c.hash).where(suppression.c.hash.in_(wanted))
    rows = sorted({row for found in connection.scalars(known) for row in owners[found]})
    texts = {row: keyed_hash(key, "row", hashes[row])[:32] for row in rows}
    return pd.Series(texts, dtype="str")


def _identifiers(records: pd.DataFrame) -> Iterator[tuple[int, Identifier]]:
    names = [*EMAIL_FIELDS, *PHONE_FIELDS, "given_name", "family_name", "birth_date"]
    names += ["postal_code", "street"]
    told = records[[name for name in names if name in records]]
    told = told.astype(object).where(told.notna(), None)
    columns = [str(name) for name in told.columns]
    for row, values in zip(told.index.tolist(), told.to_numpy().tolist(), strict=True):
        for identifier in known_by(dict(zip(columns, values, strict=True))):
            yield row, identifier
