"""How the time and memory of each step grow with the number of rows.

    python -m benchmarks.scaling 1000000 3000000

For each size twice on this machine, each time in a process of its own: `resolve`, from mapped leads
to clusters, and `import`, a CSV through the whole main path into an empty SQLite store, as the
command does it (its step `match` is the other half in one). "CPU" is the time of all cores; "GB"
the most memory the process held during the step, the leads of `resolve` included (where there is no
Linux: until its end). "growth" is the power of the number of rows by which a step grew: 1.0 is as
the rows did; "kB a row" is what each further row adds to the memory of a step. One size is run
after the other, and each line is printed as soon as it is known.
"""

import argparse
import json
import math
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final, ParamSpec, TypeVar

from benchmarks.lead_generator import generate
from dedupe.resolution import resolve
from flows.import_leads import import_leads
from flows.job import ImportJob
from validators.mapping import apply_mapping, map_columns
from validators.standardize.frame import standardize

P = ParamSpec("P")
T = TypeVar("T")
SEED: Final = 17


@dataclass(frozen=True)
class Step:
    """What a step took."""

    half: str
    name: str
    seconds: float
    cpu: float
    gigabytes: float


def main() -> None:
    """Print a line for each step of each size, and how each grew from the first to the last."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.scaling", description=__doc__)
    parser.add_argument("rows", type=int, nargs="+")
    parser.add_argument("--half", choices=HALVES, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.half:
        HALVES[asked.half](asked.rows[0])
        return
    measured = {
        rows: [step for half in HALVES for step in _measure(half, rows)] for rows in asked.rows
    }
    first, last = min(measured), max(measured)
    if first < last:
        _compare(measured[first], measured[last], math.log(last / first), last - first)


def _measure(half: str, rows: int) -> list[Step]:
    command = [sys.executable, "-m", "benchmarks.scaling", str(rows), "--half", half]
    found = []
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as child:
        for line in child.stdout or ():
            found.append(step := Step(**json.loads(line)))
            took = f"{step.seconds:>8.1f} s {step.cpu:>8.1f} s CPU {step.gigabytes:>6.1f} GB"
            print(f"{rows:>12,}  {half:<8} {step.name:<14} {took}", flush=True)
    if child.returncode:
        raise SystemExit(child.returncode)
    return found


def _compare(small: Sequence[Step], large: Sequence[Step], wider: float, further: int) -> None:
    """Print the larger size; `wider` is the logarithm of the ratio, `further` the rows more."""
    before = {(step.half, step.name): step for step in small}
    print("\n| half | step | s | CPU s | GB | growth of CPU | kB a row |")
    print("|---|---|--:|--:|--:|--:|--:|")
    for step in large:
        earlier = before.get((step.half, step.name))
        growth, added = "", ""
        if earlier is not None:
            added = f"{(step.gigabytes - earlier.gigabytes) * 1e6 / further:.2f}"
            if earlier.cpu > 0.1:
                growth = f"{math.log(step.cpu / earlier.cpu) / wider:.2f}"
        figures = f"{step.seconds:.1f} | {step.cpu:.1f} | {step.gigabytes:.1f} | {growth} | {added}"
        print(f"| {step.half} | {step.name} | {figures} |", flush=True)


def _resolve(rows: int) -> None:
    table, _people = generate(rows, seed=SEED)
    leads, _unmapped = apply_mapping(table, map_columns(table, {}))
    del table
    tell = _teller("resolve")
    tell("standardize")
    records = standardize(leads).records
    del leads
    resolve(records, progress=tell)
    tell("")


def _import(rows: int) -> None:
    with TemporaryDirectory(prefix="leadgate-") as place:
        folder = Path(place)
        # In another process: what it needs is not what the import needs.
        subprocess.run([sys.executable, "-c", WRITE, str(rows), folder / "leads.csv"], check=True)
        tell = _teller("import")

        def run(step: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
            tell(step.__name__)
            return step(*args, **kwargs)

        store = f"sqlite:///{folder}/store.db"
        import_leads(ImportJob("leads", folder / "leads.csv", store, folder / "reports"), run)
        tell("")


WRITE: Final = f"""
import sys
from benchmarks.lead_generator import generate
if __name__ == "__main__":
    generate(int(sys.argv[1]), seed={SEED})[0].to_csv(sys.argv[2], index=False)
"""
HALVES: Final = {"resolve": _resolve, "import": _import}


def _teller(half: str) -> Callable[[str], None]:
    """Something to be told that a step begins; it prints what the one before took, as JSON."""
    running: list[tuple[str, float, float]] = []

    def tell(name: str) -> None:
        now, cpu, peak = time.perf_counter(), _computed(), _peak()
        for before, started, computed in running:
            step = Step(half, before, now - started, cpu - computed, peak / 1e9)
            print(json.dumps(asdict(step)), flush=True)
        running[:] = [(name, now, cpu)]

    return tell


def _peak() -> int:
    """The most bytes of memory held since this was last asked; on Linux, else since the start."""
    try:
        told = Path("/proc/self/status").read_text(encoding="ascii")
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    return int(told.partition("VmHWM:")[2].split()[0]) * 1024


def _computed() -> float:
    """CPU seconds of this process and of those it started and saw end."""
    who = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return sum(used.ru_utime + used.ru_stime for used in map(resource.getrusage, who))


if __name__ == "__main__":
    main()
