"""What `leadgate held …` does."""

import json
from dataclasses import asdict, replace
from pathlib import Path

from crm.holds import list_holds
from flows.holding import discard, release
from flows.notifying import notified
from leadgate.cli.checking.plain import plain_line
from leadgate.cli.deciding import Options
from leadgate.cli.import_ import runner, summary
from leadgate.cli.inspect import open_existing
from leadgate.settings import load_settings


def run_list(config: Path | None, store: str | None, *, every: bool, as_json: bool) -> int:
    """Print the files that wait, and why; 1 where there are any, else 0."""
    with open_existing(store or load_settings(config).store) as opened:
        holds = list_holds(opened, *(() if every else ("waiting", "released")))
    for hold in holds:
        if as_json:
            print(json.dumps(asdict(hold), ensure_ascii=False))
            continue
        rows = "" if hold.rows_in is None else f", {hold.rows_in:,} rows"
        print(plain_line(f"{hold.id} {hold.status}: {hold.source}, {hold.file}{rows}, {hold.at}"))
        for reason in hold.reasons:
            print(plain_line(f"  {reason['code']:<18} {reason['message']}"))
    if not holds and not as_json:
        print("No file waits.")
    return int(any(hold.status in {"waiting", "released"} for hold in holds))


def run_release(hold: str, options: Options) -> int:
    """Release a hold and go on from there, as `leadgate import` would."""
    settings = load_settings(options.config)
    with options.open() as store:
        job = release(store, hold, options.who(), settings)
    job = replace(job, store=options.store or job.store)
    outcome = notified(job, settings, runner(tracing=settings.tracing.endpoint))
    print(json.dumps(outcome.as_json()) if options.json else summary(outcome, job))
    return int(outcome.quarantined > 0 or outcome.on_hold is not None)


def run_discard(hold: str, options: Options) -> int:
    """Discard a hold."""
    with options.open() as store:
        done = discard(store, hold, options.who())
    print(plain_line(f"{done.id} discarded: {done.source}, {done.file}"))
    return 0
