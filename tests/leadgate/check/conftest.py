"""Files to check, and a check of them in this process."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from openpyxl import Workbook
from typer.testing import CliRunner

from leadgate.cli import app
from leadgate.errors import ConfigurationError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from click.testing import Result

LEADS = """First Name,Last Name,Email,Phone,City,Country
Robert,Kowalczyk,robert.kowalczyk@brightwater.example,+1 312 555 0100,Chicago,US
Ana,Almeida,ana@almeida.example,+351 21 312 3456,Lisboa,PT
Ben,Ode,ben.ode@,,Leeds,GB
Eva,Ray,eva@ray.example,+44 20 7946 0018,London,GB
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with leads.csv: four rows, of which the third has a broken e-mail."""
    (tmp_path / "leads.csv").write_text(LEADS, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def check(folder: Path) -> Callable[..., Result]:
    """Run `leadgate check` in the folder; what the front door has no words for is raised."""
    assert folder.is_dir()

    def run(*arguments: str) -> Result:
        result = CliRunner().invoke(app, ["check", *arguments])
        if result.exception and not isinstance(result.exception, (SystemExit, ConfigurationError)):
            raise result.exception
        return result

    return run


@pytest.fixture
def workbook(folder: Path) -> Path:
    """A workbook whose second sheet has an impossible e-mail in C4, below a title line."""
    book = Workbook()
    first = book.worksheets[0]
    first.title = "Day 1"
    first.append(["First Name", "Last Name", "Email"])
    first.append(["Ana", "Almeida", "ana@almeida.example"])
    second = book.create_sheet("Day, 2")
    for row in (
        ["First Name", "Last Name", "Email"],
        ["Eva", "Ray", "eva@ray.example"],
        ["Ulf", "Berg", "ulf@berg.example"],
        ["Ben", "Ode", "ben.ode@"],
    ):
        second.append(row)
    path = folder / "fair.xlsx"
    book.save(path)
    return path
