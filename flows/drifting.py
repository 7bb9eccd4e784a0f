"""A batch beside the earlier ones of its source: profiled and compared."""

from dataclasses import dataclass, replace

import pandas as pd

from crm.profiles import keep_profile, read_profiles, was_loaded
from crm.store import LoadResult, Store
from flows.job import ImportJob
from flows.stages import Cleaned, Mapped
from validators.drift import find_drift
from validators.grading import grade_issues
from validators.issues import concat_issues, message
from validators.profile import ENOUGH, Profile, profile_rows


@dataclass(frozen=True)
class Watched:
    """What a batch looks like, and what is different about it."""

    profile: Profile | None
    issues: pd.DataFrame

    def sentences(self) -> tuple[str, ...]:
        """Say what is different."""
        texts = ("code", "field", "before", "after")
        return tuple(
            message(code, *(text if isinstance(text, str) else None for text in rest))
            for code, *rest in self.issues[list(texts)].itertuples(index=False, name=None)
        )


def watch(store: Store, mapped: Mapped, cleaned: Cleaned, job: ImportJob) -> Watched:
    """Compare the rows with the last batches of their source; few rows are not compared."""
    if len(mapped.raw) < ENOUGH:
        return Watched(None, cleaned.issues.head(0))
    profile = profile_rows(mapped.raw, _fields(mapped), cleaned.issues)
    if was_loaded(store, job.source, mapped.received.digest):
        return Watched(profile, cleaned.issues.head(0))
    earlier = [Profile.from_dict(told) for told in read_profiles(store, job.source)]
    issues = grade_issues(find_drift(profile, earlier), job.severities)
    return Watched(profile, issues)


def with_drift(cleaned: Cleaned, watched: Watched) -> Cleaned:
    """Add what is different to the issues of the batch."""
    return replace(cleaned, issues=concat_issues([cleaned.issues, watched.issues]))


def remember(store: Store, result: LoadResult, watched: Watched) -> None:
    """Keep the profile for the batches to come."""
    if not result.written or result.batch is None or watched.profile is None:
        return
    keep_profile(store, result.batch, watched.profile.as_dict())


def _fields(mapped: Mapped) -> dict[str, str | None]:
    """The field each header was taken for, over all tables."""
    return {each.column: each.field for table in mapped.mappings for each in table.columns}
