"""Time and memory of a command, whatever the process that asks holds itself."""

import sys

import numpy as np

from benchmarks.stopwatch import LOG, measure


def _python(script):
    return [sys.executable, "-S", "-c", script]


def test_the_memory_of_a_command_is_counted(tmp_path):
    small = measure(_python("pass"), tmp_path)
    large = measure(_python("len(bytearray(b'x') * 200_000_000)"), tmp_path)
    assert large.megabytes - small.megabytes > 150


def test_the_memory_of_whoever_asks_is_not_counted(tmp_path):
    held = np.ones(300_000_000, dtype=np.uint8)
    assert measure(_python("pass"), tmp_path).megabytes < held.nbytes / 1e6 / 2


def test_the_exit_code_and_what_was_said_are_kept(tmp_path):
    measured = measure(_python("import sys; print('lost'); sys.exit('bad key')"), tmp_path)
    assert measured.exit_code == 1
    assert not measured.stopped
    assert (tmp_path / LOG).read_text() == "bad key\n"


def test_a_command_that_takes_too_long_is_stopped(tmp_path):
    measured = measure(_python("import time; time.sleep(60)"), tmp_path, limit=1)
    assert measured.stopped
    assert measured.exit_code != 0
    assert measured.seconds >= 1


def test_a_command_sees_its_environment_and_its_folder(tmp_path):
    script = "import os; open('seen', 'w').write(os.environ['COLOUR'])"
    measure(_python(script), tmp_path, environment={"COLOUR": "red"})
    assert (tmp_path / "seen").read_text() == "red"
