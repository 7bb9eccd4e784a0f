"""What a run needs of Prefect around it: a server, the right version, and secrets."""

import os
from importlib.metadata import version
from typing import Final, cast

from prefect import get_client
from prefect.blocks.system import Secret
from prefect.runtime import deployment, flow_run
from prefect.settings import PREFECT_API_URL

from crm.models import HEAD
from flows.prefect_artifacts import slug
from leadgate.errors import ConfigurationError
from leadgate.settings.secrets import Kind, secret_name

KINDS: Final[tuple[Kind, ...]] = ("NOTIFY", "SECRET", "TOKEN", "URL", "VERIFY")
CRASHES: Final = 3  # a run that dies as often is not begun again
UNSET: Final = "unset PREFECT_API_URL to import without Prefect"


class PrefectServerError(ConfigurationError):
    """The Prefect server that is configured does not answer."""


class OtherVersionError(ConfigurationError):
    """A deployment was made by another version of Leadgate than the worker has."""


class DiesAgainError(ConfigurationError):
    """A run was started again as often as is sensible."""


def code_version() -> str:
    """The version of this program and of the store's schema it knows: 0.1.0+0006."""
    return f"{version('leadgate')}+{HEAD}"


def expect_server(undone: str = "imported", way_out: str = UNSET) -> None:
    """Raise a `PrefectServerError` where a server is configured and does not answer.

    `undone` says what therefore was not done, `way_out` how to do without a server.
    """
    url = PREFECT_API_URL.value()
    if not url:  # a temporary server will be started
        return
    with get_client(sync_client=True) as client:
        problem = client.api_healthcheck()
    if problem is not None:
        raise PrefectServerError(
            f"the Prefect server at {url} does not answer ({type(problem).__name__}); nothing was "
            f"{undone}. Start it, or {way_out}."
        )


def expect_fitting_run() -> None:
    """Raise a named error where this worker must not do what its run asks for."""
    made_by = deployment.version
    if made_by and made_by != code_version():
        raise OtherVersionError(
            f"this worker has leadgate {code_version()}, and leadgate {made_by} made the "
            "deployment; nothing was done. Upgrade the worker, or run leadgate deploy with its "
            "version."
        )
    if flow_run.run_count > CRASHES:
        raise DiesAgainError(
            f"this run died {CRASHES} times; what was loaded stays. Look at the memory and the log "
            "of the worker, then start it by hand."
        )


def load_secrets(source: str) -> None:
    """Take secrets of a source that are not in the environment from Prefect's Secret blocks.

    `LEADGATE_TOKEN_SURVEY` is looked for in the block `leadgate-token-survey`.
    """
    for kind in KINDS:
        name = secret_name(source, kind)
        if name in os.environ or f"{name}_FILE" in os.environ:
            continue
        try:
            block = cast("Secret[str]", Secret.load(slug(name)))
        except ValueError:  # there is no such block
            continue
        os.environ[name] = block.get()
