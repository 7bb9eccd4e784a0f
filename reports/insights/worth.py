"""Customers and money: churn, what a customer is worth, and what a source returns on its cost.

A customer is whoever has a won deal that was not cancelled. Money is told per currency, and
amounts of two currencies are never added up.
"""

import pandas as pd

from reports.insights.deals import as_days
from reports.insights.terms import Terms

__all__ = ["find_tenures", "measure_churn", "measure_returns", "measure_value"]


def find_tenures(deals: pd.DataFrame) -> pd.DataFrame:
    """From when to when each customer was one: customer, since, left (null: still is).

    Since the first won deal; until the last of their deals is cancelled, and only where all are.
    Deals that belong to nobody known are a customer each.
    """
    won = deals[deals["stage"] == "won"]
    owner = won["customer"].fillna("deal " + won["deal"])
    grouped = won.assign(customer=owner).groupby("customer")
    since, left = grouped["closed_at"].min(), grouped["left_at"].max()
    gone = grouped["left_at"].count() == grouped.size()
    frame = pd.DataFrame({"since": since, "left": left.where(gone)})
    return frame.reset_index()


def measure_churn(deals: pd.DataFrame, terms: Terms) -> pd.DataFrame:
    """Customers lost a month: month, at_start, won, lost, churn.

    churn = lost / at_start, where lost are those of the customers at the start who left in it.
    """
    tenures = find_tenures(deals)
    lines = []
    for month in terms.months():
        first, last = month.start_time, month.end_time
        there = (tenures["since"] < first) & ~(tenures["left"] < first)
        lost = there & (tenures["left"] <= last)
        fresh = (tenures["since"] >= first) & (tenures["since"] <= last)
        at_start = int(there.sum())
        rate = int(lost.sum()) / at_start if at_start else None
        lines.append((str(month), at_start, int(fresh.sum()), int(lost.sum()), rate))
    frame = pd.DataFrame(lines, columns=["month", "at_start", "won", "lost", "churn"])
    return frame.astype({"churn": "float64"})


def measure_value(deals: pd.DataFrame, terms: Terms) -> pd.DataFrame:
    """What a customer is worth: currency, customers, revenue, per_customer, per_month, value.

    Of deals won in the period. per_customer = revenue / customers; per_month = revenue / months
    of the period in which each of them was a customer; value = per_month x margin / monthly churn
    of the period, null where nobody was lost.
    """
    won = deals[(deals["stage"] == "won") & terms.holds(deals["closed_at"])]
    owner = won["customer"].fillna("deal " + won["deal"])
    grouped = won.assign(customer=owner).groupby("currency")
    frame = grouped.agg(customers=("customer", "nunique"), revenue=("amount", "sum"))
    tenures = find_tenures(deals).set_index("customer")
    begun = tenures["since"].where(tenures["since"] > terms.start, terms.start)
    ended = tenures["left"].where(tenures["left"] < terms.end, terms.end)
    months = ended.dt.to_period("M").astype("int64") - begun.dt.to_period("M").astype("int64") + 1
    bought = won.assign(customer=owner)[["currency", "customer"]].drop_duplicates()
    bought = bought.assign(months=months.reindex(bought["customer"]).to_numpy())
    theirs = bought.groupby("currency")["months"].sum()
    churned = measure_churn(deals, terms)
    base = int(churned["at_start"].sum())
    churn = int(churned["lost"].sum()) / base if base else 0.0
    per_month = frame["revenue"] / theirs
    value = per_month * terms.margin / churn if churn else per_month * float("nan")
    frame = frame.assign(
        per_customer=frame["revenue"] / frame["customers"], per_month=per_month, value=value
    )
    money = ["revenue", "per_customer", "per_month", "value"]
    return frame.reset_index().astype(dict.fromkeys(money, "float64")).round(2)


def measure_returns(
    leads: pd.DataFrame, deals: pd.DataFrame, spend: pd.DataFrame, terms: Terms
) -> pd.DataFrame:
    """What the cost of a source brought: source, currency, cost, leads, won, revenue and rates.

    Of leads generated in the period and their deals won until its end; cost: of the months that
    lie in it, whole or in part. cost_per_lead = cost / leads; cost_per_won = cost / won deals;
    returned = (revenue x margin - cost) / cost. Null where there is nothing to divide by.
    """
    months = terms.months().astype("str")
    paid = spend[spend["month"].isin(months)]
    cost = paid.assign(cost=pd.to_numeric(paid["amount"])).groupby(["source", "currency"])["cost"]
    of_period = leads[terms.holds(as_days(leads["first_at"]))]
    won = deals[
        (deals["stage"] == "won")
        & (deals["closed_at"] <= terms.end)
        & deals["lead"].isin(of_period["lead"])
    ]
    brought = won.groupby(["source", "currency"]).agg(
        won=("deal", "size"), revenue=("amount", "sum")
    )
    frame = pd.concat([cost.sum(), brought], axis="columns").rename_axis(["source", "currency"])
    frame = frame.fillna(0.0).reset_index()
    counts = of_period.groupby("source").size()
    frame["leads"] = frame["source"].map(counts).fillna(0).astype("int64")
    paid_for = frame["cost"].where(frame["cost"] > 0)
    frame = frame.assign(
        cost_per_lead=paid_for / frame["leads"].where(frame["leads"] > 0),
        cost_per_won=paid_for / frame["won"].where(frame["won"] > 0),
        returned=(frame["revenue"] * terms.margin - frame["cost"]) / paid_for,
    )
    columns = ["source", "currency", "cost", "leads", "won", "revenue"]
    columns += ["cost_per_lead", "cost_per_won", "returned"]
    money = dict.fromkeys(("cost", "revenue", "cost_per_lead", "cost_per_won"), 2)
    return frame[columns].astype({"won": "int64"}).round({**money, "returned": 4})
