"""What `leadgate deliver` does, and the thread of `leadgate serve` that does the same."""

import json
import logging
import sys
import threading
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Final

from crm.errors import StoreError
from crm.store import Store, open_store
from flows.delivering import Endpoint, deliver, find_endpoints, register, send_due
from leadgate.settings import load_settings

log = logging.getLogger(__name__)

LOOK_SECONDS: Final = 1.0
REGISTER_SECONDS: Final = 60.0
TROUBLE_SECONDS: Final = 10.0


def run_deliver(config: Path | None, store: str | None, *, as_json: bool) -> int:
    """Send what is due, once; 1 where something could not be delivered."""
    settings = load_settings(config)
    endpoints = find_endpoints(settings)
    with open_store(store or settings.store) as opened:
        done = deliver(opened, endpoints)
    if not endpoints:
        print("Nobody is told anything: leadgate.toml has no [webhooks.out.NAME].", file=sys.stderr)
    for (name, status), count in sorted(done.items()):
        line = {"endpoint": name, "status": status, "deliveries": count}
        words = status.replace("_", " ")
        print(json.dumps(line) if as_json else f"{name}: {count:,} {words}")
    return int(any(status != "taken" for _, status in done))


def keep_delivering(store: Store, endpoints: Sequence[Endpoint], stop: threading.Event) -> None:
    """Send what is due until told to stop, to each endpoint in a thread of its own."""
    for each in endpoints:
        work = partial(send_due, store, each)
        threading.Thread(target=_repeat, args=(work, LOOK_SECONDS, stop), daemon=True).start()
    _repeat(partial(register, store, endpoints), REGISTER_SECONDS, stop)


def _repeat(work: Callable[[], object], pause: float, stop: threading.Event) -> None:
    """Do it over and over; a store that is busy or away is waited for."""
    while not stop.is_set():
        try:
            work()
        except StoreError as error:
            log.error("deliveries wait: %s", type(error).__name__)  # noqa: TRY400 - its kind says it
            stop.wait(TROUBLE_SECONDS)
        stop.wait(pause)
