"""`leadgate quarantine` as a person meets it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner

from crm.errors import UnknownIdError
from leadgate.cli import app
from leadgate.errors import InvalidValueError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

LEADS = """First Name,Last Name,Email
Ana,Almeida,ana@almeida.example
Ben,Ode,ben.ode@
test,test,test@test.com
"""


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., tuple[int, str]]:
    """Run commands in a folder whose store has two rows in quarantine."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PREFECT_API_URL", "")
    (tmp_path / "leads.csv").write_text(LEADS, encoding="utf-8")

    def command(*arguments: str) -> tuple[int, str]:
        result = CliRunner().invoke(app, arguments)
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result.exit_code, result.stdout

    assert command("import", "leads.csv")[0] == 1
    return command


def test_rows_go_out_and_come_back(run, tmp_path):
    code, told = run("quarantine", "list", "--json")
    first, second = (json.loads(line) for line in told.splitlines())
    assert (code, first["id"], first["line"], second["id"]) == (0, "q1", 3, "q2")
    assert "not an e-mail address" in first["reasons"][0]

    assert run("quarantine", "export")[0] == 0
    book = load_workbook(tmp_path / "quarantine.xlsx")
    sheet = book.worksheets[0]
    headers = [cell.value for cell in sheet[1]]
    sheet.cell(2, headers.index("Email") + 1).value = "ben@ode.example"
    book.save(tmp_path / "repaired.xlsx")

    code, told = run("quarantine", "resubmit", "repaired.xlsx")
    assert code == 1  # one row still has errors
    assert "1  created" in told
    assert "1  still with errors, and waiting" in told
    assert "line 3" in told
    assert "resubmitted as r2, c2 by command line: " in run("trace", "q1")[1]
    assert "took the place of q1" in run("trace", "r2")[1]

    assert run("quarantine", "discard", "q2", "--reason", "spam")[1] == "1 row discarded\n"
    assert "discarded by command line: " in run("trace", "q2")[1]
    assert run("quarantine", "list") == (0, "0 rows waiting\n")
    assert "q1     leads.csv, line 3 [resubmitted]" in run("quarantine", "list", "--all")[1]
    assert run("quarantine", "resubmit", "repaired.xlsx", "--json")[0] == 1  # q2 was discarded
    assert run("quarantine", "reopen", "q2")[0] == 0
    assert run("quarantine", "reopen", "q2")[0] == 1
    assert run("verify")[0] == 0


def test_what_cannot_be_done_is_said(run, tmp_path):
    with pytest.raises(UnknownIdError, match="q99"):
        run("quarantine", "discard", "q1", "q99")
    with pytest.raises(UnknownIdError, match="c1"):
        run("quarantine", "discard", "c1")
    with pytest.raises(UnknownIdError, match="b9"):
        run("quarantine", "list", "--batch", "b9")
    with pytest.raises(InvalidValueError, match=r"\.xlsx"):
        run("quarantine", "export", "-o", "rows.csv")
    (tmp_path / "quarantine.xlsx").touch()
    with pytest.raises(InvalidValueError, match="--force"):
        run("quarantine", "export")
    assert run("quarantine", "list")[1].endswith("2 rows waiting\n")
