"""The command line as people and scripts meet it: real files, a real store, real exit codes."""

import csv
import json
import os
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest

LEADS = """First Name,Last Name,Email,Phone,City,Country
Robert,Kowalczyk,robert.kowalczyk@brightwater.example,+1 312 555 0100,Chicago,US
Bob,Kowalczyk,robert.kowalczyk@brightwater.example,312-555-0100,Chicago,US
Ana,Almeida,ana@almeida.example,+351 21 312 3456,Lisboa,PT
test,test,test@test.com,,,
"""


def leadgate(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "leadgate", *arguments],
        cwd=folder,
        env={**os.environ, "PREFECT_API_URL": "", **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "leads.csv").write_text(LEADS, encoding="utf-8")
    return tmp_path


def summary(run: subprocess.CompletedProcess[str]) -> dict[str, int | str | None]:
    found: dict[str, int | str | None] = json.loads(run.stdout)
    return found


def counts(run: subprocess.CompletedProcess[str]) -> tuple[object, ...]:
    found = summary(run)
    fates = ("created", "merged", "held", "quarantined", "already_seen")
    return tuple(found[fate] for fate in fates)


def test_the_version_is_told(folder: Path) -> None:
    assert leadgate(folder, "--version").stdout == f"leadgate {version('leadgate')}\n"


def test_an_import_gives_every_row_its_fate_and_writes_a_report(folder: Path) -> None:
    run = leadgate(folder, "import", "leads.csv", "--json")
    assert run.returncode == 1, run.stderr
    assert run.stderr == ""
    assert counts(run) == (2, 1, 0, 1, 0)
    page = Path(str(summary(run)["report"]))
    assert "Kowalczyk" in (folder / page).read_text(encoding="utf-8")
    assert leadgate(folder, "verify").returncode == 0


def test_the_summary_has_the_keys_scripts_rely_on(folder: Path) -> None:
    keys = {"batch", "rows_in", "created", "merged", "held", "quarantined", "already_seen"}
    assert keys | {"blank", "review", "seconds"} <= set(
        summary(leadgate(folder, "import", "leads.csv", "--json"))
    )


def test_the_same_file_again_changes_nothing(folder: Path) -> None:
    first = leadgate(folder, "import", "leads.csv", "--json")
    before = (folder / "leadgate.db").read_bytes()
    again = leadgate(folder, "import", "leads.csv", "--json")
    assert counts(again) == (0, 0, 0, 0, 4)
    assert summary(again)["batch"] == summary(first)["batch"]
    assert (folder / "leadgate.db").read_bytes() == before


def test_a_dry_run_says_the_same_and_writes_nothing(folder: Path) -> None:
    run = leadgate(folder, "import", "leads.csv", "--dry-run", "--json")
    assert counts(run) == (2, 1, 0, 1, 0)
    assert [path.name for path in folder.iterdir()] == ["leads.csv"]


def test_a_check_needs_no_store_and_says_where_what_is_wrong(folder: Path) -> None:
    run = leadgate(folder, "check", "leads.csv")
    assert run.returncode == 1
    assert "line 5" in run.stdout
    assert "email.placeholder" in run.stdout
    assert [path.name for path in folder.iterdir()] == ["leads.csv"]


def test_a_check_as_json_lists_every_issue_with_its_line(folder: Path) -> None:
    run = leadgate(folder, "check", "leads.csv", "--format", "json")
    verdict = json.loads(run.stdout)
    assert verdict["failed"] is True
    assert {issue["line"] for issue in verdict["issues"] if issue["severity"] == "error"} == {5}


FAIL_ON = [("error", 1), ("never", 0)]


@pytest.mark.parametrize(("fail_on", "code"), FAIL_ON)
def test_the_exit_code_follows_what_is_to_fail(folder: Path, fail_on: str, code: int) -> None:
    assert leadgate(folder, "check", "leads.csv", "--fail-on", fail_on).returncode == code


def test_a_clean_file_passes(folder: Path) -> None:
    (folder / "clean.csv").write_text("".join(LEADS.splitlines(keepends=True)[:3]))
    assert leadgate(folder, "check", "clean.csv").returncode == 0


def test_dedupe_gives_every_row_a_cluster(folder: Path) -> None:
    run = leadgate(folder, "dedupe", "leads.csv", "-o", "clusters.csv", "--explain")
    assert run.returncode == 0, run.stderr
    with (folder / "clusters.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0]) == ["row", "cluster", "weight", "decision"]
    assert [row["row"] for row in rows] == ["0", "1", "2", "3"]
    assert rows[0]["cluster"] == rows[1]["cluster"]
    assert (rows[0]["decision"], rows[2]["decision"]) == ("match", "non-match")
    assert "same e-mail" in (folder / "clusters.pairs.csv").read_text(encoding="utf-8")
    assert leadgate(folder, "dedupe", "leads.csv").stdout == (folder / "clusters.csv").read_text()


def test_dedupe_tells_why_two_rows_are_one(folder: Path) -> None:
    told = leadgate(folder, "dedupe", "leads.csv", "--explain").stdout
    assert told.startswith("row 0 (line 2) and row 1 (line 3): same e-mail")
    assert told.rstrip().endswith("a match")


def test_a_contact_can_be_traced_to_its_rows(folder: Path) -> None:
    leadgate(folder, "import", "leads.csv")
    told = leadgate(folder, "trace", "c1")
    assert "leads.csv line 2" in told.stdout
    assert "nickname variants" in told.stdout
    assert json.loads(leadgate(folder, "trace", "c1", "--json").stdout)["id"] == "c1"


def test_a_report_can_be_written_again(folder: Path) -> None:
    leadgate(folder, "import", "leads.csv")
    run = leadgate(folder, "report", "b1", "-o", "again")
    assert run.returncode == 0, run.stderr
    assert (folder / "again" / "report.html").exists()


ODD = "Ana Almeida,ana@almeida.example\nBen Ode,ben@ode.example\nEva Ray,eva@ray.example\n"


def test_a_column_can_be_mapped_by_hand(folder: Path) -> None:
    (folder / "odd.csv").write_text("Who,X1\n" + ODD)
    run = leadgate(folder, "check", "odd.csv", "--map", "Who=full_name", "--format", "json")
    columns = {each["column"]: each["field"] for each in json.loads(run.stdout)["columns"]}
    assert columns == {"Who": "full_name", "X1": "email"}


PNG = b"\x89PNG\r\n\x1a\n" + bytes(100)
REFUSED = [
    ("a missing file", ["import", "nowhere.csv"], "nowhere.csv"),
    ("an unknown source", ["import", "fair"], '"fair" is neither a file nor a source'),
    ("an empty file", ["import", "empty.csv"], "empty.csv: is empty"),
    ("a folder", ["import", "folder"], "folder: is a folder; name the files in it"),
    ("a picture", ["import", "picture.xlsx"], "picture.xlsx: is a PNG picture"),
    ("no header", ["import", "numbers.csv"], "--map"),
    ("an unknown column", ["import", "leads.csv", "--map", "Emial=email"], "Emial"),
    ("an unknown field", ["import", "leads.csv", "--map", "Email=emial"], "email"),
    ("a store out of reach", ["import", "leads.csv", "--store", "sqlite:////no/x.db"], "/no/x.db"),
    ("no store yet", ["verify"], "is not there"),
    ("an unknown id", ["trace", "c99", "--store", "sqlite:///made.db"], "is not there"),
    ("a wrong setting", ["--config", "wrong.toml", "import", "leads.csv"], 'unknown key "stor"'),
    ("an unknown severity", ["--config", "code.toml", "import", "leads.csv"], "phone.imposible"),
]


@pytest.mark.parametrize(("case", "arguments", "says"), REFUSED)
def test_what_cannot_be_done_is_refused_in_one_message_and_leaves_nothing_behind(
    folder: Path, case: str, arguments: list[str], says: str
) -> None:
    (folder / "empty.csv").touch()
    (folder / "folder").mkdir()
    (folder / "picture.xlsx").write_bytes(PNG)
    (folder / "numbers.csv").write_text("a,b\n1,2\n3,4\n")
    (folder / "wrong.toml").write_text('stor = "sqlite:///x.db"\n')
    (folder / "code.toml").write_text('[checks.severity]\n"phone.imposible" = "warning"\n')
    before = sorted(folder.iterdir())
    run = leadgate(folder, *arguments)
    assert run.returncode == 2, case
    assert says in run.stderr
    assert len(run.stderr.strip().splitlines()) == 1
    assert run.stdout == ""
    assert sorted(folder.iterdir()) == before


def test_a_misspelt_last_source_is_noticed_before_the_first_is_loaded(folder: Path) -> None:
    assert leadgate(folder, "import", "leads.csv", "nowhere.csv").returncode == 2
    assert not (folder / "leadgate.db").exists()


def test_without_a_terminal_a_password_is_asked_for_by_the_option(folder: Path) -> None:
    run = subprocess.run(
        [sys.executable, "-m", "leadgate", "user", "add", "ann", "--role", "admin"],
        cwd=folder,
        input="correct horse battery\n",
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        start_new_session=True,  # which has no terminal
    )
    assert (run.returncode, run.stdout) == (2, "")
    assert run.stderr.startswith("leadgate: There is no terminal to ask for the password;")
