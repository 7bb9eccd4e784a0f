"""Let several programs import the same people at once, again and again: nobody may be twice."""

import argparse
import random
import sys
import time
from collections.abc import Sequence
from multiprocessing import get_context
from multiprocessing.pool import Pool

from sqlalchemy import func, select

from crm import models
from crm.errors import StoreChangedError
from crm.opening import reading
from crm.store import open_store
from crm.verify import verify
from flows.import_leads import ATTEMPTS
from soak.small_imports import SmallImport, people
from soak.stores import KINDS_OF_STORE, Places, places_for

NAMES = ("Ann Lee", "Bob Stone", "Cy Day", "Eve Oak", "Flo Ash", "Gus Elm", "Hal Fir", "Ida Yew")


def main() -> None:
    """Crowd and count."""
    parser = argparse.ArgumentParser(prog="python -m soak.store_crowds", description=__doc__)
    parser.add_argument("--store", choices=KINDS_OF_STORE, help="only this kind")
    parser.add_argument("--runs", type=int, default=50)
    parser.add_argument("--processes", type=int, nargs="+", default=[2, 4, 8])
    asked = parser.parse_args()
    found = 0
    for kind in [asked.store] if asked.store else KINDS_OF_STORE:
        for size in asked.processes:
            with places_for(kind) as places, get_context("spawn").Pool(size) as pool:
                found += crowd(kind, places, pool, size, asked.runs)
    sys.exit(bool(found))


def crowd(kind: str, places: Places, pool: Pool, size: int, runs: int) -> int:
    """Import with so many processes at once; returns how many runs broke a rule."""
    started, broken = time.monotonic(), list[str]()
    for run in range(runs):
        url = places.new()
        pool.starmap(import_people, [(url, run, program) for program in range(size)], chunksize=1)
        broken += check(url, size)
        places.drop(url)
    seconds = time.monotonic() - started
    line = f"{kind}, {size} at once, {runs} runs: {len(broken)} violations ({seconds:.0f} s)"
    print(line, *broken, sep="\n", flush=True)
    return len(broken)


def import_people(url: str, run: int, program: int) -> None:
    """Import everybody once, in an order of our own, as often as the flow would try."""
    names = list(NAMES)
    random.Random(f"{run} {program}").shuffle(names)  # noqa: S311 - an order, no secret
    ours = SmallImport(f"source{program}", people(names, f"by {program}"), chunk_rows=3)
    with open_store(url) as store:
        for attempt in range(1, ATTEMPTS + 1):
            try:
                return ours.run(store)
            except StoreChangedError:
                if attempt == ATTEMPTS:
                    raise
    return None


def check(url: str, size: int) -> Sequence[str]:
    """Everybody is there once, with a record of every program."""
    with open_store(url) as store:
        broken = [each.code for each in verify(store)]
        with reading(store.engine) as connection:
            contacts = connection.scalar(select(func.count()).select_from(models.contact))
            records = connection.scalar(select(func.count()).select_from(models.source_record))
    if (contacts, records) != (len(NAMES), size * len(NAMES)):
        broken.append(f"{contacts} contacts of {records} records")
    return broken


if __name__ == "__main__":
    main()
