"""What an import costs in SQLite and in PostgreSQL, end to end and for the load alone.

    python -m benchmarks.both_stores --rows 1000000

End to end: `leadgate import` of generated leads with its report, a process of its own. The load:
20,000 records that are read, checked and matched already go into an empty store. "own" and
"server" are the seconds that cores were at work for Leadgate and for PostgreSQL: on a busy machine
they say more than those on the clock. PostgreSQL is as durable as it is by default.
"""

import argparse
import os
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from typing import Final

from sqlalchemy import create_engine
from sqlalchemy.schema import CreateSchema

from benchmarks.lead_generator import generate
from benchmarks.receiver import postgres
from benchmarks.stopwatch import LOG, measure
from crm.plan import Plan
from crm.store import open_store
from flows import cleaning, loading
from flows.job import ImportJob

RESOLVED: Final = 20_000
FIGURES: Final = ("seconds", "own", "server", "MB")


def main() -> None:
    """Print a line for each store, and how much longer PostgreSQL takes."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.both_stores", description=__doc__)
    parser.add_argument("--rows", type=int, nargs="*", default=[100_000], help="rows of the files")
    given = parser.parse_args()
    print(f"{'':<34} {'store':<11}", *(f"{name:>8}" for name in FIGURES))
    with tempfile.TemporaryDirectory() as folder, postgres(Path(folder)) as server:
        work = Path(folder)
        load_resolved(work, server)
        for rows in given.rows:
            import_file(work, server, rows)


def import_file(work: Path, server: str, rows: int) -> None:
    """Import a file into an empty store of each kind."""
    name = f"{rows}.csv"
    generate(rows, seed=7)[0].to_csv(work / name, index=False)
    seconds = []
    for store, url in _empty_stores(work, server, name):
        before = _server_seconds(work)
        command = [sys.executable, "-m", "leadgate", "import", name, "--json", "--store", url]
        spent = measure(command, work, environment={"PREFECT_API_URL": ""})
        if spent.exit_code not in (0, 1):  # 1: some rows are bad
            sys.stderr.write((work / LOG).read_text(errors="replace"))
            raise SystemExit(f"the import into {store} failed; nothing was measured.")
        served = _server_seconds(work) - before
        figures = (spent.seconds, spent.cpu_seconds, served, spent.megabytes)
        _tell(f"import, {rows:,} rows, report", store, *figures)
        seconds.append(spent.seconds)
    print(f"PostgreSQL takes {seconds[1] / seconds[0]:.2f} times as long")


def load_resolved(work: Path, server: str) -> None:
    """Load records that are resolved already."""
    path = work / "resolved.csv"
    generate(RESOLVED, seed=8)[0].to_csv(path, index=False)
    for store, url in _empty_stores(work, server, path.name):
        with open_store(url) as opened:
            plan = _resolve(ImportJob("resolved", path, url))
            own, before, started = time.process_time(), _server_seconds(work), time.perf_counter()
            opened.load(plan)
            seconds = time.perf_counter() - started
        own = time.process_time() - own
        _tell(f"load, {RESOLVED:,} records", store, seconds, own, _server_seconds(work) - before)


def _resolve(job: ImportJob) -> Plan:
    """Do all of an import but the load."""
    mapped = cleaning.map_columns(cleaning.extract(job), job)
    cleaned = cleaning.validate(cleaning.standardize(mapped, job), job)
    cleaned = cleaning.quarantine(cleaned)
    with open_store(job.store) as store:
        fresh = loading.skip_seen(store, mapped, cleaned, job)
        candidates = loading.look_up(store, fresh)
    return loading.merge(mapped, cleaned, fresh, loading.match(fresh, candidates, job), job)


def _empty_stores(work: Path, server: str, name: str) -> list[tuple[str, str]]:
    """A store of each kind where nothing is yet: its name and its URL."""
    schema = name.removesuffix(".csv")
    engine = create_engine(server.replace("postgresql://", "postgresql+psycopg://"))
    with engine.begin() as connection:
        connection.execute(CreateSchema(f"of_{schema}"))
    engine.dispose()
    return [
        ("SQLite", f"sqlite:///{work}/{schema}.db"),
        ("PostgreSQL", f"{server}&options=-csearch_path%3Dof_{schema}"),
    ]


def _tell(what: str, store: str, *figures: float) -> None:
    """`figures`: seconds on the clock, of our cores and of the server's, and memory in MB."""
    print(f"{what:<34} {store:<11}", *(f"{each:>8,.1f}" for each in figures), flush=True)


def _server_seconds(work: Path) -> float:
    """Seconds of cores that PostgreSQL's processes have spent so far."""
    postmaster = (work / "postgres" / "postmaster.pid").read_text().split()[0]
    ticks = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):  # it ended meanwhile
            fields = stat.read_text().rpartition(")")[2].split()
            ended = [*fields[13:15]] if stat.parent.name == postmaster else []
            if ended or fields[1] == postmaster:
                ticks += sum(int(each) for each in (*fields[11:13], *ended))
    return ticks / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    main()
