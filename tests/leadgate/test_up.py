"""What can keep `leadgate up` from starting; soak.up starts and ends it."""

import socket
import subprocess
import sys

import pytest

from leadgate.cli.parts import PartFailedError, Parts
from leadgate.cli.up import UpOptions, run_up
from leadgate.errors import ConfigurationFileError, InvalidValueError

# Holds a folder as a `leadgate up` that runs does.
HOLD = """
import fcntl, os, sys
fcntl.flock(os.open(sys.argv[1], os.O_RDONLY), fcntl.LOCK_EX)
print("held", flush=True)
input()
"""


@pytest.fixture
def project(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "leadgate.toml").write_text("")
    return tmp_path


@pytest.mark.parametrize("option", ["--port", "--prefect-port"])
def test_a_port_that_is_taken_is_named_before_anything_starts(project, option):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        ports = (port, 0) if option == "--port" else (0, port)
        with pytest.raises(InvalidValueError, match=f"{option} {port} cannot be listened on"):
            run_up(None, UpOptions("127.0.0.1", *ports, project / "up"))
    assert not (project / "up").exists()


def test_a_folder_in_which_one_runs_is_named_before_anything_starts(project):
    (project / "up").mkdir()
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, project / "up"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdout is not None
        other.stdout.readline()
        with pytest.raises(InvalidValueError, match=f"runs already in {project / 'up'}"):
            run_up(None, UpOptions("127.0.0.1", 0, 0, project / "up"))
        other.communicate(b"\n")
    assert list((project / "up").iterdir()) == []


def test_without_settings_there_is_nothing_to_start(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ConfigurationFileError, match="no such file"):
        run_up(None, UpOptions("127.0.0.1", 0, 0, tmp_path / "up"))


def test_a_part_that_ends_by_itself_is_named_with_its_log(tmp_path):
    parts = Parts(tmp_path, {"PATH": ""})
    parts.start("worker", "this_is_no_module")
    parts.running["worker"].wait(60)
    with pytest.raises(PartFailedError, match="worker ended by itself"):
        parts.check()
    parts.stop()
    assert "No module named" in (tmp_path / "worker.log").read_text()


def test_a_step_that_does_not_work_is_named_with_its_log(tmp_path):
    parts = Parts(tmp_path, {"PATH": ""})
    has_ended = parts.run("deploy", "this_is_no_module")
    parts.passing[0].wait(60)
    with pytest.raises(PartFailedError, match=r"deploy did not work .* see .*deploy\.log"):
        has_ended()
    parts.stop()


def test_a_log_that_grew_long_makes_way(tmp_path, monkeypatch):
    monkeypatch.setattr("leadgate.cli.parts.LONGEST_LOG", 5)
    (tmp_path / "worker.log").write_text("of yesterday")
    parts = Parts(tmp_path, {"PATH": ""})
    parts.start("worker", "this_is_no_module")
    parts.running["worker"].wait(60)
    parts.stop()
    assert (tmp_path / "worker.log.1").read_text() == "of yesterday"
    assert "of yesterday" not in (tmp_path / "worker.log").read_text()


def test_a_part_that_will_not_end_is_ended(tmp_path, monkeypatch):
    monkeypatch.setattr("leadgate.cli.parts.GRACE", 0.5)
    (tmp_path / "stubborn.py").write_text(
        "import signal, time\n"
        "signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
        "print('here', flush=True)\n"
        "time.sleep(600)\n"
    )
    parts = Parts(tmp_path, {"PYTHONPATH": f"{tmp_path}:{':'.join(sys.path)}"})
    parts.start("stubborn", "stubborn")
    log = tmp_path / "stubborn.log"
    while not log.read_text():
        parts.check()
    parts.stop()
    assert parts.running["stubborn"].returncode == -9


def test_what_others_had_started_is_left_running(tmp_path):
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as other:
        parts = Parts(tmp_path, {"PATH": ""})
        parts.start("worker", "this_is_no_module")
        parts.stop()
        assert other.poll() is None
        other.communicate(b"\n")
    assert other.returncode == 0
