"""Companies held against the accounts there are: a suggestion, and how sure it is.

A name that is one slip (a letter left out, added, exchanged or swapped) away from the name of one
account was probably meant to be that account. Where the row's mail or web domain is the account's,
it is corrected; else it is a suggestion: two firms may differ by a letter.
"""

import re
from collections.abc import Iterator
from typing import Final

import pandas as pd

from validators.fields import EMAIL_FIELDS
from validators.issues import make_issues
from validators.spelling import ALONE, SURE, Suggestion, find_slips

WITH_DOMAIN: Final = 0.97
# In shorter names a letter is too much of it.
SHORTEST: Final = 7
SITE: Final = re.compile(r"^(?:https?://)?(?:www\.)?([^/:?#]+).*$", re.IGNORECASE)


def mend_companies(
    records: pd.DataFrame, accounts: pd.DataFrame
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Correct the sure slips; return the records, and an issue for every slip.

    `accounts`: columns `name` and `domain` (text or null).
    """
    if "company" not in records or accounts.empty:
        return records, make_issues([])
    column = records["company"]
    slips = find_account_slips(column, accounts["name"])
    hit = column[column.isin(list(slips))]
    if hit.empty:
        return records, make_issues([])
    domains = _domains_by_row(records.loc[hit.index])
    known = set(zip(accounts["name"], accounts["domain"], strict=True))
    meant = hit.map({text: slip.meant for text, slip in slips.items()})
    told = [
        any((name, domain) in known for domain in domains.get(row, ()))
        for row, name in zip(hit.index, meant, strict=True)
    ]
    sure = [(WITH_DOMAIN if each else ALONE) >= SURE for each in told]
    found = [
        (row, "company", "spelling.corrected" if applied else "spelling.suspected", text, name)
        for row, text, name, applied in zip(hit.index.tolist(), hit, meant, sure, strict=True)
    ]
    mended = meant[sure]
    if len(mended):
        records = records.assign(company=mended.reindex(column.index).fillna(column))
    return records, make_issues(found)


def find_account_slips(column: "pd.Series[str]", names: "pd.Series[str]") -> dict[str, Suggestion]:
    """Return slip → the account's name, for the companies no account is called like."""
    accounts = names[names.str.len() >= SHORTEST].drop_duplicates()
    unknown = column.dropna()
    unknown = unknown[(unknown.str.len() >= SHORTEST - 1)]
    unknown = unknown[~unknown.str.casefold().isin(set(names.str.casefold()))]
    if unknown.empty:
        return {}
    near = accounts.str[0].str.casefold().isin(set(unknown.str[0].str.casefold()))
    lengths = set(unknown.str.len())
    near &= accounts.str.len().isin({size + by for size in lengths for by in (-1, 0, 1)})
    return dict(find_slips(unknown, accounts[near].tolist()))


def _domains_by_row(records: pd.DataFrame) -> dict[int, set[str]]:
    """Return row → the domains of its addresses and of its website."""
    found: dict[int, set[str]] = {}
    for domains in _domains_by_column(records):
        for row, domain in zip(domains.index.tolist(), domains.tolist(), strict=True):
            found.setdefault(row, set()).add(domain)
    return found


def all_domains(records: pd.DataFrame) -> set[str]:
    """Return the domains of all addresses and websites, each once."""
    return set().union(*(domains.unique().tolist() for domains in _domains_by_column(records)))


def _domains_by_column(records: pd.DataFrame) -> "Iterator[pd.Series[str]]":
    for name in (*EMAIL_FIELDS, "website"):
        if name not in records:
            continue
        column = records[name].dropna()
        if name == "website":
            column = column.str.replace(SITE, r"\1", regex=True)
        yield column.str.replace("^.*@", "", regex=True).str.casefold()
