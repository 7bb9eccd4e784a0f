"""Files and tables that lie elsewhere, fetched and taken through the same main path."""

import json
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote, urlsplit

from connectors.errors import SourceFileError
from connectors.remote.addresses import Allowed
from connectors.remote.files import Found, Place, fetch_file, find_files
from connectors.remote.http import Api
from crm.inbox import put_letters, read_cursor
from crm.store import Store
from flows.job import ImportJob
from flows.outcome import Outcome
from leadgate.settings.elsewhere import Files
from leadgate.settings.secrets import find_secrets

Import = Callable[[ImportJob], Outcome]


def fetch_files(
    store: Store, job: ImportJob, files: Files, run: Import
) -> Iterator[Outcome | SourceFileError]:
    """Import the files that are new or changed; a file that cannot be read keeps no other back.

    Which files were taken is kept in the store; one taken twice, because a run was killed, has no
    effect the second time.
    """
    place = place_of(job.source, files)
    taken = _taken(store, job.source)
    for found in find_files(place):
        if taken.get(found.path) == found.stamp or not found.settled:
            continue
        with tempfile.TemporaryDirectory(prefix="leadgate-") as folder:
            try:
                copy = fetch_file(place, found, Path(folder))
                if copy is None:  # it changed while it was copied: the next look takes it
                    continue
                yield run(replace(job, path=copy))
            except SourceFileError as error:
                yield error
        taken[found.path] = found.stamp
        put_letters(store, (), {job.source: json.dumps(taken)})


def fetch_address(
    store: Store, job: ImportJob, files: Files, run: Import
) -> Iterator[Outcome | SourceFileError]:
    """Import the file at an HTTPS address, where it is another than the last time."""
    parts = urlsplit(files.at)
    allowed = Allowed.of([parts.netloc.rpartition("@")[2]], loopback=files.allow_loopback)
    token = next(iter(find_secrets(job.source, "TOKEN")), "")
    api = Api(allowed, {"authorization": f"Bearer {token}"} if token else {})
    answer = api.fetch(files.at)
    found = Found(unquote(parts.path) or "download", len(answer.body), "", settled=True)
    with tempfile.TemporaryDirectory(prefix="leadgate-") as folder:
        copy = Path(folder) / found.name
        copy.write_bytes(answer.body)
        stamp = {name: answer.headers.get(name, "") for name in ("etag", "last-modified")}
        if any(stamp.values()) and _taken(store, job.source) == stamp:
            return
        try:
            yield run(replace(job, path=copy))
        except SourceFileError as error:
            yield error
    put_letters(store, (), {job.source: json.dumps(stamp)})


def fetch_rows(job: ImportJob, url: str, table: str, run: Import) -> Iterator[Outcome]:
    """Import the rows of a table or view; those that are known have no effect."""
    from connectors.remote.sql_tables import fetch_table  # noqa: PLC0415 - only where there is one

    with tempfile.TemporaryDirectory(prefix="leadgate-") as folder:
        copy = Path(folder) / f"{table}.jsonl"
        if fetch_table(url, table, copy):
            yield run(replace(job, path=copy))


def place_of(name: str, files: Files) -> Place:
    """Where a source's files appear, with the secrets that open it."""
    options: dict[str, object] = {}
    secret = next(iter(find_secrets(name, "TOKEN")), None)
    if files.at.startswith("s3://"):
        options = {"use_listings_cache": False}
        if files.endpoint:
            options["endpoint_url"] = files.endpoint
    elif files.at.startswith("sftp://"):
        options = {"host_key": files.host_key, "password": secret}
    return Place(files.at, files.settle, options)


def _taken(store: Store, source: str) -> dict[str, str]:
    kept = read_cursor(store, source)
    found = json.loads(kept) if kept else {}
    return found if isinstance(found, dict) else {}
