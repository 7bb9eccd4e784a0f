"""Which files a check is about: paths, patterns and sources become jobs."""

import glob
from collections.abc import Mapping, Sequence
from pathlib import Path

from flows.job import ImportJob, job_for
from leadgate.errors import InvalidValueError
from leadgate.settings import Settings


def find_jobs(
    wanted: Sequence[str], settings: Settings, overrides: Mapping[str, str]
) -> list[ImportJob]:
    """Return a job for each file meant, each file once, in the order of the command line.

    A pattern (`samples/*.csv`, `**/*.xlsx`) stands for the files it matches, in alphabetical
    order. A file that a source is read from is checked as that source. Raises a
    ConfigurationError where a pattern matches nothing or a path leads nowhere.
    """
    of_path = {
        source.path.resolve(): name for name, source in settings.sources.items() if source.path
    }
    files = [name for what in wanted for name in _expand(what, settings)]
    names = [of_path.get(Path(name).resolve(), name) for name in files]
    jobs = [job_for(name, settings, overrides) for name in dict.fromkeys(names)]
    return list({job.path: job for job in reversed(jobs)}.values())[::-1]


def _expand(what: str, settings: Settings) -> list[str]:
    if what in settings.sources or Path(what).exists() or not glob.has_magic(what):
        return [what]
    paths = glob.glob(what, recursive=True)  # noqa: PTH207 - takes absolute patterns too
    found = sorted(path for path in paths if Path(path).is_file())
    if not found:
        raise InvalidValueError(
            f'"{what}" matches no file in {Path.cwd()}; correct the pattern, or the folder the '
            "check runs in."
        )
    return found


def shown_path(path: Path) -> str:
    """Write a path as CI knows it: from the working folder on, with slashes."""
    full = path.absolute()
    here = Path.cwd()
    return (full.relative_to(here) if full.is_relative_to(here) else path).as_posix()
