"""Duplicates inside one table that need no weighing: equal rows, and one e-mail in several rows.

`place` says where a row stands, in words: "line 12".
"""

from collections.abc import Callable

import numpy as np
import pandas as pd

from validators.issues import concat_issues, make_issues

Place = Callable[[int], str]

# One of these, and the address is not one person's.
NOT_PERSONAL = ("email.role", "email.placeholder")


def find_duplicates(
    raw: pd.DataFrame, records: pd.DataFrame, issues: pd.DataFrame, place: Place
) -> pd.DataFrame:
    """Return the issues of rows that repeat an earlier row, or its e-mail address.

    `raw`: all rows as read; `records` and `issues`: the same rows standardized. Index `row`.
    """
    rows = find_equal_rows(raw)
    repeated = make_issues(
        (row, None, "duplicate.row", None, place(first)) for row, first in rows.items()
    )
    if "email" not in records:
        return repeated
    shared = issues.loc[issues["code"].isin(NOT_PERSONAL), "row"]
    emails = records["email"].dropna()
    emails = emails[~emails.index.isin(shared) & ~emails.index.isin(list(rows))]
    again = emails[emails.duplicated(keep=False)]
    firsts = {email: row for row, email in again[~again.duplicated()].items()}
    found = again[again.duplicated()]
    return concat_issues(
        [
            repeated,
            make_issues(
                (int(str(row)), "email", "duplicate.email", email, place(int(str(firsts[email]))))
                for row, email in found.items()
            ),
        ]
    )


def find_equal_rows(raw: pd.DataFrame) -> dict[int, int]:
    """Return each row that equals one before it, with the first of them; missing equals missing.

    Column by column only the rows that are still alike are looked at: mostly none after the first.
    """
    at = np.arange(len(raw))
    group = np.zeros(len(raw), dtype="int64")
    for position in range(raw.shape[1]):
        code, values = pd.factorize(raw.iloc[at, position])
        group = np.unique(group * (len(values) + 1) + code + 1, return_inverse=True)[1]
        alike = np.bincount(group, minlength=1)[group] > 1
        at, group = at[alike], group[alike]
    if not raw.shape[1] or not len(at):
        return {}
    rows = pd.Series(raw.index.to_numpy()[at])
    firsts = rows.groupby(group).transform("first")
    return {int(row): int(first) for row, first in zip(rows, firsts, strict=True) if row != first}
