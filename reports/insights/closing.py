"""Deals on their way: the pipeline, the close rate, the sales cycle, and what is to be expected."""

import pandas as pd

from reports.insights.generated import ALL, within
from reports.insights.terms import Terms

__all__ = ["measure_close_rate", "measure_cycle", "measure_forecast", "measure_pipeline"]

FORECAST_MONTHS = 3


def _find_open(deals: pd.DataFrame, terms: Terms) -> pd.DataFrame:
    """The deals that are open now and were opened before the end of the period."""
    return deals[(deals["opened_at"] <= terms.end) & deals["closed_at"].isna()]


def measure_pipeline(deals: pd.DataFrame, terms: Terms) -> pd.DataFrame:
    """Open deals by stage: stage, points, currency, deals, amount, weighted.

    weighted = the sum of amount x points / 100; a deal without an amount adds nothing.
    """
    still = _find_open(deals, terms)
    weighted = still["amount"] * still["points"].astype("float64") / 100
    grouped = still.assign(weighted=weighted).groupby(["currency", "points", "stage"])
    frame = grouped.agg(
        deals=("deal", "size"), amount=("amount", "sum"), weighted=("weighted", "sum")
    )
    columns = ["stage", "points", "currency", "deals", "amount", "weighted"]
    frame = frame.reset_index()[columns].astype({"points": "Int64"})
    return frame.round({"amount": 2, "weighted": 2})


def measure_close_rate(leads: pd.DataFrame, deals: pd.DataFrame, terms: Terms) -> pd.DataFrame:
    """Closed / generated, by source and of all: source, generated, closed, close_rate.

    generated: leads of the period; closed: those of them with a deal won until its end.
    """
    won = deals["lead"][(deals["stage"] == "won") & (deals["closed_at"] <= terms.end)]
    chosen = within(leads, terms)
    told = chosen.assign(closed=chosen["lead"].isin(won))
    by_source = told.groupby("source").agg(generated=("lead", "size"), closed=("closed", "sum"))
    whole = pd.DataFrame({"generated": [len(told)], "closed": [int(told["closed"].sum())]}, [ALL])
    frame = pd.concat([by_source, whole]).rename_axis("source").reset_index()
    rate = frame["closed"] / frame["generated"].where(frame["generated"] > 0)
    return frame.astype({"generated": "int64", "closed": "int64"}).assign(
        close_rate=rate.astype("float64")
    )


def measure_cycle(deals: pd.DataFrame, terms: Terms) -> pd.DataFrame:
    """Days from a lead to its won deal, of deals won in the period, by source and of all.

    Columns: source, deals, mean, median, slowest_tenth (the 90th percentile), in days.
    """
    chosen = deals[(deals["stage"] == "won") & terms.holds(deals["closed_at"])]
    chosen = chosen[chosen["generated_at"].notna()]
    days = (chosen["closed_at"] - chosen["generated_at"]).dt.days
    told = pd.concat(
        [
            pd.DataFrame({"source": chosen["source"], "days": days}),
            pd.DataFrame({"source": ALL, "days": days}),
        ]
    )
    grouped = told.groupby("source")["days"]
    frame = grouped.agg(
        deals="size",
        mean="mean",
        median="median",
        slowest_tenth=lambda each: each.quantile(0.9),
    )
    return frame.reset_index().astype({"deals": "int64"})


def measure_forecast(deals: pd.DataFrame, terms: Terms) -> pd.DataFrame:
    """What the coming months may bring: month, currency, deals, weighted, run_rate.

    An open deal is expected to close the median time between opening and winning after it was
    opened, in the first month where that has passed; without any won deal all of them are
    expected in the first month. weighted: as in the pipeline. run_rate: the mean revenue of the
    last three whole months before.
    """
    won = deals[(deals["stage"] == "won") & (deals["closed_at"] <= terms.end)]
    taken = (won["closed_at"] - won["opened_at"]).median()
    still = _find_open(deals, terms)
    first = pd.Period(terms.end, freq="M")
    due = pd.to_datetime(still["opened_at"] + (pd.Timedelta(0) if len(won) == 0 else taken))
    month = due.dt.to_period("M")
    month = month.where(month >= first, first)
    weighted = still["amount"] * still["points"].astype("float64") / 100
    told = still.assign(month=month, weighted=weighted)
    sums = told.groupby(["month", "currency"]).agg(
        deals=("deal", "size"), weighted=("weighted", "sum")
    )
    rate = _run_rate(won, first)
    currencies = sorted({*told["currency"], *rate.index})
    months = pd.period_range(first, periods=FORECAST_MONTHS, freq="M")
    every = pd.MultiIndex.from_product([months, currencies], names=["month", "currency"])
    frame = sums.reindex(every, fill_value=0).reset_index()
    run_rate = frame["currency"].map(rate).fillna(0.0).astype("float64")
    frame = frame.assign(run_rate=run_rate, month=frame["month"].astype("str"))
    return frame.astype({"deals": "int64"}).round({"weighted": 2, "run_rate": 2})


def _run_rate(won: pd.DataFrame, first: pd.Period) -> "pd.Series[float]":
    month = won["closed_at"].dt.to_period("M")
    last = won[(month >= first - 3) & (month < first)]
    rate: pd.Series[float] = last.groupby("currency")["amount"].sum() / 3
    return rate
