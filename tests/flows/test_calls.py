"""Calls and visits: interactions of whoever called or came, never an account of their own."""

import sqlite3
from pathlib import Path

import pytest

from crm.calls import read_calls
from crm.store import open_store
from flows.import_leads import import_leads
from flows.job import ImportJob, Kind

LEADS = """First Name,Last Name,Email,Phone,Company
Ana,Almeida,ana@almeida.example,+1 312 555 0142,Almeida Lda
Daniel,Reyes,daniel@reyes.example,+1 505 555 0172,
Sofia,Reyes,sofia@reyes.example,+1 505 555 0172,
"""
CALLS = """Call SID,From,To,Caller Name,Direction,Status,Start Time,Duration
C1,+13125550142,+12025550100,,inbound,no-answer,"Mon, 02 Nov 2026 14:00:00 +0000",0
C2,+13125550142,+12025550100,ALMEIDA ANA,inbound,completed,"Mon, 02 Nov 2026 15:00:00 +0000",61
C3,+15055550172,+12025550100,,inbound,no-answer,"Mon, 02 Nov 2026 16:00:00 +0000",0
C4,+12025550100,+13125550142,,outbound,completed,"Mon, 02 Nov 2026 17:00:00 +0000",30
C5,+442079460123,+12025550100,Owen Kestrel,inbound,busy,"Mon, 02 Nov 2026 18:00:00 +0000",0
C1,+13125550142,+12025550100,,inbound,no-answer,"Mon, 02 Nov 2026 14:00:00 +0000",0
"""
VISITS = """Visit ID,Full name,Phone,Company,Host,Signed in at
V1,Ana Almeida,+1 312 555 0142,Almeida Lda,Max,2026-11-03 09:00
V2,Nora Newcomer,+1 206 555 0110,Newcomer Inc,Max,2026-11-03 10:00
"""


@pytest.fixture
def store(tmp_path: Path) -> Path:
    for name, kind, text in (("leads", "lead", LEADS), ("calls", "call", CALLS)):
        import_text(tmp_path, name, kind, text)
    return tmp_path


def import_text(folder: Path, name: str, kind: Kind, text: str) -> None:
    file = folder / f"{name}.csv"
    file.write_text(text, encoding="utf-8")
    overrides = {"From": "phone", "To": "call_to"} if kind == "call" else {}
    url = f"sqlite:///{folder / 'leads.db'}"
    import_leads(ImportJob(name, file, url, None, kind, overrides=overrides))


def ask(folder: Path, question: str) -> list[tuple[object, ...]]:
    with sqlite3.connect(folder / "leads.db") as connection:
        found = connection.execute(question).fetchall()
    connection.close()
    return found


CALLERS = (
    "SELECT DISTINCT given_name, family_name, count(*) FROM interaction"
    " JOIN contact ON contact.id = contact_id WHERE interaction.kind = ? GROUP BY contact.id"
)


def test_a_call_is_told_of_whoever_the_number_and_the_name_say(store: Path) -> None:
    found = ask(store, CALLERS.replace("?", "'call'"))
    # A line two people share tells nobody: a caller of its own, to be judged.
    assert set(found) == {("Ana", "Almeida", 3), (None, None, 1), ("Owen", "Kestrel", 1)}


def test_calls_and_visits_make_no_account(store: Path) -> None:
    before = ask(store, "SELECT count(*) FROM account")
    import_text(store, "visits", "visit", VISITS)
    assert ask(store, "SELECT count(*) FROM account") == before
    assert ask(store, CALLERS.replace("?", "'visit'")) == [
        ("Ana", "Almeida", 1),
        ("Nora", "Newcomer", 1),
    ]


def test_missed_and_repeated_calls_can_be_told(store: Path) -> None:
    with open_store(f"sqlite:///{store / 'leads.db'}") as opened:
        calls = read_calls(opened).set_index("at")
    assert calls["missed"].tolist() == [True, False, True, False, True]
    assert calls["calls"].tolist() == [3, 3, 1, 3, 1]
    assert calls["answered_at"].tolist()[0] == "2026-11-02T15:00:00Z"
    assert calls["answered_at"].isna().tolist() == [False, True, True, True, True]
    assert calls["phone"].tolist()[3] == "+13125550142"


def test_a_store_without_calls_has_none_to_tell(tmp_path: Path) -> None:
    import_text(tmp_path, "leads", "lead", LEADS)
    with open_store(f"sqlite:///{tmp_path / 'leads.db'}") as opened:
        assert read_calls(opened).empty
