"""A look at a source before anything of it is imported: its first rows, and what they are."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Final

from connectors.forms.delivery import Event
from connectors.remote.addresses import Allowed
from connectors.remote.files import fetch_file, find_files
from connectors.remote.http import Api
from connectors.remote.polls import poll
from connectors.remote.sql_tables import fetch_table
from flows import cleaning
from flows.fetch_files import place_of
from flows.job import make_job
from flows.poll_source import poll_of
from flows.stages import Mapped
from leadgate.errors import InvalidValueError
from leadgate.settings import Settings, Source
from leadgate.settings.elsewhere import Files
from leadgate.settings.secrets import find_secrets, secret_name

ROWS: Final = 100


@dataclass(frozen=True)
class Preview:
    """What to know of a source, as sentences, and its first rows, mapped, where there are any."""

    notes: tuple[str, ...]
    mapped: Mapped | None


def preview_source(name: str, settings: Settings, folder: Path) -> Preview:
    """Try the connection of a source and read its first rows into `folder`; nothing is imported.

    Raises what an import would raise: a `ConfigurationError`, a `SourceFileError`.
    """
    source = settings.sources[name]
    if source.webhook is not None:
        return Preview(tuple(_describe_webhook(name, settings)), None)
    file, notes = _first_rows(name, source, settings, folder)
    if file is None:
        return Preview((*notes, "There are no rows yet."), None)
    job = make_job(name, source, file, settings)
    received = cleaning.extract(job)
    columns = {str(column) for table in received.tables for column in table.rows.columns}
    told = {column: field for column, field in job.overrides.items() if column in columns}
    return Preview(notes, cleaning.map_columns(received, replace(job, overrides=told)))


def _first_rows(
    name: str, source: Source, settings: Settings, folder: Path
) -> tuple[Path | None, tuple[str, ...]]:
    if source.path is not None:
        return source.path, ()
    if source.poll is not None:
        what, api = poll_of(name, settings)
        page = next(iter(poll(what, api.ask, None)), None)
        events = page.events if page else ()
        return _write(events, folder), (f"The API answers; its first page has {len(events)} rows.",)
    if source.files is not None:
        return _first_file(name, source.files, folder)
    if source.sql is not None:
        url = next(iter(find_secrets(name, "URL")), None) or source.sql.url
        if url is None:
            raise InvalidValueError(
                f'[sources.{name}.sql] needs "url", or {secret_name(name, "URL")}.'
            )
        file = folder / "rows.jsonl"
        rows = fetch_table(url, source.sql.table, file)
        return (file if rows else None), (f"The table has {rows:,} rows.",)
    raise InvalidValueError(f"[sources.{name}] says neither path, webhook, poll, files nor sql.")


def _first_file(name: str, files: Files, folder: Path) -> tuple[Path | None, tuple[str, ...]]:
    if files.at.startswith(("https://", "http://")):
        host = files.at.split("/")[2].rpartition("@")[2]
        token = next(iter(find_secrets(name, "TOKEN")), "")
        headers = {"authorization": f"Bearer {token}"} if token else {}
        api = Api(Allowed.of([host], loopback=files.allow_loopback), headers)
        file = folder / (files.at.split("?")[0].rpartition("/")[2] or "download")
        file.write_bytes(api.fetch(files.at).body)
        return file, ()
    place = place_of(name, files)
    found = find_files(place)
    ready = [each for each in found if each.settled]
    notes = (f"{place.shown}: {len(found):,} files, {len(ready):,} of them whole.",)
    return (fetch_file(place, ready[0], folder) if ready else None), notes


def _write(events: Iterable[Event], folder: Path) -> Path | None:
    file = folder / "rows.jsonl"
    lines: list[Mapping[str, str]] = [
        {"submission_id": each.id, **each.values} for each in islice(events, ROWS)
    ]
    file.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="ascii")
    return file if lines else None


def _describe_webhook(name: str, settings: Settings) -> Iterable[str]:
    host = settings.receiver.public_url or "https://YOUR-HOST"
    webhook = settings.sources[name].webhook
    tail = "/SECRET" if webhook and webhook.provider == "jotform" else ""
    yield f"It is to be sent to {host}/in/{name}{tail}, while leadgate serve runs."
    there = len(find_secrets(name))
    variable = secret_name(name)
    yield (
        f"{variable} holds {there} secret{'s' * (there != 1)}."
        if there
        else (f"{variable} is not set: leadgate serve does not start without it.")
    )
