"""Rows of sales and cost figures, held to what can be counted.

`sales`: one line of a deal's life (won, a stage, cancelled) with its date. `costs`: what was spent
on a source in a month. Frames in, frames out; the values are standardized as those of leads are.
"""

import difflib
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final, Literal

import pandas as pd

from validators.issues import concat_issues, make_issues
from validators.mapping.errors import UnknownColumnError, UnknownFieldError, UnmappedFiguresError
from validators.mapping.headers import fold_header
from validators.standardize import standardize

__all__ = ["CANCELLED", "HEADERS", "FigureKind", "Figures", "map_figures", "read_figures"]

FigureKind = Literal["sales", "costs"]
CANCELLED: Final = "cancelled"

# Field -> the headers it is known by, folded; the first that is there is taken.
HEADERS: Final[Mapping[FigureKind, Mapping[str, str]]] = {
    "sales": {
        "deal": "deal|deal id|deal key|deal name|opportunity|opportunity id|order|order id|"
        "order number|invoice|invoice number|contract|contract number|auftrag|auftragsnummer|"
        "rechnung|rechnungsnummer",
        "stage": "stage|deal stage|sales stage|status|deal status|event|phase",
        "at": "date|at|close date|closed|closed at|closed on|won at|won on|event date|order date|"
        "invoice date|datum|abschlussdatum",
        "amount": "amount|deal amount|value|deal value|revenue|total|price|betrag|umsatz|summe",
        "currency": "currency|currency code|deal currency|wahrung",
        "contact": "contact id|leadgate contact",
        "lead": "lead id|leadgate lead",
        "email": "email|e mail|mail|email address|e mail address|contact email|customer email",
        "phone": "phone|phone number|telephone|tel|mobile|telefon|contact phone",
        "external_id": "external id|record id|customer id|customer number|customer no|crm id|"
        "kundennummer",
    },
    "costs": {
        "source": "source|lead source|channel|campaign|quelle|kanal|kampagne",
        "month": "month|monat|date|period|datum|zeitraum",
        "amount": "amount|cost|costs|spend|spent|expenses|budget|betrag|kosten|ausgaben",
        "currency": "currency|currency code|wahrung",
    },
}
NEEDED: Final[Mapping[FigureKind, tuple[str, ...]]] = {
    "sales": ("at",),
    "costs": ("source", "month", "amount"),
}
STAGE_WORDS: Final = {
    "closed won": "won",
    "gewonnen": "won",
    "sold": "won",
    "paid": "won",
    "closed lost": "lost",
    "verloren": "lost",
    "canceled": CANCELLED,
    "churned": CANCELLED,
    "terminated": CANCELLED,
    "gekundigt": CANCELLED,
}
SIGNS: Final = {"€": "EUR", "£": "GBP", "$": "USD", "EURO": "EUR"}
SIGN: Final = r"([€£$]|\b[A-Z]{3}\b)"
MONTH: Final = re.compile(r"(?P<y>\d{4})[-/.](?P<m>\d{1,2})|(?P<m2>\d{1,2})[-/.](?P<y2>\d{4})")
IDS: Final = {"contact": r"c[1-9]\d*", "lead": r"l[1-9]\d*"}
# What the rules for leads know, by the names they know it under.
AS_LEADS: Final = {
    "at": "occurred_at",
    **{name: name for name in ("amount", "email", "phone", "external_id")},
}


@dataclass(frozen=True)
class Figures:
    """Rows that count (index `row`, columns of `HEADERS`), and why the others do not.

    `rejected`: the rows with an error; `issues`: all that was found, as everywhere.
    """

    records: pd.DataFrame
    issues: pd.DataFrame
    rejected: "pd.Index[int]"


def map_figures(
    rows: pd.DataFrame, kind: FigureKind, overrides: Mapping[str, str | None]
) -> pd.DataFrame:
    """Give the columns of a table their fields; those that are none are left out.

    Raises a `MappingError` for an override that leads nowhere, and where a column is missing that
    no row can be counted without.
    """
    headers = [str(name) for name in rows.columns]
    for column, field in overrides.items():
        if column not in headers:
            raise UnknownColumnError(column, difflib.get_close_matches(column, headers))
        if field and field not in HEADERS[kind]:
            raise UnknownFieldError(field, difflib.get_close_matches(field, HEADERS[kind]))
    chosen = {field: column for column, field in overrides.items() if field}
    folded = {fold_header(name): name for name in reversed(headers) if name not in overrides}
    for field, known in HEADERS[kind].items():
        found = next((folded[text] for text in known.split("|") if text in folded), None)
        if found is not None and found not in chosen.values():
            chosen.setdefault(field, found)
    missing = [field for field in NEEDED[kind] if field not in chosen]
    if missing:
        raise UnmappedFiguresError(kind, missing, headers)
    return pd.DataFrame({field: rows[column] for field, column in chosen.items()}, rows.index)


def read_figures(
    records: pd.DataFrame, kind: FigureKind, stages: Collection[str], currency: str = ""
) -> Figures:
    """Standardize mapped rows; `currency` is that of amounts which name none.

    `stages`: the words a sale's stage may have, beside `cancelled`. A row without a stage is won.
    """
    texts = records.reindex(columns=list(HEADERS[kind])).astype("str")
    plain, found = _standardized(texts, kind)
    issues = [found]
    plain["currency"], wrong = _read_currency(texts, currency)
    issues.append(_issue("figures.currency", "currency", wrong))
    needed = ["source", "month", "amount"]
    if kind == "sales":
        plain["stage"], unknown = _read_stage(texts["stage"], {*stages, CANCELLED})
        issues.append(_issue("figures.unknown_stage", "stage", unknown))
        needed = ["at"]
        unpaid = plain.index[(plain["stage"] == "won") & plain["amount"].isna()]
        issues.append(_issue("figures.missing", "amount", texts.loc[unpaid, "amount"]))
    for field in needed:
        there = plain.index[plain[field].isna()]
        issues.append(_issue("figures.missing", field, texts.loc[there, field]))
    every = concat_issues(issues).sort_values("row", kind="stable", ignore_index=True)
    rejected = pd.Index(every["row"][every["severity"] == "error"].unique()).intersection(
        plain.index
    )
    return Figures(plain.drop(rejected)[list(HEADERS[kind])], every, rejected)


def _standardized(texts: pd.DataFrame, kind: FigureKind) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The values under their fields, and what was found; a bad e-mail rejects no figure."""
    known = {name: field for name, field in AS_LEADS.items() if name in texts}
    done = standardize(texts[list(known)].rename(columns=known))
    plain = texts.copy()
    for name, field in known.items():
        plain[name] = done.records[field].astype("str")
    # What a lead could not be reached by is one key less here, not a row that cannot be counted.
    found = done.issues.assign(
        severity=done.issues["severity"].where(done.issues["severity"] != "error", "warning")
    )
    if kind == "sales":
        plain["at"] = plain["at"].str.slice(0, 10)
        for name, shape in IDS.items():
            plain[name] = plain[name].where(plain[name].str.fullmatch(shape).fillna(value=False))
    else:
        plain["month"] = _read_month(texts["month"])
    return plain, found


def _read_month(texts: pd.Series) -> pd.Series:
    """YYYY-MM from a month or any day of it; null where it is neither."""
    days = standardize(pd.DataFrame({"occurred_at": texts})).records["occurred_at"]
    months = days.str.slice(0, 7)
    known = {text: _month(str(text)) for text in texts.dropna().unique()}
    return texts.map(known).astype("str").fillna(months).astype("str")


def _month(text: str) -> str | None:
    """YYYY-MM where the text is a month and no day."""
    found = MONTH.fullmatch(text.strip())
    if not found:
        return None
    year, month = found["y"] or found["y2"], int(found["m"] or found["m2"])
    return f"{year}-{month:02d}" if 1 <= month <= 12 else None


def _read_currency(texts: pd.DataFrame, default: str) -> tuple[pd.Series, pd.Series]:
    """The currency of each row: as it says, as its amount does, or the default; and what is none.

    An empty text is a currency of its own: that of amounts of which nobody knows it.
    """
    said = texts["currency"].str.strip().str.upper().replace(SIGNS)
    signed = texts["amount"].str.extract(SIGN, expand=False).replace(SIGNS)
    said = said.where(said.notna(), signed).fillna(default)
    wrong = ~said.str.fullmatch(r"[A-Z]{3}|")
    return said.astype("str"), texts["currency"][wrong]


def _read_stage(texts: pd.Series, stages: Collection[str]) -> tuple[pd.Series, pd.Series]:
    """The stage of each row, and the texts that are none."""
    words = {text: fold_header(str(text)) for text in texts.dropna().unique()}
    known = {fold_header(stage): stage for stage in stages} | STAGE_WORDS
    stage = texts.map({text: known.get(word) for text, word in words.items()})
    unknown = texts[texts.notna() & stage.isna()]
    return stage.where(texts.notna(), "won").astype("str"), unknown


def _issue(code: str, field: str, texts: pd.Series) -> pd.DataFrame:
    """The same issue of several rows."""
    return make_issues(
        (int(str(row)), field, code, text if isinstance(text, str) else None, None)
        for row, text in texts.items()
    )
