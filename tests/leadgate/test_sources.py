"""`leadgate source`: what it asks, tries, shows and writes."""

import json
import os
from pathlib import Path

import pytest
import tomlkit
from typer.testing import CliRunner, Result

from leadgate.cli import app

LEADS = "First Name,Last Name,Email\nAna,Almeida,ana@almeida.example\n"
BEFORE = """# who sends what
store = "sqlite:///x.db"  # beside this file

[sources.old]
path = "a.csv"
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "leadgate.toml").write_text(BEFORE)
    (tmp_path / "a.csv").write_text(LEADS)
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "b.csv").write_text(LEADS)
    os.utime(tmp_path / "in" / "b.csv", (0, 0))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["source", *arguments])


def written(folder: Path) -> dict[str, object]:
    return tomlkit.parse((folder / "leadgate.toml").read_text()).unwrap()["sources"]


def test_a_source_is_tried_shown_and_written_and_the_rest_of_the_file_stays(folder: Path) -> None:
    said = run(
        "add", "fair", "--files", "in/*.csv", "--set", "settle=2", "--kind", "visit", "--yes"
    )
    assert said.exit_code == 0, said.output
    assert "Email → email" in said.output
    assert "ana@almeida.exam" in said.output
    assert (folder / "leadgate.toml").read_text().startswith(BEFORE)
    assert written(folder)["fair"] == {"kind": "visit", "files": {"at": "in/*.csv", "settle": 2}}
    assert sorted(each.name for each in folder.iterdir()) == ["a.csv", "in", "leadgate.toml"]


def test_a_file_is_made_where_there_is_none(folder: Path) -> None:
    (folder / "leadgate.toml").unlink()
    said = run("add", "a", "--path", "a.csv", "--map", "Email=email_2", "--trust", "70", "--yes")
    assert said.exit_code == 0, said.output
    assert written(folder) == {"a": {"trust": 70, "path": "a.csv", "map": {"Email": "email_2"}}}


def test_a_source_that_cannot_be_reached_is_written_only_where_that_is_wanted(folder: Path) -> None:
    tried = ("add", "api", "--poll", "json", "--set", "url=https://10.0.0.1/leads", "--yes")
    assert run(*tried).exit_code == 1
    assert "api" not in written(folder)
    assert run(*tried, "--untried").exit_code == 0
    assert written(folder)["api"] == {"poll": {"provider": "json", "url": "https://10.0.0.1/leads"}}


def test_a_table_without_an_address_is_wrong_usage(folder: Path) -> None:
    assert run("add", "crm", "--sql", "people", "--yes").exit_code == 2
    assert (folder / "leadgate.toml").read_text() == BEFORE


def test_a_source_is_added_with_the_time_it_is_imported_at(folder: Path) -> None:
    (folder / "b.csv").write_text("Email\na@b.example\n")
    assert run("add", "x", "--path", "b.csv", "--schedule", "15 2 * * *", "--yes").exit_code == 0
    assert written(folder)["x"] == {"path": "b.csv", "schedule": {"cron": "15 2 * * *"}}


WRONG = [
    (["add", "x", "--path", "a.csv", "--schedule", "at noon"], "sources.x.schedule.cron"),
    (["add", "old", "--path", "a.csv"], "already"),
    (["add", "x"], "--path, --webhook"),
    (["add", "x", "--path", "a.csv", "--sql", "t"], "one way"),
    (["add", "x", "--webhook", "nobody"], "sources.x.webhook.provider"),
    (["add", "x", "--path", "a.csv", "--set", "trust"], "KEY=VALUE"),
    (["add", "x", "--path", "a.csv", "--set", "header_row=one"], "number"),
    (["add", "x", "--webhook", "tally", "--set", "secret=s"], "unknown key"),
    (["add", "x", "--path", "a.csv", "--kind", "letter"], "kind"),
    (["test", "nobody"], "no source"),
]


@pytest.mark.parametrize(("arguments", "says"), WRONG)
def test_what_is_wrong_is_named_and_nothing_is_written(
    folder: Path, arguments: list[str], says: str
) -> None:
    said = run(*arguments, *(["--yes"] if arguments[0] == "add" else []))
    assert said.exit_code != 0
    assert says in str(said.exception)
    assert ".new" not in str(said.exception)
    assert (folder / "leadgate.toml").read_text() == BEFORE


def test_what_is_not_said_is_asked_for(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = iter(["sql", "people", f"sqlite:///{folder}/other.db"])
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("typer.prompt", lambda *_args, **_more: next(answers))
    monkeypatch.setattr(
        "leadgate.cli.sources.sys.stdin", type("Tty", (), {"isatty": lambda _: True})()
    )
    from leadgate.cli.sources import NewSource, run_add  # noqa: PLC0415 - with the answers in place

    assert run_add(None, NewSource("crm", {}, "lead", None, [], []), yes=True, untried=True) == 0
    assert written(folder)["crm"] == {
        "sql": {"table": "people", "url": f"sqlite:///{folder}/other.db"}
    }


@pytest.mark.usefixtures("folder")
def test_sources_are_listed_with_the_names_of_their_secrets(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    run("add", "web", "--webhook", "typeform", "--yes")
    monkeypatch.setenv("LEADGATE_SECRET_WEB", "never shown")
    said = run("list", "--json")
    old, web = (json.loads(line) for line in said.output.splitlines())
    assert (old["way"], web["way"], web["detail"]) == ("path", "webhook", "typeform")
    assert web["secrets"] == {"LEADGATE_SECRET_WEB": True}
    assert "never shown" not in said.output
    assert "is set" in run("list").output


@pytest.mark.usefixtures("folder")
def test_a_source_can_be_tried() -> None:
    assert "Ana" in run("test", "old").output
