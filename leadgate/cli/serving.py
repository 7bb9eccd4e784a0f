"""`leadgate serve`: the desk and the receiver in this process, the imports in others."""

import os
import socket
import subprocess
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import uvicorn
from uvicorn.config import LOGGING_CONFIG
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from crm.store import open_store
from flows.delivering import find_endpoints
from flows.notifying import keep_telling
from flows.uploads import Uploads
from leadgate.cli.delivering import keep_delivering
from leadgate.cli.slow_clients import PatientProtocol
from leadgate.errors import InvalidValueError
from leadgate.json_log import is_wanted
from leadgate.settings import Settings, load_settings
from leadgate.settings.secrets import find_metrics_token, find_secrets
from steward.app import create_app
from steward.desk import Desk
from steward.metrics import with_metrics
from steward.receiver.app import create_receiver
from steward.together import Together

if TYPE_CHECKING:
    from steward.access.oidc import Provider

RESTART_SECONDS: Final = 5.0


def run_serve(config: Path | None, host: str, port: int, store: str | None, *, drain: bool) -> int:
    """Serve until a signal says stop."""
    settings = load_settings(config)
    if store:
        settings = settings.model_copy(update={"store": store})
    endpoints = find_endpoints(settings)
    receiver = create_receiver(settings)
    listening = _listen(host, port)
    desk = _open_desk(config, settings, _address(listening))
    behind: Any = ProxyHeadersMiddleware(receiver)  # type: ignore[arg-type]  # ASGI, named otherwise
    together = Together(create_app(desk), behind)
    if settings.metrics.access != "off":
        token = _metrics_token(settings)
        app: Any = with_metrics(together, desk.store, settings.metrics.cache, token)
    else:
        app = together
    server = uvicorn.Server(
        uvicorn.Config(
            app,
            # The address of a webhook may hold its secret: no log of requests.
            access_log=False,
            log_level="warning",
            server_header=False,
            log_config=None if is_wanted() else LOGGING_CONFIG,
            proxy_headers=False,  # the desk looks at who is really asking
            http=PatientProtocol,
            timeout_keep_alive=20,
            timeout_graceful_shutdown=10,
        )
    )
    stop = threading.Event()
    if drain and _wants_draining(settings):
        threading.Thread(target=_keep_draining, args=(config, settings, stop), daemon=True).start()
    # Also where there is none: an endpoint that was taken out is to be forgotten.
    delivering = (desk.store, endpoints, stop)
    threading.Thread(target=keep_delivering, args=delivering, daemon=True).start()
    telling = (desk.store, settings, stop)
    threading.Thread(target=keep_telling, args=telling, daemon=True).start()
    print(f"leadgate: listening on {_address(listening)}", file=sys.stderr, flush=True)
    try:
        server.run(sockets=[listening])
    finally:
        stop.set()
        desk.store.close()
    return 0


def _metrics_token(settings: Settings) -> str | None:
    """What has to be shown for `/metrics`; None where being on this machine is enough."""
    if settings.metrics.access != "token":
        return None
    token = find_metrics_token()
    if token is None:
        raise InvalidValueError('[metrics] access = "token" needs LEADGATE_METRICS_TOKEN.')
    return token


def _open_desk(config: Path | None, settings: Settings, address: str) -> Desk:
    """The desk, on a connection of its own to the store."""
    return Desk(
        store=open_store(settings.store),
        public_url=settings.desk.public_url or address,
        uploads=settings.desk.uploads,
        reports=settings.reports,
        pipeline=Uploads(settings, config),
        max_upload=settings.desk.max_upload_mb * 1024 * 1024,
        margin=settings.insights.margin,
        currency=settings.insights.currency,
        settings=settings.desk,
        provider=_open_provider(settings, settings.desk.public_url or address),
    )


def _open_provider(settings: Settings, address: str) -> "Provider | None":
    """The provider that signs people in, if there is one."""
    oidc = settings.desk.oidc
    if oidc is None:
        return None
    try:
        from steward.access.oidc import Provider  # noqa: PLC0415 - its libraries are an extra
    except ImportError:
        raise InvalidValueError("[desk.oidc] needs more: pip install 'leadgate[oidc]'.") from None
    secret = next(iter(find_secrets("oidc")), None)
    return Provider(oidc, f"{address}/sign-in/back", secret)


def _listen(host: str, port: int) -> socket.socket:
    try:
        return socket.create_server((host, port), backlog=2_048)
    except (OSError, OverflowError) as error:
        why = getattr(error, "strerror", None) or "no such address or port"
        raise InvalidValueError(f"--host {host} --port {port}: cannot listen ({why}).") from None


def _address(listening: socket.socket) -> str:
    host, port = listening.getsockname()[:2]
    return f"http://{host}:{port}"


def _wants_draining(settings: Settings) -> bool:
    hooks = (source.webhook for source in settings.sources.values())
    return any(hook is not None and hook.process == "at_once" for hook in hooks)


def _keep_draining(config: Path | None, settings: Settings, stop: threading.Event) -> None:
    """Run the imports in a process of their own: they compute, and the receiver has to answer.

    The process ends with this one, also where this one is killed.
    """
    command = [sys.executable, "-m", "leadgate"]
    command += ["--config", str(config)] if config else []
    # The store's URL may hold a password: it goes through the environment, not the command line.
    environment = {**os.environ, "LEADGATE_STORE": settings.store}
    while not stop.is_set():
        child = subprocess.Popen([*command, "drain", "--watch"], env=environment)  # noqa: S603 - ours
        while child.poll() is None and not stop.wait(0.2):
            pass
        child.terminate()
        child.wait()
        stop.wait(RESTART_SECONDS)
