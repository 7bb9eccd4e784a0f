"""Imported in order, every row of the samples meets the fate that the README tells."""

import re
import sqlite3
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

SAMPLES = Path(__file__).parents[2] / "samples"
FILES = {
    "crm_export": "crm_export.csv",
    "tradeshow": "tradeshow.xlsx",
    "webinar": "webinar.csv",
    "web_forms": "web_forms.jsonl",
    "calls": "calls.csv",
}
LOADED = """
    SELECT r.file, r.sheet, r.line, r.fate, l.contact_id FROM source_record r
    LEFT JOIN link l ON l.source_record_id = r.id AND l.active
    UNION ALL SELECT file, sheet, line, 'quarantined', NULL FROM quarantine_row
"""
ERRORS = """
    SELECT q.file, q.sheet, q.line, i.code FROM quarantine_row q
    JOIN issue i ON i.batch_id = q.batch_id AND i.row = q.row WHERE i.severity = 'error'
"""
REVIEWED = """
    SELECT r.file, r.sheet, r.line FROM source_record r
    JOIN review_item i ON r.id IN (i.left_record, i.right_record)
"""
Row = tuple[str, str]  # file, place


def in_readme() -> Iterator[tuple[Row, tuple[str, str, str]]]:
    """Yield of every row of every table its place and (who, what is planted, fate)."""
    readme = (SAMPLES / "README.md").read_text(encoding="utf-8")
    for file in FILES.values():
        section = readme.split(f"\n## {file}\n")[1].split("\n## ")[0]
        lines = re.findall(r"(?m)^\| (.+) \| (P\d\d|—) \| (.+) \| (.+) \|$", section)
        for place, who, planted, fate in lines:
            yield (file, place), (who, planted, fate.split(" ")[0])


PLAN = dict(in_readme())


def row_of(file: str, sheet: str | None, line: int) -> Row:
    return file, f"{sheet}!{line}" if sheet else str(line)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    """Import all five sources, as a person would, and open the store."""
    folder = tmp_path_factory.mktemp("samples")
    leadgate = [str(Path(sys.executable).with_name("leadgate")), "--config"]
    into = ["--store", f"sqlite:///{folder}/leadgate.db", "--reports", str(folder / "reports")]
    command = [*leadgate, str(SAMPLES / "leadgate.toml"), "import", *into, *FILES]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    assert done.returncode == 1, done.stderr  # some rows are bad on purpose
    with closing(sqlite3.connect(folder / "leadgate.db")) as opened:
        yield opened


def test_every_row_meets_its_fate(store: sqlite3.Connection):
    found = {row_of(*place): fate for *place, fate, _contact in store.execute(LOADED)}
    # Rows that are blank or were seen before leave no record of their own.
    planned = {
        row: fate for row, (_, _, fate) in PLAN.items() if fate not in {"already_seen", "blank"}
    }
    assert found == planned


def test_the_counts_of_each_source_are_those_of_its_table(store: sqlite3.Connection):
    fates = ("created", "merged", "quarantined", "already_seen")
    counted = store.execute(f"SELECT source, {', '.join(fates)} FROM batch")  # noqa: S608 (constants)
    found = {FILES[source]: tuple(counts) for source, *counts in counted}
    told = {
        file: tuple(
            sum(own == file and planned == fate for (own, _), (_, _, planned) in PLAN.items())
            for fate in fates
        )
        for file in FILES.values()
    }
    assert found == told


def test_a_contact_is_one_person_and_a_person_one_contact(store: sqlite3.Connection):
    persons, contacts = defaultdict(set), defaultdict(set)
    for *place, fate, contact in store.execute(LOADED):
        if fate != "quarantined":
            who = PLAN[row_of(*place)][0]
            persons[contact].add(who)
            contacts[who].add(contact)
    assert not {contact: who for contact, who in persons.items() if len(who) > 1}
    assert not {who: found for who, found in contacts.items() if len(found) > 1}


def test_a_quarantined_row_has_the_errors_the_readme_names(store: sqlite3.Connection):
    found = defaultdict(set)
    for *place, code in store.execute(ERRORS):
        found[row_of(*place)].add(code)
    named = {
        row: set(re.findall(r"\b(?:cell|row|name|email|phone|file)\.[a-z_]+", planted))
        for row, (_, planted, fate) in PLAN.items()
        if fate == "quarantined"
    }
    assert not {row: codes - found[row] for row, codes in named.items() if codes - found[row]}


def test_a_row_that_only_a_person_can_attribute_is_put_before_a_steward(store: sqlite3.Connection):
    found = {row_of(*place) for place in store.execute(REVIEWED)}
    assert {row for row, (_, planted, _) in PLAN.items() if planted.startswith("review:")} <= found
