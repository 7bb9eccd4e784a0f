"""Files that wait as a whole: held for each reason, released, discarded, and never half loaded."""

import csv
import json

import pytest
from typer.testing import CliRunner

from crm.store import open_store
from crm.verify import verify
from leadgate.cli import app

HEADER = ["First Name", "Last Name", "Email", "City"]
SETTINGS = """
reports = "r"
[holding]
rejected_percent = 20
possible_percent = 20
[sources.web]
path = "web.csv"
"""


def write(path, rows, header=HEADER):
    with path.open("w", newline="") as file:
        csv.writer(file).writerows([header, *rows])


def good(start, count=40):
    return [
        [f"Given{n}", f"Family{n}", f"given{n}@family{n}.example", "Salem"]
        for n in range(start, start + count)
    ]


def bad(count=40):
    return [*good(0, count - 10), *([f"Given{n}", f"Family{n}", "broken@", ""] for n in range(10))]


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PREFECT_API_URL", "")
    (tmp_path / "leadgate.toml").write_text(SETTINGS)

    def command(*arguments):
        result = CliRunner().invoke(app, arguments)
        return result.exit_code, result.stdout

    return command


def store_of(tmp_path):
    return open_store(f"sqlite:///{tmp_path}/leadgate.db")


def test_too_many_rejects_hold_the_file_and_a_release_goes_on_from_the_kept_copy(run, tmp_path):
    write(tmp_path / "web.csv", bad())
    code, told = run("import", "web", "--json")
    held = json.loads(told)
    assert (code, held["held"], held["on_hold"], held["batch"]) == (1, 40, "h1", None)
    assert held["reasons"] == ["10 of 40 rows have errors (25%)."]
    write(tmp_path / "web.csv", good(500))  # the next export takes the file's place
    code, told = run("held", "release", "h1", "--json", "--reason", "old forms")
    done = json.loads(told)
    assert (code, done["created"], done["quarantined"]) == (1, 30, 10)
    assert not list((tmp_path / "leadgate-held").iterdir())
    assert run("held", "list") == (0, "No file waits.\n")
    with store_of(tmp_path) as store:
        assert verify(store) == []
    assert json.loads(run("import", "web", "--json")[1])["created"] == 40


def test_a_discarded_file_is_not_loaded_when_it_comes_again(run, tmp_path):
    write(tmp_path / "web.csv", bad())
    run("import", "web")
    assert run("held", "discard", "h1")[0] == 0
    assert not list((tmp_path / "leadgate-held").iterdir())
    code, told = run("import", "web", "--json")
    assert (code, json.loads(told)["reasons"]) == (1, ["h1 was discarded."])
    assert run("held", "list") == (0, "No file waits.\n")
    assert run("held", "release", "h1")[0] != 0
    with store_of(tmp_path) as store:
        assert store.batches().empty


def test_a_released_file_that_comes_again_by_itself_is_loaded(run, tmp_path):
    from crm.acts import Who  # noqa: PLC0415 - only this test decides without the command line
    from crm.holds import decide_hold  # noqa: PLC0415 - same

    write(tmp_path / "web.csv", bad())
    run("import", "web")
    with store_of(tmp_path) as store:
        decide_hold(store, "h1", "released", Who("stella"))
    assert json.loads(run("import", "web", "--json")[1])["created"] == 30
    with store_of(tmp_path) as store:
        assert verify(store) == []


def test_too_many_possible_matches_hold_the_file(run, tmp_path):
    pairs = [[name, f"Quill{n}", "", "Salem"] for n in range(20) for name in ("Robert", "Rob")]
    write(tmp_path / "web.csv", pairs)
    held = json.loads(run("import", "web", "--json")[1])
    assert held["on_hold"] == "h1"
    assert "possible matches in 40 rows" in held["reasons"][0]
    with store_of(tmp_path) as store:
        assert store.batches().empty


def test_columns_other_than_the_saved_ones_hold_the_file_until_the_mapping_is_mended(run, tmp_path):
    write(tmp_path / "web.csv", good(0))
    assert run("mapping", "web.csv", "--save", "web.json")[0] == 0
    with (tmp_path / "leadgate.toml").open("a") as settings:
        settings.write('mapping = "web.json"\n')
    assert run("import", "web")[0] == 0
    write(tmp_path / "web.csv", good(100), header=[*HEADER[:3], "Town"])
    held = json.loads(run("import", "web", "--json")[1])
    assert held["on_hold"] == "h1"
    assert "columns have changed" in held["reasons"][0]
    assert json.loads(run("held", "release", "h1", "--json")[1])["on_hold"] == "h1"
    assert run("mapping", "web.csv", "--save", "web.json")[0] == 0
    assert json.loads(run("held", "release", "h1", "--json")[1])["created"] == 40


def test_few_rows_are_never_held(run, tmp_path):
    write(tmp_path / "web.csv", bad(20))
    assert json.loads(run("import", "web", "--json")[1])["on_hold"] is None
