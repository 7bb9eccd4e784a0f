"""Let an import run out of room at one place after the other; the store must stay readable.

Two ways: SQLite may not have more than so many pages (a full disk), and the program may not write
files beyond a size (an I/O error in the middle of a page). Then there is room again, and the same
command is given again.
"""

import argparse
import os
import resource
import signal
import sys
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from sqlalchemy import Engine, event, make_url

from crm.errors import StoreError
from crm.store import open_store
from crm.verify import verify
from soak.memory import Memory
from soak.scenarios import SCENARIOS, Scenario, open_and_act
from soak.stores import places_for

HALF_A_PAGE = 2_048


def main() -> None:
    """Fill up and count."""
    parser = argparse.ArgumentParser(prog="python -m soak.store_full", description=__doc__)
    parser.add_argument("--every", type=int, default=1, help="only every n-th point")
    asked = parser.parse_args()
    started, broken, points = time.monotonic(), list[str](), 0
    with places_for("sqlite") as places:
        for scenario in SCENARIOS[:2]:
            base, memory = places.new(), Memory()
            with open_store(base) as store:
                prepared = scenario.prepare(store)
            whole = places.copy(base)
            open_and_act(scenario, whole, prepared)
            limits = list(_limits(base, whole))[:: asked.every]
            broken += memory.check(scenario, whole)
            for limit in limits:
                copy = places.copy(base)
                broken += _fill(scenario, copy, limit, prepared, memory)
                places.drop(copy)
                points += 1
            print(f"  {scenario.name}: {points} points so far", flush=True)
    seconds = time.monotonic() - started
    print(f"{points} points, {len(broken)} violations ({seconds:.0f} s)", *broken, sep="\n")
    sys.exit(bool(broken))


def _limits(base: str, whole: str) -> Iterator[tuple[str, int]]:
    """Every number of pages, and every half page of the log, that is too little for all."""
    before, after = _pages(base), _pages(whole)
    yield from (("pages", pages) for pages in range(before, after))
    # The log holds each page that was written, some of them several times.
    size = Path(str(make_url(whole).database)).stat().st_size
    yield from (("bytes", limit) for limit in range(HALF_A_PAGE, size, HALF_A_PAGE))


def _pages(url: str) -> int:
    with open_store(url) as store, store.engine.connect() as connection:
        return int(connection.exec_driver_sql("PRAGMA page_count").scalar_one())


def _fill(
    scenario: Scenario, url: str, limit: tuple[str, int], prepared: object, memory: Memory
) -> Iterator[str]:
    """Run into a limit; what is there then must be sound, and go on once there is room."""
    child = os.fork()
    if not child:
        _run_out(partial(open_and_act, scenario, url, prepared), *limit)
    ended = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    if ended:
        yield f"{scenario.name}, {limit}: the program ended with {ended}, not with an error's name"
    with open_store(url) as store:
        yield from (f"{scenario.name}, {limit}: {each.code}" for each in verify(store))
    yield from (f"{scenario.name}, {limit}: {wrong}" for wrong in memory.check(scenario, url))


def _run_out(act: partial[None], what: str, limit: int) -> None:
    """Be the child: act within the limit; an error of the store by its name is what must come."""
    code = 70
    try:
        if what == "pages":

            def set_limit(connection: object, _record: object) -> None:
                connection.execute(f"PRAGMA max_page_count = {limit}")  # type: ignore[attr-defined]

            event.listen(Engine, "connect", set_limit)
        else:
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
        act()
        code = 0
    except StoreError:
        code = 0
    finally:
        os._exit(code)


if __name__ == "__main__":
    main()
