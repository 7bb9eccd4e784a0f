"""`leadgate status` and `notify`."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from crm.ids import show
from crm.standing import Standing, read_standing
from crm.store import open_store
from crm.times import TIME_FORMAT
from flows.notifying import send_test, tell_waiting
from leadgate.cli.inspect import open_existing
from leadgate.errors import InvalidValueError
from leadgate.settings import load_settings
from leadgate.settings.secrets import find_notify_addresses, secret_name

# An import that is loading for longer is held to have been stopped.
LOADING_HOURS: Final = 6
NOTICE_HOURS: Final = 24
WORDS: Final = {
    "review": "possible matches wait for review",
    "quarantine": "rows wait in quarantine",
    "held_rows": "rows are held back",
    "held_files": "files wait for a decision",
    "notices": "notices wait to be told",
}


@dataclass(frozen=True)
class Wrong:
    """Something a person has to look after: what, and what to do; docs/runbook.md tells more."""

    code: str
    text: str


def run_status(config: Path | None, store: str | None, *, as_json: bool) -> int:
    """Tell how the store stands; 1 where something is wrong."""
    with open_existing(store or load_settings(config).store) as opened:
        standing = read_standing(opened)
    wrong = list(find_wrong(standing, datetime.now(UTC)))
    if as_json:
        print(json.dumps(_as_json(standing, wrong)))
    else:
        print("\n".join(_as_text(standing, wrong)))
    return int(bool(wrong))


def run_notify(config: Path | None, store: str | None, test: str | None) -> int:
    """Tell people what waits to be told, or send a test."""
    settings = load_settings(config)
    if test is not None:
        if not find_notify_addresses(test):
            name = secret_name(test, "NOTIFY")
            raise InvalidValueError(
                f"nobody is told of {test}: set {name} or LEADGATE_NOTIFY to where people hear."
            )
        taken = send_test(test, settings)
        print("The test was taken." if taken else "Nobody took the test: check the addresses.")
        return int(not taken)
    with open_store(store or settings.store) as opened:
        print(f"{tell_waiting(opened, settings):,} notices were told.")
    return 0


def find_wrong(standing: Standing, now: datetime) -> Iterator[Wrong]:
    """What does not mend itself."""
    late = (now - timedelta(hours=LOADING_HOURS)).strftime(TIME_FORMAT)
    for number, (source, started) in standing.unfinished.items():
        if started < late:
            name = show("batch", number)
            said = f"the import {name} of {source} was stopped; import the file again"
            yield Wrong("import.unfinished", f"{said}, and it goes on from there")
    for (source, status), count in standing.letters.items():
        if status == "failed":
            said = f"{count:,} letters of {source} could not be imported"
            yield Wrong("letters.failed", f"{said}; leadgate drain --again {source}")
    for (endpoint, status), count in standing.deliveries.items():
        if status == "given_up":
            said = f"{count:,} messages to {endpoint} were given up"
            yield Wrong("deliveries.given_up", f"{said}; see the endpoint, then send them again")
    overdue = (now - timedelta(hours=NOTICE_HOURS)).strftime(TIME_FORMAT)
    if standing.oldest_notice is not None and standing.oldest_notice < overdue:
        said = f"people were to be told since {standing.oldest_notice}"
        yield Wrong("notices.waiting", f"{said}; leadgate notify --test SOURCE")


def _as_text(standing: Standing, wrong: list[Wrong]) -> Iterator[str]:
    yield f"{standing.contacts:,} contact{'' if standing.contacts == 1 else 's'}"
    for source, last in sorted(standing.last.items()):
        fates = ", ".join(
            f"{rows:,} {fate.replace('_', ' ')}"
            for (each, fate), rows in standing.rows.items()
            if each == source and rows
        )
        yield f"{source}: last import {show('batch', last.batch)} at {last.finished_at} ({fates})"
    for name, count in standing.waiting.items():
        if count:
            yield f"{count:,} {WORDS[name]}"
    for (source, status), count in sorted(standing.letters.items()):
        if status == "waiting":
            yield f"{count:,} letters of {source} wait to be imported"
    for each in wrong:
        yield f"WRONG  {each.code}: {each.text}"
    if not wrong:
        yield "nothing is wrong"


def _as_json(standing: Standing, wrong: list[Wrong]) -> dict[str, Any]:
    imports = {
        source: {
            "batch": show("batch", last.batch),
            "finished_at": last.finished_at,
            **{fate: n for (each, fate), n in standing.rows.items() if each == source},
        }
        for source, last in standing.last.items()
    }
    letters = [{"source": s, "status": t, "letters": n} for (s, t), n in standing.letters.items()]
    sent = [
        {"endpoint": s, "status": t, "messages": n} for (s, t), n in standing.deliveries.items()
    ]
    return {
        "contacts": standing.contacts,
        "imports": imports,
        "waiting": dict(standing.waiting),
        "letters": letters,
        "deliveries": sent,
        "wrong": [{"code": each.code, "text": each.text} for each in wrong],
    }
