"""Files that people hand in at the desk: looked at, tried out, and imported beside it.

An import computes for seconds or minutes, so it runs in a process of its own; where it stands is
a small file in the upload's folder, which outlives the desk and the process.
"""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final, ParamSpec, TypeVar

from crm.acts import Who
from crm.store import open_store
from flows import cleaning
from flows.columns import describe_reading
from flows.holding import discard, release
from flows.import_leads import import_leads
from flows.job import ImportJob, job_for
from flows.notifying import notified
from flows.progress import STEPS, WORDS, place_of
from flows.resubmission import Sender, resubmit
from flows.watching import import_traced
from leadgate.settings import Settings, load_settings

P = ParamSpec("P")
T = TypeVar("T")
STATE: Final = "state.json"
SAMPLES: Final = 3


@dataclass(frozen=True)
class Uploads:
    """What the desk can do with a file; `config` is the file its settings came from."""

    settings: Settings
    config: Path | None = None

    def sources(self) -> Sequence[str]:
        """The sources a file can be said to be from."""
        return list(self.settings.sources)

    def look(self, path: Path, source: str, columns: Mapping[str, str]) -> dict[str, Any]:
        """Read a file and map its columns: `tables` as put on record, `samples` by column."""
        job = self._job(path, source, columns)
        received = cleaning.extract(job)
        mapped = cleaning.map_columns(received, job)
        samples = {
            str(name): [str(value) for value in rows[name].dropna().unique()[:SAMPLES]]
            for table in received.tables
            for rows in [table.rows]
            for name in rows
        }
        return {"tables": describe_reading(mapped), "samples": samples}

    def try_out(self, path: Path, source: str, columns: Mapping[str, str]) -> dict[str, Any]:
        """Say what an import would do, and write nothing."""
        return import_leads(replace(self._job(path, source, columns), dry_run=True)).as_json()

    def start(self, path: Path, source: str, columns: Mapping[str, str]) -> None:
        """Begin the import; `read_state` of the file's folder tells how far it is."""
        asked = {"source": source, "columns": dict(columns), "file": path.name}
        write_state(
            path.parent,
            {"status": "running", "step": 0, "steps": STEPS, "said": "starting", **asked},
        )
        config = [str(self.config)] if self.config else []
        # The store's URL may hold a password: it goes through the environment.
        environment = {**os.environ, "LEADGATE_STORE": self.settings.store}
        command = [sys.executable, "-m", "flows.uploads", str(path.parent), *config]
        child = subprocess.Popen(command, env=environment, start_new_session=True)  # noqa: S603 - ours
        threading.Thread(target=_see_it_through, args=(child, path.parent), daemon=True).start()

    def release(self, hold: str, who: Who) -> None:
        """Release a file on hold; its import goes on from there beside the desk."""
        with open_store(self.settings.store) as store:
            release(store, hold, who, self.settings)  # a file that is gone is told of here
        config = ["--config", str(self.config)] if self.config else []
        environment = {**os.environ, "LEADGATE_STORE": self.settings.store}
        command = [sys.executable, "-m", "leadgate", *config, "held", "release", hold]
        child = subprocess.Popen(  # noqa: S603 - ours
            command, env=environment, stdout=subprocess.DEVNULL, start_new_session=True
        )
        threading.Thread(target=child.wait, daemon=True).start()

    def discard(self, hold: str, who: Who) -> None:
        """Discard a file on hold."""
        with open_store(self.settings.store) as store:
            discard(store, hold, who)

    def resubmit(self, path: Path, actor: str) -> dict[str, Any]:
        """Take the rows of a repaired sheet from quarantine."""
        return resubmit(Sender(path, self.settings.store, actor), self.settings).as_json()

    def file_of(self, folder: Path) -> Path | None:
        """Find the file that was handed in into this folder."""
        found = (path for path in sorted(folder.glob("*")) if not path.name.startswith(STATE))
        return next(found, None)

    def state_of(self, folder: Path) -> dict[str, Any]:
        """Read where the import of an upload stands."""
        return read_state(folder)

    def _job(self, path: Path, source: str, columns: Mapping[str, str]) -> ImportJob:
        return _job(self.settings, path, source, columns)


def read_state(folder: Path) -> dict[str, Any]:
    """Read where an upload's import stands: `status` new, running, done or failed."""
    try:
        state: dict[str, Any] = json.loads((folder / STATE).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {"status": "new"}
    return state


def write_state(folder: Path, state: Mapping[str, Any]) -> None:
    """Write it down in one step, so that nobody reads half of it."""
    fresh = folder / f"{STATE}.{os.getpid()}"
    fresh.write_text(json.dumps(state), encoding="utf-8")
    fresh.replace(folder / STATE)


def import_upload(folder: Path, config: Path | None = None) -> None:
    """Import what `start` wrote down; ends with `done` and the counts, or `failed` and why."""
    state = read_state(folder)
    reached = 0

    def run(step: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        nonlocal reached
        name = step.__name__
        reached = max(reached, place_of(name))
        said = WORDS.get(name, name.replace("_", " "))
        write_state(folder, {**state, "step": reached, "said": said})
        return step(*args, **kwargs)

    try:
        settings = load_settings(config)
        job = _job(settings, folder / state["file"], state["source"], state["columns"])
        outcome = notified(job, settings, lambda each: import_traced(settings, each, run))
    except Exception as error:  # whatever it was, the person has to be told
        named = type(error).__module__.startswith(
            ("crm.", "connectors.", "leadgate.", "validators.")
        )
        said = str(error) if named else f"a fault on our side ({type(error).__name__})"
        write_state(folder, {**state, "status": "failed", "said": said})
        raise
    write_state(folder, {**state, "status": "done", "step": STEPS, "outcome": outcome.as_json()})


def _see_it_through(child: "subprocess.Popen[bytes]", folder: Path) -> None:
    """Wait for an import's end; one that was killed could not say that it did not work."""
    child.wait()
    state = read_state(folder)
    if state["status"] == "running":
        said = "it was stopped before its end; hand the file in again, and it goes on"
        write_state(folder, {**state, "status": "failed", "said": said})


def _job(settings: Settings, path: Path, source: str, columns: Mapping[str, str]) -> ImportJob:
    """The job for an upload: a source of the settings with another file, or a source of its own."""
    if source in settings.sources:
        return replace(job_for(source, settings, columns), path=path)
    return replace(job_for(str(path), settings, columns), source=source or path.stem)


if __name__ == "__main__":
    import_upload(Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) > 2 else None)
