"""The main path: conservation of rows, and the same people whatever the order."""

import random
import sqlite3
from pathlib import Path

import pytest

from crm.store import open_store
from crm.verify import verify
from flows.import_leads import import_leads
from flows.job import ImportJob
from flows.outcome import Outcome

HEADER = "First Name,Last Name,Email,Phone,Company,City,Country"
ROWS = [
    "Robert,Kowalczyk,robert.kowalczyk@brightwater.example,+13125550100,Brightwater,Chicago,US",
    "Bob,Kowalczyk,robert.kowalczyk@brightwater.example,,Brightwater,Chicago,US",
    "Kowalczyk,Robert,,+13125550100,Brightwater,Chicago,US",
    "Ana,Almeida,ana@almeida.example,+351213123456,Almeida Lda,Lisboa,PT",
    "Ana,Almeida,ana@almeida.example,+351213123456,Almeida Lda,Lisboa,PT",
    "Grace,Oyelaran,grace@oyelaran.example,+12025550171,,Boston,US",
    "Peter,Hollis,info@hollis.example,+442079460958,Hollis Ltd,London,GB",
    "Maria,Hollis,info@hollis.example,+442079460958,Hollis Ltd,London,GB",
    "qwertz,asdfgh,qwertz@oyelaran.example,+12025550172,,Boston,US",
    "Test,Test,not-an-address,,,,",
]


def import_rows(folder: Path, rows: list[str], name: str = "leads.csv") -> Outcome:
    file = folder / name
    file.write_text("\n".join([HEADER, *rows]) + "\n", encoding="utf-8")
    return import_leads(
        ImportJob("leads", file, f"sqlite:///{folder / 'leads.db'}", folder / "reports")
    )


def people(folder: Path) -> set[frozenset[str]]:
    """The partition of the source records into contacts, each record by its raw cells."""
    groups: dict[int, list[str]] = {}
    with sqlite3.connect(folder / "leads.db") as store:
        for contact, raw in store.execute(
            "SELECT contact_id, raw FROM link"
            " JOIN source_record ON source_record_id = source_record.id"
        ):
            groups.setdefault(contact, []).append(raw)
    store.close()
    return {frozenset(group) for group in groups.values()}


def test_every_row_has_one_fate_and_the_store_agrees(tmp_path: Path) -> None:
    outcome = import_rows(tmp_path, ROWS)
    assert outcome.rows_in == len(ROWS) == sum(outcome.fates().values())
    assert outcome.quarantined == 2
    with open_store(f"sqlite:///{tmp_path / 'leads.db'}") as store:
        assert verify(store) == []


def test_people_behind_one_mailbox_stay_apart(tmp_path: Path) -> None:
    import_rows(tmp_path, ROWS)
    assert all(
        not ("Peter" in "".join(group) and "Maria" in "".join(group)) for group in people(tmp_path)
    )


@pytest.mark.parametrize("seed", range(3))
def test_the_same_rows_in_another_order_are_the_same_people(tmp_path: Path, seed: int) -> None:
    straight, shuffled = tmp_path / "straight", tmp_path / "shuffled"
    straight.mkdir()
    shuffled.mkdir()
    import_rows(straight, ROWS)
    import_rows(shuffled, random.Random(seed).sample(ROWS, len(ROWS)))  # noqa: S311 - not a secret
    assert people(straight) == people(shuffled)


def test_the_same_rows_in_another_order_are_seen_already(tmp_path: Path) -> None:
    import_rows(tmp_path, ROWS)
    again = import_rows(tmp_path, ROWS[::-1], "reversed.csv")
    assert again.already_seen == len(ROWS)
    assert again.report is None


def test_people_of_a_later_file_join_those_in_the_store(tmp_path: Path) -> None:
    import_rows(tmp_path, ROWS[:1])
    later = import_rows(tmp_path, ROWS[1:4], "later.csv")
    assert (later.created, later.merged) == (1, 2)


def test_a_company_is_spelled_as_the_account_whose_domain_the_row_has(tmp_path):
    import_rows(tmp_path, ["Anna,Meyer,anna@insura.example,,Acme Insurance,,"], "first.csv")
    later = [
        "Bodo,Ekman,bodo@insura.example,,Acme Insurrance,,",
        "Clara,Hume,clara@elsewhere.example,,Acme Insurence,,",
    ]
    outcome = import_rows(tmp_path, later, "second.csv")
    with open_store(f"sqlite:///{tmp_path / 'leads.db'}") as store:
        issues = store.batch_issues(outcome.batch)
    slips = issues[issues["field"] == "company"]
    assert list(zip(slips["code"], slips["before"], slips["after"], strict=True)) == [
        ("spelling.corrected", "Acme Insurrance", "Acme Insurance"),
        ("spelling.suspected", "Acme Insurence", "Acme Insurance"),
    ]
    with sqlite3.connect(tmp_path / "leads.db") as file:
        companies = {name for (name,) in file.execute("SELECT company FROM contact")}
    assert companies == {"Acme Insurance", "Acme Insurence"}
