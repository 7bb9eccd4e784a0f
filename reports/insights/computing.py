"""All insights of a period, from the facts of a store."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from crm.insight_frames import Facts
from crm.opportunities import STAGES
from reports.insights.closing import (
    measure_close_rate,
    measure_cycle,
    measure_forecast,
    measure_pipeline,
)
from reports.insights.deals import attribute, gather_deals
from reports.insights.generated import measure_funnel, measure_sources
from reports.insights.terms import Terms
from reports.insights.worth import measure_churn, measure_returns, measure_value

__all__ = ["Insights", "compute"]


@dataclass(frozen=True)
class Insights:
    """The tables by name, in the order in which they are shown; and what could not be matched.

    `unmatched`: deals from elsewhere that belong to nobody known; `unattributed`: won deals of
    known people without a lead before them.
    """

    terms: Terms
    tables: Mapping[str, pd.DataFrame]
    unmatched: int
    unattributed: int


def compute(facts: Facts, terms: Terms, currency: str = "") -> Insights:
    """Compute all of it; `currency` is that of opportunities which name none."""
    gathered = gather_deals(facts.opportunities, facts.sales, STAGES, currency)
    deals = attribute(gathered, facts.leads)
    won = deals["stage"] == "won"
    leads = facts.leads
    return Insights(
        terms=terms,
        tables={
            "sources": measure_sources(leads, facts.batches, terms),
            "funnel": measure_funnel(leads, deals, terms),
            "pipeline": measure_pipeline(deals, terms),
            "close_rate": measure_close_rate(leads, deals, terms),
            "cycle": measure_cycle(deals, terms),
            "forecast": measure_forecast(deals, terms),
            "churn": measure_churn(deals, terms),
            "value": measure_value(deals, terms),
            "returns": measure_returns(leads, deals, facts.spend, terms),
        },
        unmatched=int(deals["customer"].isna().sum()),
        unattributed=int((won & deals["customer"].notna() & deals["lead"].isna()).sum()),
    )
