"""A batch beside the earlier ones of its source, as the report tells it."""

from collections.abc import Sequence

import pandas as pd

from crm.profiles import read_profile, read_profiles
from crm.store import Store
from reports.issue_groups import sentences
from reports.model import ColumnLine, Profiled
from validators.profile import Profile


def describe_profile(store: Store, number: int, source: str, issues: pd.DataFrame) -> Profiled:
    """Describe the columns of a batch; nothing where it was too small to be profiled."""
    kept = read_profile(store, number)
    if kept is None:
        return Profiled()
    now = Profile.from_dict(kept)
    earlier = [Profile.from_dict(each) for each in read_profiles(store, source, before=number)]
    drift = issues[issues["code"].str.startswith("drift.")]
    columns = tuple(
        ColumnLine(
            header=header,
            filled=100 * column.filled / now.rows,
            filled_before=_filled_before(header, earlier),
            distinct=column.distinct,
            looked_at=column.looked_at,
            mean_length=round(column.mean_length, 1),
        )
        for header, column in now.columns.items()
    )
    return Profiled(columns, len(earlier), tuple(sentences(drift)))


def _filled_before(header: str, earlier: Sequence[Profile]) -> float | None:
    known = [each for each in earlier if header in each.columns]
    if not known:
        return None
    filled = sum(each.columns[header].filled for each in known)
    return 100 * filled / sum(each.rows for each in known)
