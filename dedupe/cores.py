"""Work done on all cores: in threads, for numpy, Arrow and rapidfuzz let go of the interpreter."""

import os
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from itertools import chain, islice
from typing import TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")
One = TypeVar("One")
Other = TypeVar("Other")

_MOST = 4  # threads; more would wait for memory and for the interpreter


def on_all_cores(work: Callable[[Item], Result], items: Iterable[Item]) -> list[Result]:
    """Do the work for each item; the results are in the order of the items."""
    items = iter(items)
    first = list(islice(items, 2))
    if len(first) < 2:
        return [work(item) for item in first]
    with ThreadPoolExecutor(min(os.cpu_count() or 1, _MOST)) as pool:
        return list(pool.map(work, chain(first, items)))


def side_by_side(one: Callable[[], One], other: Callable[[], Other]) -> tuple[One, Other]:
    """Do two things at once, the other one in a thread of its own."""
    with ThreadPoolExecutor(1) as pool:
        done = pool.submit(other)
        return one(), done.result()
