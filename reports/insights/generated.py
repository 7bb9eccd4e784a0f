"""Leads: how many each source brought, how good they are, and how far they came.

All of it is about the leads generated in the period: those whose first sign of interest lies there.
"""

from typing import Final

import pandas as pd

from reports.insights.deals import as_days
from reports.insights.terms import Terms

__all__ = ["ALL", "FUNNEL", "measure_funnel", "measure_sources", "within"]

ALL: Final = "(all)"
# A lead that came to a step came through those before; `won` is a deal of the lead that was won.
FUNNEL: Final = ("new", "working", "qualified", "converted", "won")


def within(leads: pd.DataFrame, terms: Terms) -> pd.DataFrame:
    """The leads that were generated in the period."""
    return leads[terms.holds(as_days(leads["first_at"]))]


def measure_sources(leads: pd.DataFrame, batches: pd.DataFrame, terms: Terms) -> pd.DataFrame:
    """Leads by source and their quality.

    Columns: source, leads, share (of all leads), and shares of the source's leads: with_email,
    with_phone, qualified (ever, or further), disqualified; shares of the rows of its imports in the
    period: rejected, duplicates, flagged; null where there were none.
    """
    chosen = within(leads, terms)
    told = pd.DataFrame(
        {
            "source": chosen["source"],
            "with_email": chosen["email"],
            "with_phone": chosen["phone"],
            "qualified": chosen["reached"].isin(["qualified", "converted"]),
            "disqualified": chosen["status"] == "disqualified",
        }
    )
    counts = chosen.groupby("source").size().rename("leads")
    shares = told.groupby("source").mean()
    rows = batches[terms.holds(as_days(batches["started_at"]))]
    columns = {"rejected": "quarantined", "duplicates": "merged", "flagged": "flagged"}
    sums = rows.groupby("source")[["rows_in", *columns.values()]].sum().astype("float64")
    sums = sums[sums["rows_in"] > 0]
    quality = pd.DataFrame({name: sums[of] / sums["rows_in"] for name, of in columns.items()})
    total = max(len(chosen), 1)
    frame = pd.concat([counts, (counts / total).rename("share"), shares, quality], axis="columns")
    frame = frame.assign(leads=frame["leads"].fillna(0).astype("int64"))
    frame = frame.rename_axis("source").reset_index()
    ordered = frame.sort_values(["leads", "source"], ascending=[False, True], ignore_index=True)
    return ordered.astype(dict.fromkeys(ordered.columns[2:], "float64"))


def measure_funnel(leads: pd.DataFrame, deals: pd.DataFrame, terms: Terms) -> pd.DataFrame:
    """How many leads came at least so far: step, leads, of_before, of_all.

    A lead that was disqualified counts as far as it came before; one with a won deal is converted.
    """
    chosen = within(leads, terms)
    won = chosen["lead"].isin(deals["lead"][_won(deals, terms)])
    rank = chosen["reached"].map({name: place for place, name in enumerate(FUNNEL)}).fillna(0)
    rank = rank.where(~won, FUNNEL.index("won"))
    counts = [int((rank >= place).sum()) for place in range(len(FUNNEL))]
    before = [None, *counts[:-1]]
    return pd.DataFrame(
        {
            "step": list(FUNNEL),
            "leads": counts,
            "of_before": [n / b if b else None for n, b in zip(counts, before, strict=True)],
            "of_all": [n / counts[0] if counts[0] else None for n in counts],
        }
    ).astype({"of_before": "float64", "of_all": "float64"})


def _won(deals: pd.DataFrame, terms: Terms) -> pd.Series:
    return (deals["stage"] == "won") & (deals["closed_at"] <= terms.end)
