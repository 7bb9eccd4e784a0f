"""Prefect's server, in the environment Leadgate is installed in: `python -m flows.prefect_server`.

Prefect's 3.8 servers hand the state of a scheduled run to SQLAlchemy with the columns of the run.
SQLAlchemy 2.0 passes over what is no column; 2.1 asks what to do with it, and no schedule ever
starts a run. Told to pass over it, they do. Later servers leave the state out themselves.
"""

import argparse
import os
from collections.abc import MutableMapping
from typing import Any

import uvicorn


def serve(host: str, port: int) -> None:
    """Run the server, its pages and its services until a signal says stop."""
    url = f"http://{'127.0.0.1' if host in {'0.0.0.0', '::'} else host}:{port}/api"  # noqa: S104
    os.environ["PREFECT_API_URL"] = url
    os.environ["PREFECT_SERVER_API_HOST"], os.environ["PREFECT_SERVER_API_PORT"] = host, str(port)
    pass_over_states()
    from prefect.server.api.server import create_app  # noqa: PLC0415 - reads the environment

    config = uvicorn.Config(
        create_app(final=True),
        host=host,
        port=port,
        log_level="warning",
        timeout_graceful_shutdown=5,
    )
    uvicorn.Server(config).run()


def pass_over_states() -> None:
    """Let schedules start runs under SQLAlchemy 2.1."""
    from prefect.server.database.orm_models import FlowRun  # noqa: PLC0415 - reads the environment

    state: Any = FlowRun.__mapper__.all_orm_descriptors["state"]
    if getattr(state, "bulk_dml_setter", "none of that name") is None:
        state.bulk_dml_setter = _pass_over


def _pass_over(_cls: type, _row: MutableMapping[str, Any], _value: object) -> None:
    """The state is written into a table of its own, right afterwards."""


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=4200)
    asked = parser.parse_args()
    serve(asked.host, asked.port)
