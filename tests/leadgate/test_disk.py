"""A disk that is full or cannot be written is said by name, and what can go on goes on."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from leadgate.cli.failure import WRONG_USAGE, report_failure

PEOPLE = "First name,Last name,Email\nAda,Byron,ada@b.example\n"
# In a mount namespace of its own, the folder becomes one that nobody can write.
LOCKED = 'mount --bind "$0" "$0" && mount -o remount,bind,ro "$0" && cd "$0" && exec "$@"'


def run_locked(folder: Path, *command: str) -> tuple[int, str]:
    """Run a program in a folder on a read-only disk."""
    outside = ["unshare", "--mount", "--map-root-user", "sh", "-c", LOCKED, str(folder)]
    done = subprocess.run([*outside, *command], capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


def run_leadgate(folder: Path, *words: str) -> tuple[int, str]:
    """Run a command of Leadgate there."""
    return run_locked(folder, sys.executable, "-m", "leadgate", *words)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a store of one contact, and a file that was not imported."""
    made = tmp_path_factory.mktemp("disk")
    if shutil.which("unshare") is None or run_locked(made, "true")[0]:
        pytest.skip("this system gives no mount namespaces")
    (made / "leadgate.toml").touch()
    (made / "people.csv").write_text(PEOPLE, encoding="utf-8")
    command = [sys.executable, "-m", "leadgate", "import", "people.csv"]
    subprocess.run(command, cwd=made, check=True, capture_output=True)
    (made / "more.csv").write_text(PEOPLE.replace("Ada", "Ann"), encoding="utf-8")
    return made


def test_a_store_on_a_read_only_disk_is_shown_and_backed_up_but_not_written(folder, tmp_path):
    assert run_leadgate(folder, "status")[1].startswith("1 contact\n")
    code, said = run_leadgate(folder, "import", "more.csv")
    assert (code, "sqlite:///leadgate.db cannot be written" in said) == (WRONG_USAGE, True)
    target = tmp_path / "backup"
    assert run_leadgate(folder, "backup", str(target))[0] == 0
    assert (target / "manifest.json").is_file()


def test_a_file_that_cannot_be_made_is_named(folder):
    code, said = run_leadgate(folder, "deploy", "--write-only")
    assert code == WRONG_USAGE
    assert "prefect.yaml cannot be read or written (Read-only file system)." in said


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device of Linux")
def test_a_full_disk_is_no_fault_of_the_program(capsys):
    with pytest.raises(OSError, match="No space") as caught, Path("/dev/full").open("wb") as file:
        file.write(b"x" * 10_000_000)
    assert report_failure(caught.value) == WRONG_USAGE
    assert "Make room, then run it again" in capsys.readouterr().err
