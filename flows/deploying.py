"""Deployments registered with a Prefect server, and what watches over their runs."""

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

import yaml
from prefect import get_client
from prefect.automations import Automation
from prefect.client.orchestration import SyncPrefectClient
from prefect.client.schemas import StateType
from prefect.client.schemas.actions import WorkPoolCreate
from prefect.client.schemas.filters import DeploymentFilter, DeploymentFilterTags
from prefect.events.actions import ChangeFlowRunState
from prefect.events.schemas.automations import EventTrigger, Posture
from prefect.events.schemas.events import ResourceSpecification
from prefect.exceptions import ObjectAlreadyExists

from flows.deployments import describe_deployments, describe_project
from flows.prefect_ends import ENDED, TAG
from flows.prefect_world import code_version, expect_server
from flows.schedule_gaps import check_cron, find_gaps
from leadgate.errors import ConfigurationError, InvalidValueError
from leadgate.settings import Settings

HEAD: Final = "# Written by leadgate deploy from leadgate.toml; the next run writes it again.\n"
SILENT: Final = "Leadgate: a run that is not heard of any more is begun again"
CRASHED: Final = "Leadgate: a crashed run is begun again"
ENDS: Final = ("Completed", "Held", "Failed", "Cancelled", "Crashed")


class DeployError(ConfigurationError):
    """Prefect did not take the deployments."""


@dataclass(frozen=True)
class Deployed:
    """What was registered, what was taken away, and what a person should know."""

    file: Path
    names: tuple[str, ...]
    removed: tuple[str, ...]
    notes: tuple[str, ...]


def write_project(
    settings: Settings, config: Path, file: Path, home: str | None, *, pin: bool
) -> None:
    """Write `prefect.yaml`; one that somebody else wrote is left alone, by a named error.

    With `pin`, only workers of this version of the code take the runs.
    """
    for each in describe_deployments(settings):
        if each.cron:
            check_cron(each.cron, f"schedule of {each.full_name}")
    if file.exists() and not file.read_text(encoding="utf-8").startswith(HEAD):
        raise InvalidValueError(
            f"{file} was not written by leadgate deploy; name another with --file, or move it."
        )
    folder = file.resolve().parent
    seen_from_there = os.path.relpath(config.resolve(), folder)
    version = code_version() if pin else None
    project = describe_project(settings, home or str(folder), seen_from_there, version)
    text = yaml.safe_dump(project, sort_keys=False, allow_unicode=True, width=100)
    file.write_text(HEAD + text, encoding="utf-8")


def deploy(settings: Settings, file: Path) -> Deployed:
    """Register what `file` describes, take away what it no longer does, and watch the runs."""
    expect_server("registered", "use --write-only, which needs none")
    wanted = tuple(each.full_name for each in describe_deployments(settings))
    with get_client(sync_client=True) as client:
        _make_pool(client, settings.schedules.pool)
        _register(file)
        removed = tuple(_remove_others(client, file, wanted))
    _watch_runs(settings.schedules.silent_seconds)
    return Deployed(file, wanted, removed, tuple(_notes(settings)))


def _make_pool(client: SyncPrefectClient, name: str) -> None:
    try:
        client.create_work_pool(WorkPoolCreate(name=name, type="process"))
    except ObjectAlreadyExists:
        return


def _register(file: Path) -> None:
    command = ["prefect", "--no-prompt", "deploy", "--all", "--prefect-file", file.name]
    done = subprocess.run(  # noqa: S603 - ours
        [sys.executable, "-m", *command],
        cwd=file.resolve().parent,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        last = " ".join((done.stderr or done.stdout).split()[-60:])
        raise DeployError(f"Prefect did not take {file}: {last}")


def _remove_others(client: SyncPrefectClient, file: Path, wanted: tuple[str, ...]) -> Iterator[str]:
    """Delete deployments that an earlier run made from the same folder."""
    home = yaml.safe_load(file.read_text(encoding="utf-8"))["pull"]
    tagged = DeploymentFilter(tags=DeploymentFilterTags(all_=[TAG]))
    for found in client.read_deployments(deployment_filter=tagged):
        name = f"{client.read_flow(found.flow_id).name}/{found.name}"
        if found.pull_steps == home and name not in wanted:
            client.delete_deployment(found.id)
            yield name


def _watch_runs(silent_seconds: int) -> None:
    """A run whose worker died says nothing any more, and is begun again; so is one that crashed."""
    tagged = ResourceSpecification(
        {"prefect.resource.id": [f"prefect.tag.{TAG}"], "prefect.resource.role": ["tag"]}
    )
    runs = ResourceSpecification({"prefect.resource.id": ["prefect.flow-run.*"]})
    heard = "prefect.flow-run.heartbeat"
    silent = EventTrigger(
        match=runs,
        match_related=tagged,
        after={heard},
        expect={heard, ENDED, *(f"prefect.flow-run.{end}" for end in ENDS)},
        for_each={"prefect.resource.id"},
        posture=Posture.Proactive,
        threshold=1,
        within=timedelta(seconds=silent_seconds),
    )
    crashed = EventTrigger(
        match=runs,
        match_related=tagged,
        expect={"prefect.flow-run.Crashed"},
        for_each={"prefect.resource.id"},
        posture=Posture.Reactive,
        threshold=1,
    )
    again = ChangeFlowRunState(
        state=StateType.SCHEDULED, name="AwaitingRetry", message="goes on where it was"
    )
    _put(SILENT, silent, again)
    _put(CRASHED, crashed, again)


def _put(name: str, trigger: EventTrigger, action: ChangeFlowRunState) -> None:
    wanted = Automation(name=name, trigger=trigger, actions=[action])
    with get_client(sync_client=True) as client:
        known = client.read_automations_by_name(name)
    if known:
        wanted.id = known[0].id
        wanted.update()
    else:
        wanted.create()


def _notes(settings: Settings) -> Iterator[str]:
    """What a person should know of the times."""
    now = datetime.now(tz=UTC)
    for each in describe_deployments(settings):
        gap = next(find_gaps(each.cron, each.timezone, now), None) if each.cron else None
        if gap is not None:
            yield (
                f"{each.full_name}: {gap:%H:%M} does not exist on {gap:%Y-%m-%d} in "
                f"{each.timezone}; that run is an hour off, once."
            )
