"""How grave a finding is, where the shipped severity does not fit."""

from collections.abc import Mapping

import pandas as pd


def grade_issues(issues: pd.DataFrame, severities: Mapping[str, str]) -> pd.DataFrame:
    """Return the issues with the severity their code has in `severities`, else their own."""
    if not severities:
        return issues
    graded = issues["code"].map(severities).fillna(issues["severity"])
    return issues.assign(severity=graded.astype("str"))
