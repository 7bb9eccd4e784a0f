"""Files that are unlike the last ones of their source: noticed, held, released."""

import csv
import json

import pytest
from typer.testing import CliRunner

from crm.profiles import read_profiles
from crm.store import open_store
from crm.verify import verify
from leadgate.cli import app

HEADER = ["First Name", "Last Name", "Email", "Country"]


def write(path, start, *, country="US", header=HEADER):
    rows = [
        [f"Given{n}", f"Family{n}", f"given{n}@family{n}.example", country]
        for n in range(start, start + 120)
    ]
    with path.open("w", newline="") as file:
        csv.writer(file).writerows([header, *rows])


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PREFECT_API_URL", "")
    settings = 'reports = "r"\n[sources.web]\npath = "web.csv"\non_drift = "hold"\n'
    (tmp_path / "leadgate.toml").write_text(settings)

    def command(*arguments):
        result = CliRunner().invoke(app, arguments, catch_exceptions=False)
        return result.exit_code, result.stdout

    write(tmp_path / "web.csv", 0)
    assert command("import", "web")[0] == 0
    return command


def test_a_file_like_the_last_one_is_loaded(run, tmp_path):
    write(tmp_path / "web.csv", 1_000)
    code, told = run("import", "web", "--json")
    assert (code, json.loads(told)["drift"]) == (0, [])
    with open_store(f"sqlite:///{tmp_path}/leadgate.db") as store:
        assert len(read_profiles(store, "web")) == 2


def test_a_file_unlike_the_last_one_is_held_until_it_is_released(run, tmp_path):
    write(tmp_path / "web.csv", 2_000, country="FR", header=[*HEADER[:3], "Land"])
    code, told = run("import", "web", "--json")
    held = json.loads(told)
    assert (code, held["held"], held["rows_in"], held["batch"]) == (1, 120, 120, None)
    assert any("gone Country; new Land" in said for said in held["reasons"])
    with open_store(f"sqlite:///{tmp_path}/leadgate.db") as store:
        assert len(store.batches()) == 1
        assert verify(store) == []
    code, told = run("held", "list", "--json")
    assert (code, json.loads(told)["file"]) == (1, "web.csv")
    assert run("import", "web", "--json")[0] == 1  # asked again, it still waits, once
    assert len(run("held", "list", "--json")[1].splitlines()) == 1

    code, told = run("import", "web", "--release", "--json")
    assert (code, json.loads(told)["created"]) == (0, 120)
    assert run("held", "list") == (0, "No file waits.\n")
    issues = (tmp_path / "r" / "b2" / "issues.csv").read_text()
    assert "drift.columns" in issues
    page = (tmp_path / "r" / "b2" / "report.html").read_text()
    assert "Beside earlier batches" in page
    assert "gone Country; new Land" in page
    code, told = run("import", "web", "--json")
    assert (code, json.loads(told)["already_seen"], json.loads(told)["drift"]) == (0, 120, [])


def test_a_dry_run_says_that_a_file_would_be_held_and_writes_nothing(run, tmp_path):
    write(tmp_path / "web.csv", 3_000, header=[*HEADER[:3], "Land"])
    before = (tmp_path / "leadgate.db").read_bytes()
    code, told = run("import", "web", "--dry-run", "--json")
    assert (code, json.loads(told)["held"]) == (1, 120)
    assert (tmp_path / "leadgate.db").read_bytes() == before


def test_where_a_source_only_warns_the_file_is_loaded(run, tmp_path):
    settings = (tmp_path / "leadgate.toml").read_text().replace('"hold"', '"warn"')
    (tmp_path / "leadgate.toml").write_text(settings)
    write(tmp_path / "web.csv", 4_000, header=[*HEADER[:3], "Land"])
    code, told = run("import", "web")
    assert code == 0
    assert "unlike earlier batches" in told
