"""A report written by hand, small but with something in every part of the page."""

import dataclasses
import json
from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

from reports.comparing import compare_records, name_record
from reports.issue_groups import group_issues
from reports.model import (
    Batch,
    Cell,
    Column,
    Listed,
    Match,
    Place,
    QuarantinedRow,
    Reading,
    Reason,
    Report,
)
from reports.tables import tabulate_duplicates
from validators.issues import make_issues

FILE = "Hannover trade fair 2026.xlsx"
ANNA = {
    "given_name": "Anna", "family_name": "Müller", "email": "anna.mueller@example.de",
    "phone": "+493012345678", "company": "Nordwind Logistik GmbH", "street": "Hauptstraße 12",
    "city": "Berlin", "postal_code": "10115", "country": "DE",
}  # fmt: skip
ANNI = ANNA | {
    "given_name": "Anni", "family_name": "Mueller", "company": "Nordwind Logistik",
    "street": "Hauptstr. 12", "phone": "+4917612345678",
}  # fmt: skip
ROBERT = {
    "given_name": "Robert", "family_name": "Smith", "email": "bob.smith@example.com",
    "company": "Summit Solutions Inc", "city": "Austin", "region": "TX", "country": "US",
}  # fmt: skip
RORY = ROBERT | {"given_name": "Rory", "email": "rory@example.com", "mobile": "+15125550143"}
WHY_ANNA = (
    ("email", "same e-mail", 14.2),
    ("name", "given name: nickname variants", 4.1),
    ("family_name", "same family name", 6.3),
    ("company", "company: one is contained in the other", 2.2),
    ("phone", "different phone", -2.9),
    ("prior", "two records of this many are rarely one person", -13.0),
)
WHY_RORY = (
    ("family_name", "same family name", 5.0),
    ("company", "same company", 8.4),
    ("city", "same city", 3.1),
    ("name", "different given name", -1.9),
    ("prior", "two records of this many are rarely one person", -13.0),
)


def make_match(
    decision: str,
    sides: tuple[dict[str, str], dict[str, str]],
    why: tuple[tuple[str, str, float], ...],
    lines: tuple[int, int] = (14, 3),
) -> Match:
    here, there = sides
    return Match(
        decision=decision,
        weight=sum(weight for _, _, weight in why),
        contact="c12",
        other_contact="c12" if decision == "merged" else "c7",
        record="r31",
        other_record="r9",
        place=Place(FILE, "Visitors", lines[0] - 2, lines[0]),
        other_place=Place("website.csv", None, None, lines[1]),
        name=name_record(here) or "",
        other_name=name_record(there) or "",
        fields=compare_records(here, there),
        reasons=tuple(Reason(*each) for each in why),
    )


def _issues() -> pd.DataFrame:
    found = make_issues(
        [
            (5, "email", "email.invalid", "anna.mueller@", None),
            (17, "email", "email.invalid", "nobody at example.com", None),
            (18, "phone", "phone.impossible", "12345", None),
            (5, "phone", "phone.placeholder", "000000000", None),
            (30, "email", "email.domain_corrected", "kim@gmial.com", "kim@gmail.com"),
            (31, "email", "email.domain_corrected", "jo@gmail.con", "jo@gmail.com"),
            (33, "country", "country.spelling", "Deutschland", "DE"),
            (12, "email", "email.role", "info@example.com", None),
            (9, None, "row.nobody", None, None),
            *(
                (row, "email", "email.role", f"sales{row}@example.com", None)
                for row in range(40, 51)
            ),
        ]
    )
    return found.assign(file=FILE, sheet="Visitors", line=found["row"] + 2)


def make_matches() -> pd.DataFrame:
    why = [{"comparison": c, "level": "x", "words": w, "weight": n} for c, w, n in WHY_ANNA]
    place = {"file": FILE, "sheet": "Visitors", "line": 14}
    other = {"other_file": "website.csv", "other_sheet": None, "other_line": 3}
    merged = {
        "decision": "merged",
        "weight": 10.9,
        "evidence": json.dumps(why),
        "contact": 12,
        "record": 31,
    }
    line = (
        merged
        | {"row": 12}
        | place
        | {"values": json.dumps(ANNA), "other_contact": 12, "other_record": 9}
    )
    return pd.DataFrame([line | other | {"other_values": json.dumps(ANNI)}])


def _rows() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "row": [0, 1],
            "fate": ["created", "quarantined"],
            "contact": pd.array([12, None], dtype="Int64"),
            "record": pd.array([31, None], dtype="Int64"),
            "quarantine_row": pd.array([None, 5], dtype="Int64"),
            "file": FILE,
            "sheet": "Visitors",
            "line": [2, 3],
        }
    )


def _quarantined() -> tuple[QuarantinedRow, ...]:
    bad = (
        Cell("E-Mail", "anna.mueller@", ("E-mail is not an e-mail address.",), ()),
        Cell("Telefon", "000000000", ("Phone is a stand-in, nobody's number.",), ()),
        Cell("Firma", " Nordwind  ", (), ("Company had spaces around it.",)),
    )
    good = (Cell("Vorname", "Anna", (), ()), Cell("Ort", "Berlin", (), ()))
    note = (Cell("Notiz", "hat Prospekt mitgenommen", (), ()),)
    nobody = ("The row names nobody.",)
    return (
        QuarantinedRow("q5", "Anna", Place(FILE, "Visitors", 5, 7), "waiting", (), bad, good),
        QuarantinedRow("q6", None, Place(FILE, "Visitors", 9, 11), "waiting", nobody, (), note),
    )


def _reading() -> Reading:
    columns = (
        Column("Vorname", "given_name", 1.0, "the header says so"),
        Column("E-Mail", "email", 1.0, "the header says so, and 97 % of the values are addresses"),
        Column("Telefon", "phone", 0.96, "the header says so"),
        Column("Firma", "company", 0.9, "the header says so"),
        Column("Spalte 7", "city", 0.62, "71 % of the values are known cities"),
        Column("Notiz", None, None, ""),
    )
    return Reading(
        FILE, "Visitors", None, None, 3, ("Exported by Scan&Go", "Hannover"), 1204, 3, columns
    )


@pytest.fixture
def matches() -> pd.DataFrame:
    return make_matches()


@pytest.fixture
def report() -> Report:
    issues = _issues()
    counts = {
        "rows_in": 1204, "created": 838, "merged": 301, "held": 0, "quarantined": 64,
        "already_seen": 1, "blank": 3, "review": 2,
    }  # fmt: skip
    review = (
        make_match("review", (ROBERT, RORY), WHY_RORY, (40, 8)),
        make_match("review", (ANNA, {**ROBERT, "notes": "x"}), WHY_RORY, (41, 8)),
    )
    merged = (make_match("merged", (ANNA, ANNI), WHY_ANNA),)
    return Report(
        batch=Batch(
            "b7", "trade_fair", "lead", FILE, "complete",
            "2026-11-22T05:09:00Z", "2026-11-22T05:09:04Z", "2026.11",
        ),
        counts=counts,
        readings=(_reading(),),
        issues_by_kind=group_issues(issues, 3),
        quarantined=Listed(_quarantined(), 64),
        review=Listed(review, 2),
        merged=Listed(merged, 301),
        weights={"merged": {10: 4, 12: 9, 13: 21, 18: 80, 25: 130, 31: 57}, "review": {1: 2}},
        issues=issues,
        duplicates=tabulate_duplicates(make_matches()),
        rows=_rows(),
    )  # fmt: skip


@pytest.fixture
def fill_texts() -> Callable[[Report, str], Report]:
    """Put one text in the place of every text of a report, frames and all."""

    def fill(value: Any, text: str) -> Any:
        if isinstance(value, str):
            return text
        if isinstance(value, tuple):
            return tuple(fill(each, text) for each in value)
        if isinstance(value, pd.DataFrame):
            return value
        if dataclasses.is_dataclass(value) and not isinstance(value, type):
            # What is looked up in the page's own tables, never told as it is.
            kept = {"severity", "decision"}
            return dataclasses.replace(
                value,
                **{
                    each.name: fill(getattr(value, each.name), text)
                    for each in dataclasses.fields(value)
                    if each.name not in kept
                },
            )
        return value

    return fill
