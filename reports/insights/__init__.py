"""Insight from what was loaded: pure computation on frames; docs/insights.md has every formula."""

from reports.insights.computing import Insights, compute
from reports.insights.terms import Terms, choose_terms

__all__ = ["Insights", "Terms", "choose_terms", "compute"]
