"""A store that cannot be used: one sentence says so and names the way out, and nothing changes.

Every command has a row that says what it does with the store; one without a row fails the test.
"""

from __future__ import annotations

import ctypes
import io
import os
import re
import shutil
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

import openpyxl
import pandas as pd
import pytest
from typer.core import TyperGroup
from typer.main import get_command

from crm import opening
from crm.desk_access import add_user
from crm.store import open_store
from leadgate.cli import app
from leadgate.cli.failure import report_failure
from tests.crm.test_opening import execute

if TYPE_CHECKING:
    from collections.abc import Iterator

GROUP: Final = get_command(app)  # made once: it takes longer than most commands here
READS: Final = "reads"  # never makes a store
WRITES: Final = "writes"  # into a store that is there
MAKES: Final = "makes"  # a store where there is none
SERVICE: Final = "service"  # as MAKES, and has nothing to write in the store of these tests
NONE: Final = "none"  # no store at all

# Command -> what it does with the store, and arguments that let it get there.
COMMANDS: Final = {
    "backup": (READS, "saved"),
    "calls": (READS, ""),
    "check": (NONE, ""),
    "dedupe": (NONE, ""),
    "deliver": (SERVICE, ""),
    "deploy": (NONE, ""),
    "drain": (SERVICE, ""),
    "erase": (WRITES, "c1"),
    "export": (READS, "contacts -o out.csv"),
    "fetch": (SERVICE, ""),
    "figures drop": (WRITES, "f1"),
    "figures list": (READS, ""),
    "held discard": (WRITES, "h1"),
    "held list": (READS, ""),
    "held release": (WRITES, "h1"),
    "import": (MAKES, "new.csv"),
    "inbox": (READS, ""),
    "insights": (READS, ""),
    "lead convert": (WRITES, "l1 --name Desks"),
    "lead list": (READS, ""),
    "lead status": (WRITES, "l2 qualified"),
    "log export": (READS, "-o log.csv"),
    "mapping": (NONE, ""),
    "merge": (WRITES, "c1 c2"),
    "notify": (SERVICE, ""),
    "opportunity add": (WRITES, "c1 --name Chairs"),
    "opportunity close": (WRITES, "o1 --lost"),
    "opportunity list": (READS, ""),
    "opportunity stage": (WRITES, "o1 proposal"),
    "opportunity value": (WRITES, "o1 5"),
    "poll": (SERVICE, ""),
    "quarantine discard": (WRITES, "q1 --reason junk"),
    "quarantine export": (READS, "-o out.xlsx"),
    "quarantine list": (READS, ""),
    "quarantine reopen": (WRITES, "q2"),
    "quarantine resubmit": (WRITES, "repaired.xlsx"),
    "report": (READS, "b1"),
    "restore": (MAKES, "backup"),
    "retain": (SERVICE, ""),
    "review apply": (WRITES, "judged.csv"),
    "review export": (READS, "-o out.csv"),
    "review list": (READS, ""),
    "serve": (SERVICE, "--port 0"),
    "source add": (NONE, ""),
    "source list": (NONE, ""),
    "source test": (NONE, ""),
    "status": (READS, ""),
    "trace": (READS, "c1"),
    "undo": (WRITES, "b1"),
    "unmerge": (WRITES, "e2"),
    "up": (NONE, ""),
    "user audit": (READS, ""),
    "user add": (MAKES, "bob --password-stdin"),
    "user change": (WRITES, "ann --role viewer"),
    "user list": (READS, ""),
    "user password": (WRITES, "ann --password-stdin"),
    "user token": (WRITES, "ann --purpose CI"),
    "user tokens": (READS, "ann"),
    "verify": (READS, ""),
}
SETTINGS: Final = """
reports = "r"
[holding]
rejected_percent = 20
[retention]
quarantine_days = 1
[sources.web]
path = "web.csv"
"""


HEAD: Final = "First name,Last name,Email,Street,Postal code,City\n"
LEADS: Final = (
    "Ann,Lee,ann@lee.example,,,Berlin\n"
    "Ann,Lee,ann@lee.example,,,Bonn\n"
    "Bob,Stone,bob@stone.example,,,London\n"
    "Annabel,Leewood,,Hauptstr 1,10115,Berlin\n"
    "Anna,Leewood,,Hauptstr 1,10115,Berlin\n"
    "Cy,Day,cy@,,,Reno\n"
    "Di,Elm,di@,,,Reno\n"
)


def list_commands(group: TyperGroup, path: str = "") -> Iterator[str]:
    for name, command in group.commands.items():
        if isinstance(command, TyperGroup):
            yield from list_commands(command, f"{path}{name} ")
        else:
            yield path + name


def test_every_command_says_what_it_does_with_the_store() -> None:
    assert isinstance(GROUP, TyperGroup)
    assert sorted(list_commands(GROUP)) == sorted(COMMANDS)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a store in which every command finds what it is about."""
    folder = tmp_path_factory.mktemp("made")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        (folder / "leadgate.toml").write_text(SETTINGS)
        (folder / "leads.csv").write_text(HEAD + LEADS)
        (folder / "new.csv").write_text(HEAD + "Eve,Oak,eve@oak.example,,,Bonn\n")
        more = "".join(f"D{n},Roe,d{n}@,,,Reno\n" for n in range(40))
        (folder / "web.csv").write_text(HEAD + more)
        fill("sqlite:///leadgate.db")
        for command in (
            "quarantine export -o repaired.xlsx",
            "review export -o judged.csv",
            "backup backup",
        ):
            assert run(command.split()) == 0
    workbook = openpyxl.load_workbook(folder / "repaired.xlsx")
    for cell in (cell for row in workbook.active.iter_rows() for cell in row):
        if cell.value == "cy@":
            cell.value = "cy@day.example"
    workbook.save(folder / "repaired.xlsx")
    judged = pd.read_csv(folder / "judged.csv", dtype="str")
    judged.assign(verdict="different").to_csv(folder / "judged.csv", index=False)
    return folder


def fill(url: str) -> None:
    """Fill a store."""
    for command in (
        "import leads.csv",
        "import web",
        "lead status l1 qualified",
        "opportunity add c2 --name Desks",
        "quarantine discard q2 --reason junk",
    ):
        assert run([*command.split(), "--store", url]) in {0, 1}
    with open_store(url) as store:
        assert add_user(store, "ann", "admin", "$") is not None
    for made in ("r", "leadgate-held"):
        shutil.rmtree(made)


@pytest.fixture
def folder(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of that folder, to work in."""
    shutil.copytree(made, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PREFECT_API_URL", "")
    monkeypatch.setenv("LEADGATE_ERASURE_KEY", "k" * 32)
    monkeypatch.setattr(opening, "BUSY_SECONDS", 0.01)
    monkeypatch.setattr(sys, "stdin", sys.stdin)  # `check_all` gives every command a password
    return tmp_path


def run(arguments: list[str]) -> int:
    """Run a command as `python -m leadgate` does; its exit code."""
    try:
        GROUP(arguments)
    except SystemExit as end:
        return int(end.code or 0)
    except Exception as error:  # noqa: BLE001 - as the front door does it
        return report_failure(error)
    return 0


def content(folder: Path) -> dict[str, bytes]:
    """Every file with its bytes; who reads what in a log is noted in `-shm`."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.suffix != ".db-shm"
    }


Says = Callable[[str], str | None]  # kind of command -> what it has to say; null: it may go on


def check_all(capsys: pytest.CaptureFixture[str], folder: Path, url: str, says: Says) -> None:
    """Give every command this store: those that cannot use it say so once, and change nothing."""
    wrong = []
    before = content(folder)
    for command, (kind, rest) in COMMANDS.items():
        sentence = None if kind == NONE else says(kind)
        if sentence is None:
            continue
        capsys.readouterr()
        sys.stdin = io.StringIO("correct horse battery staple\n")
        code = run([*command.split(), *rest.split(), "--store", url])
        said = capsys.readouterr()
        lines = said.err.strip().splitlines()
        if (code, len(lines), said.out) != (2, 1, "") or not re.search(sentence, lines[0]):
            wrong.append((command, code, said.out, lines))
        if content(folder) != before:
            changed = {name for name, _ in content(folder).items() ^ before.items()}
            wrong.append((command, "changed", changed))
            shutil.rmtree(folder, ignore_errors=True)
            break
    assert not wrong, "\n".join(map(str, wrong))


def always(sentence: str) -> Says:
    return lambda _kind: sentence


def where_none_is_made(sentence: str) -> Says:
    return lambda kind: sentence if kind in {READS, WRITES} else None


def where_it_is_written(sentence: str) -> Says:
    return lambda kind: sentence if kind in {MAKES, WRITES} else None


# What `restore` says of any place where there is something.
TAKEN: Final = "nothing is overwritten|has tables already"
NEWER: Final = rf"newer Leadgate\. Upgrade Leadgate|{TAKEN}"
FOREIGN: Final = rf"not Leadgate's\. Give Leadgate a database of its own|{TAKEN}"


def test_a_store_of_a_newer_version(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with sqlite3.connect("leadgate.db") as other:
        other.execute("UPDATE leadgate_version SET version_num = '9999'")
    other.close()
    check_all(capsys, folder, "sqlite:///leadgate.db", always(NEWER))


def test_a_database_of_something_else(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with sqlite3.connect("other.db") as other:
        other.execute("CREATE TABLE invoices (id INTEGER)")
    other.close()
    check_all(capsys, folder, "sqlite:///other.db", always(FOREIGN))


def test_a_file_that_is_no_database(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    check_all(capsys, folder, "sqlite:///leads.csv", always(f"cannot be reached|{TAKEN}"))


@pytest.mark.parametrize("name", ["missing.db", "empty.db"])
def test_no_store_at_all(folder: Path, capsys: pytest.CaptureFixture[str], name: str) -> None:
    (folder / "empty.db").touch()
    says = where_none_is_made("is not there. Import something, or name another: --store")
    check_all(capsys, folder, f"sqlite:///{name}", says)


def test_a_folder_that_is_not_there(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    check_all(
        capsys, folder, "sqlite:///nowhere/missing.db", always("is not there|cannot be reached")
    )


def test_a_store_that_another_program_is_writing(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with closing(sqlite3.connect("leadgate.db")) as other:
        other.execute("BEGIN IMMEDIATE")
        says = where_it_is_written(f"is locked by another program. Wait|{TAKEN}")
        check_all(capsys, folder, "sqlite:///leadgate.db", says)
        for command, (kind, rest) in COMMANDS.items():
            if kind == READS:
                assert run([*command.split(), *rest.split()]) in {0, 1}, command


def test_a_store_that_another_program_has_to_itself(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with closing(sqlite3.connect("leadgate.db")) as other:
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        says = always(f"is locked by another program. Wait|{TAKEN}")
        check_all(capsys, folder, "sqlite:///leadgate.db", says)


def test_a_store_that_may_not_be_written(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "leadgate.db").chmod(0o444)
    folder.chmod(0o555)
    with no_more_than_others():
        says = always(f"cannot be written|{TAKEN}")
        check_all(capsys, folder, "sqlite:///leadgate.db", says)
    folder.chmod(0o755)


class _Header(ctypes.Structure):
    _fields_ = (("version", ctypes.c_uint32), ("pid", ctypes.c_int))


@contextmanager
def no_more_than_others() -> Iterator[None]:
    """Take from root, for a while, what lets it write to any file; see capabilities(7)."""
    if os.geteuid() != 0:
        yield
        return
    kernel = ctypes.CDLL(None, use_errno=True)
    header, held = _Header(0x20080522, 0), (ctypes.c_uint32 * 6)()
    kernel.capget(ctypes.byref(header), held)
    fewer = (ctypes.c_uint32 * 6)(*held)
    fewer[0] &= ~0b110  # CAP_DAC_OVERRIDE and CAP_DAC_READ_SEARCH, of those in effect
    assert kernel.capset(ctypes.byref(header), fewer) == 0
    try:
        yield
    finally:
        assert kernel.capset(ctypes.byref(header), held) == 0


def test_a_postgresql_database_that_cannot_be_used(
    folder: Path, capsys: pytest.CaptureFixture[str], postgresql_url: str
) -> None:
    check_all(capsys, folder, postgresql_url, where_none_is_made("is not there"))
    fill(postgresql_url)
    read_only = postgresql_url + "%20-cdefault_transaction_read_only%3Don"
    check_all(capsys, folder, read_only, where_it_is_written(f"cannot be written|{TAKEN}"))
    execute(postgresql_url, "UPDATE leadgate_version SET version_num = '9999'")
    check_all(capsys, folder, postgresql_url, always(NEWER))
    execute(postgresql_url, "DROP TABLE leadgate_version")
    check_all(capsys, folder, postgresql_url, always(FOREIGN))
    head, _, query = postgresql_url.partition("?")
    nowhere = f"{head.rsplit('/', 1)[0]}/no_such_database?{query}"
    check_all(capsys, folder, nowhere, always("cannot be reached"))
