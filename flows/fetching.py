"""How a source that lies elsewhere is fetched, by what the settings say of it."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from connectors.errors import SourceFileError
from crm.store import Store
from flows.fetch_files import fetch_address, fetch_files, fetch_rows
from flows.job import ImportJob, make_job, may_wait
from flows.outcome import Outcome
from flows.watching import import_traced
from leadgate.errors import InvalidValueError
from leadgate.settings import Settings, Source
from leadgate.settings.secrets import find_secrets

Fetch = Callable[[Store], Iterator[Outcome | SourceFileError]]


def is_elsewhere(source: Source) -> bool:
    """Whether a source's rows are fetched."""
    return source.files is not None or source.sql is not None


def fetch_job(name: str, settings: Settings) -> ImportJob:
    """The job for what is fetched; a named error where the settings say nothing of it."""
    source = settings.sources.get(name)
    if source is None or not is_elsewhere(source):
        raise InvalidValueError(f'no source "{name}" with files or sql is described.')
    return may_wait(make_job(name, source, Path(name), settings), source, settings)


def fetch_of(job: ImportJob, settings: Settings) -> Fetch:
    """How a job of `fetch_job` is fetched and imported."""
    run = partial(import_traced, settings)
    name, source = job.source, settings.sources[job.source]
    if source.files is not None:
        files = source.files
        web = files.at.startswith(("https://", "http://"))
        fetch = fetch_address if web else fetch_files
        return lambda opened: fetch(opened, job, files, run)
    url = next(iter(find_secrets(name, "URL")), None) or (source.sql.url if source.sql else None)
    if source.sql is None or url is None:
        raise InvalidValueError(f'[sources.{name}.sql] needs "url", or set LEADGATE_URL_….')
    table = source.sql.table
    return lambda _opened: fetch_rows(job, url, table, run)
