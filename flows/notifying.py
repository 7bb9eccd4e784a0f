"""People are told how imports went, through whatever apprise speaks: mail, chat, phones.

What is told is put down in the store first, so that it outlives a channel that is down and the
hours in which nobody wants to hear of it; then all of it comes as one message. Texts name
sources, ids and counts, never people.
"""

import logging
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Final
from zoneinfo import ZoneInfo

from crm.errors import StoreError
from crm.notices import Notice, claim_notices, count_notices, forget_notices, put_notice, unclaim
from crm.store import Store, open_store
from crm.times import TIME_FORMAT
from flows.job import ImportJob
from flows.outcome import Outcome
from leadgate.json_log import log_facts
from leadgate.settings import Settings
from leadgate.settings.notifications import Occasion, Quiet
from leadgate.settings.secrets import find_notify_addresses

log = logging.getLogger(__name__)

LOOK_SECONDS: Final = 30.0
Import = Callable[[ImportJob], Outcome]
# The outcome of one reading, or the code of what could not be read.
Result = Outcome | str
TITLES: Final = {
    "finished": "import finished",
    "failed": "import failed",
    "held": "a file waits for a decision",
    "review": "possible matches wait for review",
}


def notified(job: ImportJob, settings: Settings, run: Import) -> Outcome:
    """Run an import, log and tell how it went; what cannot be told never fails an import."""
    own = settings.model_copy(update={"store": job.store})
    with telling(job.source, own, quietly=job.dry_run) as happened:
        outcome = run(job)
        happened.append(outcome)
    return outcome


@contextmanager
def telling(
    source: str, settings: Settings, *, failures: bool = True, quietly: bool = False
) -> Iterator[list[Result]]:
    """Log and tell what was put into the list by the end, also where that is an error.

    An error goes on to whoever called; without `failures`, nobody is told of it once more. What is
    done `quietly` is only logged.
    """
    happened: list[Result] = []
    told: list[tuple[Occasion, str]] = []
    try:
        yield happened
    except Exception as error:
        # The text of an error may hold a path or a value; its kind does not.
        kind = type(error).__name__
        log_facts(log, logging.ERROR, "import failed", {"source": source, "error": kind})
        told = [("failed", f"{kind}; the log says more")] if failures else []
        raise
    finally:
        for each in happened:
            _log(each, source)
        if not quietly:
            _tell(source, settings, [*_told_of(happened), *told])


def tell_failure(source: str, settings: Settings, error: Exception) -> None:
    """Tell at once of a run that must not touch the store; in quiet hours, the next one does."""
    quiet = settings.notifications.quiet
    if "failed" in _wanted(source, settings) and not (quiet and is_quiet(quiet, datetime.now(UTC))):
        _send_now(source, settings, [("failed", f"{type(error).__name__}; the log says more")])


def _log(outcome: Result, source: str) -> None:
    if not isinstance(outcome, Outcome):
        log_facts(log, logging.ERROR, "not imported", {"source": source, "code": outcome})
        return
    counts = {**outcome.fates(), "rows_in": outcome.rows_in, "review": outcome.review}
    told = {"source": source, "batch": outcome.batch, "on_hold": outcome.on_hold}
    more = {**counts, "seconds": outcome.seconds}
    log_facts(log, logging.INFO, "import finished", {**told, **more})


def _told_of(happened: Iterable[Result]) -> Iterator[tuple[Occasion, str]]:
    """What there is to tell of several readings; what was refused is told by its codes, once."""
    refused = Counter[str]()
    for each in happened:
        if isinstance(each, Outcome):
            yield from occasions(each)
        else:
            refused[each] += 1
    if refused:
        codes = ", ".join(f"{code} ({number:,})" for code, number in refused.most_common())
        yield "failed", f"not imported: {codes}"


def occasions(outcome: Outcome) -> Iterator[tuple[Occasion, str]]:
    """What there is to tell of an import."""
    if outcome.on_hold is not None:
        yield "held", f"{outcome.on_hold}: {outcome.rows_in:,} rows, nothing of it is loaded"
        return
    fates = ", ".join(
        f"{rows:,} {fate.replace('_', ' ')}" for fate, rows in outcome.fates().items() if rows
    )
    batch = outcome.batch or "nothing new"
    yield "finished", f"{batch}: {outcome.rows_in:,} rows, {fates or 'none'}"
    if outcome.review:
        yield "review", f"{batch}: {outcome.review:,} possible matches"


def tell_waiting(store: Store, settings: Settings, now: datetime | None = None) -> int:
    """Tell what is to be told, one message a channel; returns how many things were told.

    Nothing in quiet hours. What a channel does not take is given back, and comes with the next.
    """
    quiet = settings.notifications.quiet
    if quiet is not None and is_quiet(quiet, now or datetime.now(UTC)):
        return 0
    if not count_notices(store):  # looking takes no lock
        return 0
    found = claim_notices(store)
    told = 0
    for addresses, notices in _by_channel(found).items():
        numbers = [each.id for each in notices]
        # Whoever took the addresses away does not want to hear of it any more.
        if not addresses or _send(addresses, notices, settings.desk.public_url):
            forget_notices(store, numbers)
            told += len(numbers) if addresses else 0
        else:
            unclaim(store, numbers)
    return told


def is_quiet(quiet: Quiet, now: datetime) -> bool:
    """Whether `now` lies in the quiet hours, by the clocks of their time zone."""
    clock = now.astimezone(ZoneInfo(quiet.timezone)).time()
    if quiet.start < quiet.end:
        return quiet.start <= clock < quiet.end
    return clock >= quiet.start or clock < quiet.end


def compose(notices: Sequence[Notice], desk: str | None) -> tuple[str, str]:
    """Title and text of a message about one thing, or of a digest about several."""
    where = f"\n{desk}" if desk else ""
    if len(notices) == 1:
        (only,) = notices
        return f"Leadgate: {only.source}: {TITLES[only.occasion]}", only.text + where
    lines = [f"{each.at}  {each.source}: {TITLES[each.occasion]}: {each.text}" for each in notices]
    return f"Leadgate: {len(notices)} notices", "\n".join(lines) + where


def _tell(source: str, settings: Settings, found: Iterable[tuple[Occasion, str]]) -> None:
    """Put down what somebody wants to hear of, and tell it where it is not too late or early."""
    wanted = _wanted(source, settings)
    chosen = [(occasion, text) for occasion, text in found if occasion in wanted]
    if not chosen:
        return
    try:
        with open_store(settings.store) as store:
            for occasion, text in chosen:
                put_notice(store, source, occasion, text)
            tell_waiting(store, settings)
    except StoreError as error:  # a store that is down must not keep anybody from hearing of it
        log.warning("notices are told at once: %s", type(error).__name__)
        _send_now(source, settings, chosen)


def _wanted(source: str, settings: Settings) -> Sequence[Occasion]:
    """What somebody wants to hear of a source."""
    if not find_notify_addresses(source):
        return ()
    described = settings.sources.get(source)
    own = described.notify if described is not None else None
    return settings.notifications.on if own is None else own


def _send_now(source: str, settings: Settings, chosen: Iterable[tuple[Occasion, str]]) -> None:
    now = datetime.now(UTC).isoformat(timespec="seconds")
    notices = [Notice(0, source, occasion, now, text) for occasion, text in chosen]
    _send(find_notify_addresses(source), notices, settings.desk.public_url)


def _by_channel(found: Sequence[Notice]) -> dict[tuple[str, ...], list[Notice]]:
    channels: dict[tuple[str, ...], list[Notice]] = {}
    for each in found:
        channels.setdefault(find_notify_addresses(each.source), []).append(each)
    return channels


def _send(addresses: Sequence[str], notices: Sequence[Notice], desk: str | None) -> bool:
    """Send a message to all addresses; whether anybody took it."""
    from apprise import Apprise  # noqa: PLC0415 - takes half a second to load

    title, text = compose(notices, desk)
    taken = 0
    for address in addresses:
        one = Apprise()
        taken += bool(one.add(address) and one.notify(body=text, title=title))
    if taken < len(addresses):
        # An address holds secrets: only how many there are is told.
        log.warning("%d of %d addresses took no notice", len(addresses) - taken, len(addresses))
    return taken > 0


def keep_telling(store: Store, settings: Settings, stop: threading.Event) -> None:
    """Tell what waits, twice a minute, until `stop`: what was held back comes when hours end."""
    while not stop.wait(LOOK_SECONDS):
        try:
            tell_waiting(store, settings)
        except StoreError as error:
            log.warning("notices wait: %s", type(error).__name__)


def send_test(source: str, settings: Settings) -> bool:
    """Send whoever is told of a source a test; whether anybody took it."""
    now = datetime.now(UTC).strftime(TIME_FORMAT)
    test = Notice(0, source, "finished", now, "this is a test; no import ran")
    return _send(find_notify_addresses(source), [test], settings.desk.public_url)
