"""What waits in the inbox, taken through the same main path as any file.

The letters of a source are one reading: JSON lines, one letter a line. Where a reading as a whole
cannot be imported, the letters that are to blame are set apart, and the others go on.
"""

import json
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from connectors.errors import SourceFileError
from connectors.remote.errors import RemoteDownError, RemoteError
from crm.errors import StoreError
from crm.ids import read as read_id
from crm.inbox import Taken, fail_letters, finish_letters, waiting_letters
from crm.store import Store
from flows.job import ImportJob, make_job
from flows.meta_leads import Complete
from flows.outcome import Outcome
from leadgate.errors import InvalidValueError
from leadgate.settings import Settings
from validators.mapping.errors import MappingError, UnknownFieldError

ID: Final = "submission_id"
TIME: Final = "occurred_at"
Import = Callable[[ImportJob], Outcome]


def received_sources(settings: Settings) -> list[str]:
    """Name the sources whose rows come through the inbox."""
    return [name for name, source in settings.sources.items() if source.webhook or source.poll]


def inbox_job(name: str, settings: Settings) -> ImportJob:
    """The job for what waits in the inbox of a source; a named error where it has none."""
    source = settings.sources.get(name)
    if source is None or not (source.webhook or source.poll):
        known = ", ".join(received_sources(settings)) or "none"
        raise InvalidValueError(
            f'no source "{name}" with a webhook or a poll is described; known: {known}.'
        )
    plain = make_job(name, source, Path("inbox"), settings)
    # A report of every few submissions would fill the folder; `leadgate report` writes any.
    return replace(plain, reports=None)


def drain_source(
    store: Store, job: ImportJob, run: Import, complete: Complete | None = None
) -> Iterator[Outcome | str]:
    """Import the letters of a source that wait, `job.source`, until none does.

    `complete` fetches the answers of letters that come without. Gives the outcome of each import,
    or the code of what kept one letter from being imported. Raises a `RemoteDownError` where the
    answers cannot be fetched now; what is not fetched waits on.
    """
    while letters := waiting_letters(store, job.source):
        if complete is not None:
            letters, refused = _complete(store, letters, complete)
            yield from refused
        if letters:
            yield from _import(store, job, letters, run)


def _complete(
    store: Store, letters: Sequence[Taken], complete: Complete
) -> tuple[list[Taken], list[str]]:
    """The letters with their answers, and the codes of those that have none."""
    whole, refused = [], []
    for letter in letters:
        try:
            whole.append(complete(letter))
        except RemoteDownError:
            if not whole:
                raise
            break  # what is there goes on; the next round asks for the others
        except RemoteError as error:
            fail_letters(store, [letter.number], error.code)
            refused.append(error.code)
    return whole, refused


def _import(
    store: Store, job: ImportJob, letters: Sequence[Taken], run: Import
) -> Iterator[Outcome | str]:
    numbers = [letter.number for letter in letters]
    try:
        outcome = _import_together(job, letters, run)
    except (StoreError, UnknownFieldError):  # no letter is to blame
        raise
    except Exception as error:  # noqa: BLE001 - told by its kind: its text may hold people's data
        if len(letters) > 1:
            half = len(letters) // 2
            yield from _import(store, job, letters[:half], run)
            yield from _import(store, job, letters[half:], run)
            return
        code = _code(error)
        fail_letters(store, numbers, code)
        yield code
        return
    finish_letters(store, numbers, _number(outcome.batch))
    yield outcome


def _import_together(job: ImportJob, letters: Sequence[Taken], run: Import) -> Outcome:
    lines = [_line(letter) for letter in letters]
    columns = {column for line in lines for column in line}
    told = {column: field for column, field in job.overrides.items() if column in columns}
    with tempfile.TemporaryDirectory(prefix="leadgate-") as folder:
        file = Path(folder) / f"inbox-{letters[0].number}.jsonl"
        file.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="ascii")
        overrides = {**told, ID: ID, TIME: TIME}
        return run(replace(job, path=file, overrides=overrides))


def _line(letter: Taken) -> dict[str, str]:
    """A letter as one flat object; an answer never takes the place of what the sender vouches for.

    What tells no time of its own happened when it was received.
    """
    own = {ID: letter.event_id, TIME: letter.at or letter.received_at}
    answers = {f"{key} (2)" if key in own else key: text for key, text in letter.values.items()}
    return own | answers


def _code(error: Exception) -> str:
    if isinstance(error, SourceFileError):
        return error.code
    return "inbox.unmapped" if isinstance(error, MappingError) else f"fault.{type(error).__name__}"


def _number(batch: str | None) -> int | None:
    found = read_id(batch) if batch else None
    return found[1] if found else None
