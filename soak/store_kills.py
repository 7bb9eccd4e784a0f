"""Kill a program at every statement and at every file operation; its store must not mind.

After each kill the same command is given again. Then `verify` must be content, and the store must
hold what it holds where nothing was killed.
"""

import argparse
import sys
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Any, Final

from crm.store import open_store
from soak.memory import Memory
from soak.scenarios import OPENING, SCENARIOS, Scenario, open_and_act
from soak.stores import KINDS_OF_STORE, Places, places_for
from soak.victims import die_at

ALL: Final = (*SCENARIOS, OPENING)
KINDS: Final = ("statement", "operation")


def main() -> None:
    """Kill and count."""
    parser = argparse.ArgumentParser(prog="python -m soak.store_kills", description=__doc__)
    parser.add_argument("--store", choices=KINDS_OF_STORE, help="only this kind")
    parser.add_argument("--every", type=int, default=1, help="only every n-th point")
    parser.add_argument("--first", type=int, default=0, help="pass over so many points")
    asked = parser.parse_args()
    which, found = slice(asked.first, None, asked.every), 0
    for kind in [asked.store] if asked.store else KINDS_OF_STORE:
        started = time.monotonic()
        with places_for(kind) as places, _checker() as checker:
            points, broken = kill_everywhere(places, checker, which)
        seconds = time.monotonic() - started
        print(
            f"{kind}: {points} kills, {len(broken)} violations ({seconds:.0f} s)", *broken, sep="\n"
        )
        found += len(broken)
    sys.exit(bool(found))


def kill_everywhere(places: Places, checker: Connection, which: slice) -> tuple[int, list[str]]:
    """Go through all scenarios; returns the number of kills and what broke."""
    points, broken = 0, list[str]()
    for number, scenario in enumerate(ALL):
        base = places.new()
        prepared = _ask(checker, "prepare", number, base)
        waiting: deque[tuple[str, str]] = deque()
        for kind, point in list(_points(places, base, scenario, prepared, checker))[which]:
            copy = places.copy(base)
            die_at(kind, point, partial(open_and_act, scenario, copy, prepared))
            if waiting:  # it was checked while this one was killed
                broken += _collect(checker, places, *waiting.popleft())
            checker.send(("check", number, copy))
            waiting.append((copy, f"{scenario.name}, {kind} {point}"))
            points += 1
        while waiting:
            broken += _collect(checker, places, *waiting.popleft())
        places.drop(base)
        print(f"  {scenario.name}: {points} kills, {len(broken)} violations so far", flush=True)
    return points, broken


def _points(
    places: Places, base: str, scenario: Scenario, prepared: Any, checker: Connection
) -> Iterator[tuple[str, int]]:
    """Count the points where nobody is killed; what is there then is what must always be."""
    for kind in KINDS:
        copy = places.copy(base)
        open_and_act(scenario, copy, prepared)  # what is loaded lazily is loaded once
        places.drop(copy)
        copy = places.copy(base)
        total = die_at(kind, 0, partial(open_and_act, scenario, copy, prepared))
        wrong = _ask(checker, "check", ALL.index(scenario), copy)
        places.drop(copy)
        if wrong:
            raise RuntimeError(f"{scenario.name}, where nothing is killed: {wrong}")
        yield from ((kind, point) for point in range(1, total + 1))


def _ask(checker: Connection, what: str, scenario: int, url: str) -> Any:
    checker.send((what, scenario, url))
    return checker.recv()


def _collect(checker: Connection, places: Places, copy: str, name: str) -> Iterator[str]:
    for wrong in checker.recv():
        yield f"{name}: {wrong}"
    places.drop(copy)


@contextmanager
def _checker() -> Iterator[Connection]:
    """A process that computes and checks: one that has started threads must not be forked."""
    context = get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(theirs,), daemon=True)
    process.start()
    yield ours
    ours.close()
    process.join(10)


def _serve(asked: Connection) -> None:
    memory = [Memory() for _ in ALL]
    with suppress(EOFError):
        while True:
            what, number, url = asked.recv()
            done = _prepare if what == "prepare" else memory[number].check
            asked.send(done(ALL[number], url))


def _prepare(scenario: Scenario, url: str) -> Any:
    if scenario is OPENING:
        return None
    with open_store(url) as store:
        return scenario.prepare(store)


if __name__ == "__main__":
    main()
