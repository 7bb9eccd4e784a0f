"""A real desk on a real store, served on loopback, and a real browser to look at it."""

from __future__ import annotations

import os
import shutil
import socket
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import pytest
import uvicorn

from crm.deliveries import subscribe
from crm.desk_access import add_token, add_user, find_user
from crm.outbox import EVENTS
from crm.store import Store, open_store
from flows.import_leads import import_leads
from flows.job import ImportJob
from flows.uploads import Uploads
from leadgate.settings import Settings
from steward.access.passwords import hash_password
from steward.access.tokens import form_token, hash_token, make_token
from steward.app import create_app
from steward.desk import Desk

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

PASSWORD = "correct horse battery"  # noqa: S105 - of people who exist in a test alone
PEOPLE = {"vera": "viewer", "stella": "steward", "ada": "admin"}
LEADS = """First Name,Last Name,Email,Phone,Company,City,Country
Anna,Müller,anna.mueller@nordwind.example,+49 30 2312 5733,Nordwind GmbH,Berlin,Germany
Anna,Mueller,anna.mueller@nordwind.example,030 23125733,Nordwind,Berlin,Germany
Robert,Stone,bob@stone.example,+1 212 555 0147,Stone Works Inc,New York,US
Bob,Stone,,,Stone Works,New York,US
Carla,Rossi,carla@rossi.example,+39 06 4991 2345,Rossi Srl,Roma,Italy
Tom,Baker,,,Elm Bakery,Austin,US
Thomas,Baker,,,,Austin,US
Peter,Smith,,,Harbor Freight Lines,Boston,US
P.,Smith,,,Harbor Freight,Boston,US
test,test,test@test,12345,asdf,,
"""


@dataclass(frozen=True)
class Served:
    """A desk that runs: where it is, and its store."""

    url: str
    store: Store
    uploads: Path


@pytest.fixture(scope="session")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with a small import and one person of each role, made once."""
    folder = tmp_path_factory.mktemp("desk")
    (folder / "leads.csv").write_text(LEADS, encoding="utf-8")
    url = f"sqlite:///{folder}/store.db"
    with open_store(url) as opened:
        subscribe(opened, {"crm": EVENTS})  # so that there is something to tell
    import_leads(ImportJob("fair", folder / "leads.csv", store=url, reports=folder / "reports"))
    kept = hash_password(PASSWORD)  # once: it takes its time on purpose
    with open_store(url) as opened:
        for name, role in PEOPLE.items():
            add_user(opened, name, role, kept)
    return folder / "store.db"


@pytest.fixture
def store(imported: Path, tmp_path: Path) -> Iterator[Store]:
    """A store of one's own, with what was imported."""
    shutil.copy(imported, tmp_path / "store.db")
    with open_store(f"sqlite:///{tmp_path}/store.db") as opened:
        yield opened


@contextmanager
def serving(app: Any, port: int) -> Iterator[str]:
    """Serve an application on a port of loopback, as `leadgate serve` does."""
    settings = {"port": port, "log_level": "error", "ws": "none", "proxy_headers": False}
    server = uvicorn.Server(uvicorn.Config(app, **settings))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started and thread.is_alive():
        time.sleep(0.01)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join()


def free_port() -> int:
    """A port of loopback that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@pytest.fixture
def altered() -> dict[str, Any]:
    """What a test's desk has otherwise than all others: values of `Desk`."""
    return {}


@pytest.fixture
def served(store: Store, tmp_path: Path, altered: dict[str, Any]) -> Iterator[Served]:
    """The desk, answering on loopback."""
    port = free_port()
    settings = Settings(store=f"sqlite:///{tmp_path}/store.db", reports=tmp_path / "reports")
    folders = (tmp_path / "uploads", tmp_path / "reports")
    desk = Desk(store, f"http://127.0.0.1:{port}", *folders, Uploads(settings), **altered)
    with serving(create_app(desk), port) as url:
        yield Served(url, store, folders[0])


@pytest.fixture
def sign_in(served: Served) -> Iterator[Callable[[str], httpx.Client]]:
    """Sign a person in with a client that behaves like a browser."""
    clients: list[httpx.Client] = []

    def make(name: str) -> httpx.Client:
        headers = {"origin": served.url, "sec-fetch-site": "same-origin"}
        client = httpx.Client(base_url=served.url, headers=headers, timeout=60)
        clients.append(client)
        answer = client.post("/sign-in", data={"name": name, "password": PASSWORD})
        assert answer.status_code == 303
        return client

    yield make
    for client in clients:
        client.close()


@pytest.fixture(scope="session")
def token_of() -> Callable[[httpx.Client], dict[str, str]]:
    """The header that the forms of a signed-in client's pages carry."""

    def make(client: httpx.Client) -> dict[str, str]:
        return {"x-form-token": form_token(client.cookies["leadgate"])}

    return make


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """A headless Chromium, or a skipped test that says what is missing."""
    path = shutil.which("chromium") or shutil.which("google-chrome")
    if path is None:
        pytest.skip("no Chromium on this machine: install Debian's chromium to run these")
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - only where it is used

    options = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=options)
        yield browser
        browser.close()


@pytest.fixture
def page(chromium: Any, served: Served) -> Iterator[Any]:
    """A page of the desk in a browser; an error in its script fails the test."""
    context = chromium.new_context(base_url=served.url, viewport={"width": 1280, "height": 860})
    opened = context.new_page()
    wrong: list[str] = []
    opened.on("pageerror", lambda error: wrong.append(str(error)))
    gone = "410 (Gone)"  # an answer, and no error of a script
    opened.on(
        "console",
        lambda said: (
            wrong.append(f"{said.text}: {said.location.get('url')}")
            if said.type == "error" and gone not in said.text
            else None
        ),
    )
    yield opened
    context.close()
    assert wrong == []


@pytest.fixture
def enter(page: Any) -> Callable[[str], None]:
    """Sign in as a person does."""

    def sign_in_by_hand(name: str) -> None:
        page.goto("/sign-in")
        page.get_by_label("Name").fill(name)
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()
        page.wait_for_url("**/")

    return sign_in_by_hand


@pytest.fixture
def keep_picture(page: Any) -> Callable[[str], None]:
    """Keep a screenshot under build/screenshots, to be looked at."""
    folder = Path(os.environ.get("LEADGATE_SCREENSHOTS", "build/screenshots"))

    def take(name: str) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=folder / f"{name}.png", full_page=True)

    return take


@pytest.fixture
def program(served: Served) -> Iterator[Callable[[str], tuple[httpx.Client, tuple[int, int]]]]:
    """A client with the token of a person, and the numbers of both."""
    clients: list[httpx.Client] = []

    def make(name: str) -> tuple[httpx.Client, tuple[int, int]]:
        token = make_token()
        user, _ = find_user(served.store, name) or (None, None)
        assert user is not None
        number = add_token(served.store, user.id, "a test", hash_token(token))
        headers = {"authorization": f"Bearer {token}"}
        clients.append(httpx.Client(base_url=served.url, headers=headers, timeout=60))
        return clients[-1], (user.id, number)

    yield make
    for client in clients:
        client.close()
