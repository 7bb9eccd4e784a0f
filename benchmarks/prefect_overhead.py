"""What a run of Prefect costs over the same import without it, on a server that is there.

    python -m benchmarks.prefect_overhead [rows…]

Seconds by the clock, and of the processor in the importing process; at most 12 s and 2 % more.
"""

import os
import resource
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

SECONDS, SHARE = 12.0, 0.02


def main() -> None:
    """Measure each size both ways, one after the other."""
    sizes = [int(size) for size in sys.argv[1:]] or [100, 50_000]
    missed = False
    with TemporaryDirectory(prefix="leadgate-") as place, _server(Path(place)) as api:
        print(f"{'rows':>8} {'':>9} {'clock':>8} {'CPU':>8}")
        for rows in sizes:
            file = Path(place) / f"leads{rows}.csv"
            people = (f"Given{n % 977},Family{n},p{n}@family{n}.example" for n in range(rows))
            file.write_text("\n".join(["First Name,Last Name,Email", *people]), encoding="utf-8")
            alone, flow = _import(file, "", "alone"), _import(file, api, "flow")
            for name, (clock, processor) in (("direct", alone), ("Prefect", flow)):
                print(f"{rows:>8,} {name:>9} {clock:>7.1f}s {processor:>7.1f}s")
            more = flow[0] - alone[0]
            allowed = SECONDS + SHARE * alone[0]
            missed |= more > allowed
            print(f"{'':>8} {'more':>9} {more:>7.1f}s, at most {allowed:.1f} s", flush=True)
    sys.exit(missed)


def _import(file: Path, api: str, name: str) -> tuple[float, float]:
    store = f"sqlite:///{file.parent}/{name}-{file.stem}.db"
    environment = os.environ | {"PREFECT_API_URL": api, "PREFECT_HOME": str(file.parent)}
    command = [sys.executable, "-m", "leadgate", "import", file.name, "--store", store]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    started = time.perf_counter()
    subprocess.run(command, cwd=file.parent, env=environment, check=True, stdout=subprocess.DEVNULL)
    clock = time.perf_counter() - started
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return clock, processor


@contextmanager
def _server(folder: Path) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = os.environ | {
        "PREFECT_HOME": str(folder),
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "DO_NOT_TRACK": "1",
    }
    command = [sys.executable, "-m", "flows.prefect_server", "--port", str(port)]
    with (folder / "server.log").open("w") as log:
        server = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
    api = f"http://127.0.0.1:{port}/api"
    try:
        _wait(api, server)
        yield api
    finally:
        server.terminate()
        server.wait(30)


def _wait(api: str, server: "subprocess.Popen[bytes]") -> None:
    for _ in range(600):
        if server.poll() is not None:
            break
        try:
            with urllib.request.urlopen(f"{api}/health", timeout=5):  # noqa: S310 - loopback
                return
        except OSError:
            time.sleep(0.3)
    raise RuntimeError("the Prefect server did not start")


if __name__ == "__main__":
    main()
