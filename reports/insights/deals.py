"""Deals: opportunities of the store and sales from elsewhere, one line each.

Columns of a deal: `deal`, `customer`, `source` and `lead` it came from, `stage`, `points`,
`amount` (float), `currency`, and the days `opened_at`, `closed_at` (won or lost), `left_at` (the
customer left), `generated_at` (of its lead).
"""

from collections.abc import Mapping
from typing import Final

import pandas as pd

__all__ = ["COLUMNS", "as_days", "attribute", "fold_sales", "gather_deals"]

COLUMNS: Final = (
    "deal",
    "customer",
    "contact",
    "lead",
    "stage",
    "points",
    "amount",
    "currency",
    "opened_at",
    "closed_at",
    "left_at",
)
CANCELLED: Final = "cancelled"
CLOSED: Final = ("won", "lost")


def gather_deals(
    opportunities: pd.DataFrame,
    sales: pd.DataFrame,
    points: Mapping[str, int],
    currency: str = "",
) -> pd.DataFrame:
    """Put opportunities and sales together; `currency` is that of opportunities without one.

    Where a sale names an opportunity of the store (its deal is `o3`), the opportunity is amended
    by what the sale says, not counted a second time.
    """
    own = opportunities.assign(
        amount=pd.to_numeric(opportunities["amount"]),
        currency=opportunities["currency"].fillna(currency),
        opened_at=as_days(opportunities["opened_at"]),
        closed_at=as_days(opportunities["closed_at"]),
        left_at=pd.to_datetime(pd.Series(None, opportunities.index, "str")),
    )
    told = fold_sales(sales, points)
    mine = told["deal"].isin(own["deal"])
    amended = told[mine].set_index("deal")
    rest = own.set_index("deal")
    both = amended.combine_first(rest) if len(amended) else rest
    every = pd.concat([_typed(both.reset_index()), _typed(told[~mine])], ignore_index=True)
    every["left_at"] = _departures(every, sales)
    return every


def fold_sales(sales: pd.DataFrame, points: Mapping[str, int]) -> pd.DataFrame:
    """Fold the lines of each deal into one: the last stage, the last amount, the days.

    `sales`: source, deal, stage, at (YYYY-MM-DD), amount, currency, contact, customer, lead, in
    the order in which they were told. Lines of one day count in that order.
    """
    lines = sales.assign(at=as_days(sales["at"]), amount=pd.to_numeric(sales["amount"]))
    lines = lines.sort_values("at", kind="stable")
    moves = lines[lines["stage"] != CANCELLED]
    by = moves.groupby(["source", "deal"], sort=False)
    folded = by.agg(
        customer=("customer", "last"),
        contact=("contact", "last"),
        lead=("lead", "last"),
        stage=("stage", "last"),
        amount=("amount", "last"),
        currency=("currency", "last"),
        opened_at=("at", "first"),
        last_at=("at", "last"),
    ).reset_index()
    left = lines[lines["stage"] == CANCELLED].groupby(["source", "deal"])["at"].max()
    keys = pd.MultiIndex.from_frame(folded[["source", "deal"]])
    closed = folded["stage"].isin(CLOSED)
    return _typed(
        folded.assign(
            points=folded["stage"].map(points),
            closed_at=folded["last_at"].where(closed),
            left_at=left.reindex(keys).to_numpy(),
        )
    )


def attribute(deals: pd.DataFrame, leads: pd.DataFrame) -> pd.DataFrame:
    """Say which lead each deal came from: the one it names, else the last one before it.

    Adds `source` and `generated_at`, null where no lead of the contact was there when the deal
    was closed, or opened where it is open.
    """
    at = deals["closed_at"].fillna(deals["opened_at"])
    known = leads[["lead", "contact", "source", "first_at"]].assign(day=as_days(leads["first_at"]))
    asked = deals[["contact"]].assign(at=at, row=deals.index).dropna(subset=["contact", "at"])
    found = pd.merge_asof(
        asked.astype({"contact": "int64"}).sort_values("at"),
        known.dropna(subset=["contact"]).astype({"contact": "int64"}).sort_values("day"),
        left_on="at",
        right_on="day",
        by="contact",
    ).set_index("row")["lead"]
    lead = deals["lead"].where(deals["lead"].isin(known["lead"]))
    lead = lead.fillna(found.reindex(deals.index)).astype("Int64")
    by_lead = known.set_index("lead")
    return deals.assign(
        lead=lead,
        source=_look_up(lead, by_lead["source"]),
        generated_at=_look_up(lead, by_lead["day"]),
    )


def as_days(texts: pd.Series) -> pd.Series:
    """The days of ISO dates and times, in UTC."""
    days = pd.to_datetime(texts.str.slice(0, 10), format="%Y-%m-%d", errors="coerce")
    return days.astype("datetime64[s]")


def _departures(deals: pd.DataFrame, sales: pd.DataFrame) -> pd.Series:
    """When the customer of each deal left it; a line that names no deal is about all of theirs."""
    lines = sales.assign(at=as_days(sales["at"]))
    named = set(lines["deal"][lines["stage"] != CANCELLED]) | set(deals["deal"])
    whole = lines[(lines["stage"] == CANCELLED) & ~lines["deal"].isin(named)]
    last = whole.dropna(subset=["customer"]).groupby("customer")["at"].max()
    gone = _look_up(deals["customer"], last)
    # Whoever bought again after leaving is a customer again.
    gone = gone.where(gone >= deals["closed_at"])
    return deals["left_at"].fillna(gone)


def _look_up(keys: pd.Series, known: pd.Series) -> pd.Series:
    """The value of each key, null where it is not known; of the type of `known`, also if empty."""
    return pd.Series(known.reindex(keys).array, keys.index)


def _typed(frame: pd.DataFrame) -> pd.DataFrame:
    """The columns of deals with the types they have, however few lines there are."""
    days = dict.fromkeys(("opened_at", "closed_at", "left_at"), "datetime64[s]")
    kinds = {"points": "Float64", "amount": "float64", "contact": "Int64", "lead": "Int64", **days}
    texts = dict.fromkeys(("deal", "customer", "stage", "currency"), "str")
    return frame.reindex(columns=list(COLUMNS)).astype({**kinds, **texts})
