"""What ties each row to its contact, so that a person can see it, and one day take it away."""

from typing import Final

import pandas as pd

from crm.evidence import IDENTICAL, INDIRECT, explain_pairs
from dedupe.survivorship import EVENT_FIELDS

__all__ = ["NO_PAIR", "explain_review", "explain_ties", "tie_rows"]

NO_PAIR: Final = -1


def tie_rows(pairs: pd.DataFrame, known: pd.Index, rows: pd.Index) -> pd.DataFrame:
    """Find for every row the pair that ties it to what is already known of its contact.

    The known records reach out over the heaviest pairs, round after round, so that the ties of
    a contact form a tree: taking one away says which records go with it. Index `row`; `pair`,
    the label of the pair (-1 where there is none), and `matched`, the label at its other end.
    """
    pairs = pairs[pairs["decision"] == "match"]
    turned = pairs.rename(columns={"left": "right", "right": "left"})
    steps = pd.concat([pairs, turned])[["left", "right", "weight"]]
    steps = steps[steps["right"].isin(rows)].rename_axis("pair").reset_index()
    steps = steps.sort_values(["weight", "left"], ascending=[False, True], kind="stable")
    found = []
    while True:
        steps = steps[~steps["right"].isin(known)]
        reached = steps[steps["left"].isin(known)].drop_duplicates("right")
        if reached.empty:
            break
        found.append(reached)
        known = known.append(pd.Index(reached["right"]))
    ties = pd.concat([steps.iloc[:0], *found]).set_index("right").reindex(rows)
    return pd.DataFrame(
        {
            "pair": ties["pair"].fillna(NO_PAIR).astype("int64"),
            "matched": ties["left"].astype("Int64"),
        }
    )


def explain_ties(
    rows: pd.DataFrame, pairs: pd.DataFrame, records: pd.DataFrame, candidates: pd.DataFrame
) -> pd.DataFrame:
    """Add `weight` and `evidence` (JSON) to rows (`fate`, `contact`, `pair`, `matched`).

    Rows that were never compared themselves, for they equal another, get that one as `matched`.
    """
    rows = rows.join(_say(pairs, rows["pair"]), on="pair")
    loose = (rows["fate"] == "merged") & (rows["pair"] == NO_PAIR)
    if loose.any():
        equal = _find_equal(rows[rows["contact"].isin(rows["contact"][loose])], loose, records)
        first = pd.concat([candidates["contact"], rows["contact"]]).drop_duplicates()
        first = pd.Series(first.index, index=first.to_numpy())
        equal = equal.reindex(rows.index)
        said = pd.Series(IDENTICAL, index=rows.index, dtype="str").where(equal.notna(), INDIRECT)
        rows["evidence"] = rows["evidence"].mask(loose, said)
        rows["matched"] = rows["matched"].mask(loose, equal.fillna(rows["contact"].map(first)))
    return rows


def _find_equal(rows: pd.DataFrame, loose: pd.Series, records: pd.DataFrame) -> pd.Series:
    """For each row a tied row of its contact with the same values, null where there is none."""
    names = [name for name in records if name not in EVENT_FIELDS]
    folded = records.loc[rows.index, names].apply(lambda column: column.str.lower())
    content = pd.util.hash_pandas_object(folded, index=False)
    keys = pd.DataFrame({"contact": rows["contact"], "content": content})
    tied = keys[~loose[rows.index]].drop_duplicates()
    tied = tied.assign(label=tied.index.astype("int64"))
    found = keys.merge(tied, how="left", on=["contact", "content"])["label"]
    return found.astype("Int64").set_axis(rows.index)


def explain_review(review: pd.DataFrame, pairs: pd.DataFrame) -> pd.DataFrame:
    """Add `weight` and `evidence` (JSON) to pairs that wait for review."""
    return review.join(_say(pairs, review["pair"]), on="pair")


def _say(pairs: pd.DataFrame, wanted: pd.Series) -> pd.DataFrame:
    chosen = pairs.loc[pd.Index(wanted[wanted != NO_PAIR].unique())]
    return pd.DataFrame(
        {"weight": chosen["weight"].astype("float64"), "evidence": explain_pairs(chosen)}
    )
