"""People are told how imports went, through whatever apprise speaks: mail, chat, phones.

What is told is put down in the store first, so that it outlives a channel that is down and the
hours in which nobody wants to hear of it; then all of it comes as one message. Texts name
sources, ids and counts, never people.
"""

import logging
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
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
TITLES: Final = {
    "finished": "import finished",
    "failed": "import failed",
    "held": "a file waits for a decision",
    "review": "possible matches wait for review",
}


def notified(job: ImportJob, settings: Settings, run: Import) -> Outcome:
    """Run an import, log and tell how it went; what cannot be told never fails an import."""
    try:
        outcome = run(job)
    except Exception as error:
        # The text of an error may hold a path or a value; its kind does not.
        kind = type(error).__name__
        log_facts(log, logging.ERROR, "import failed", {"source": job.source, "error": kind})
        _tell(job, settings, [("failed", f"{kind}; the log says more")])
        raise
    counts = {**outcome.fates(), "rows_in": outcome.rows_in, "review": outcome.review}
    told = {"source": job.source, "batch": outcome.batch, "on_hold": outcome.on_hold}
    more = {**counts, "seconds": outcome.seconds}
    log_facts(log, logging.INFO, "import finished", {**told, **more})
    _tell(job, settings, occasions(outcome))
    return outcome


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


def _tell(job: ImportJob, settings: Settings, found: Iterable[tuple[Occasion, str]]) -> None:
    """Put down what somebody wants to hear of, and tell it where it is not too late or early."""
    if job.dry_run or not find_notify_addresses(job.source):
        return
    source = settings.sources.get(job.source)
    wanted = settings.notifications.on
    if source is not None and source.notify is not None:
        wanted = source.notify
    chosen = [(occasion, text) for occasion, text in found if occasion in wanted]
    if not chosen:
        return
    try:
        with open_store(job.store) as store:
            for occasion, text in chosen:
                put_notice(store, job.source, occasion, text)
            tell_waiting(store, settings)
    except StoreError as error:  # a store that is down must not keep anybody from hearing of it
        log.warning("notices are told at once: %s", type(error).__name__)
        now = datetime.now(UTC).isoformat(timespec="seconds")
        notices = [Notice(0, job.source, occasion, now, text) for occasion, text in chosen]
        _send(find_notify_addresses(job.source), notices, settings.desk.public_url)


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
