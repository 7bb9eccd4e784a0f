"""A run that came to an end says so by itself.

Prefect 3.8 tells automations of the states of a run that was planned only minutes before up to a
quarter of an hour late. Who waits for a sign of life must not wait for those: heartbeats and this
event are told at once.
"""

from typing import Any, Final

from prefect.events import emit_event

TAG: Final = "leadgate"
ENDED: Final = "leadgate.run-ended"


def tell_end(_flow: object, run: Any, _state: object) -> None:
    """Say that a run has ended, in whatever state; no heartbeat comes after it."""
    emit_event(
        event=ENDED,
        resource={"prefect.resource.id": f"prefect.flow-run.{run.id}"},
        related=[{"prefect.resource.id": f"prefect.tag.{TAG}", "prefect.resource.role": "tag"}],
    )


# For every flow that a deployment runs.
QUIET: Final[dict[str, Any]] = {
    "persist_result": False,
    "on_completion": [tell_end],
    "on_failure": [tell_end],
    "on_cancellation": [tell_end],
}
