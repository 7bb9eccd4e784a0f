"""The deployments that leadgate.toml asks for, as the content of `prefect.yaml`.

One a source, by the way its rows come, and those that look after the store. Nothing of it is
written by hand: a new source is a new deployment the next time `leadgate deploy` runs.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final

from flows.prefect_ends import TAG
from flows.schedule_gaps import zone_to_count_in
from leadgate.settings import Settings, Source
from leadgate.settings.schedules import Schedules

HEARTBEAT: Final = 30  # seconds; Prefect takes no less


@dataclass(frozen=True)
class Way:
    """A flow, where it is, and what a person reads about it."""

    flow: str
    entrypoint: str
    words: str


@dataclass(frozen=True)
class Deployment:
    """A flow with its parameters and times; `cron` is empty where only people start it."""

    name: str
    way: Way
    cron: str
    timezone: str
    parameters: Mapping[str, Any] = field(default_factory=dict)

    @property
    def full_name(self) -> str:
        """The name under which Prefect's commands know it."""
        return f"{self.way.flow}/{self.name}"

    def as_yaml(self, config: str, pool: str, version: str | None) -> dict[str, Any]:
        """Return what `prefect.yaml` says of it; `config` as seen from the working folder."""
        zone = zone_to_count_in(self.cron, self.timezone, datetime.now(tz=UTC))
        schedule = {"cron": self.cron, "timezone": zone, "slug": "leadgate"}
        return {
            "name": self.name,
            "description": self.way.words.format(name=self.name),
            "entrypoint": self.way.entrypoint,
            **({} if version is None else {"version": version}),
            "tags": [TAG],
            "parameters": {**self.parameters, "config": config},
            # One at a time; a collision waits for its turn.
            "concurrency_limit": {"limit": 1, "collision_strategy": "ENQUEUE"},
            "work_pool": {
                "name": pool,
                "job_variables": {"env": {"PREFECT_FLOWS_HEARTBEAT_FREQUENCY": str(HEARTBEAT)}},
            },
            "schedules": [schedule] if self.cron else [],
        }


IMPORT: Final = Way("import-leads", "flows.prefect_sources.import_source", "Import {name}.")
POLL: Final = Way("poll-source", "flows.prefect_sources.poll", "Ask {name} for new rows.")
FETCH: Final = Way("fetch-source", "flows.prefect_sources.fetch", "Fetch what is new at {name}.")
DRAIN: Final = Way("drain-inbox", "flows.prefect_sources.drain_inbox", "Import what waits.")
DECIDE: Final = Way("decide-held", "flows.prefect_sources.decide_held", "Decide about a file.")
UPKEEP: Final = (
    Way("retain", "flows.prefect_upkeep.retain_store", "Forget what [retention] says is due."),
    Way("verify", "flows.prefect_upkeep.verify_store", "Check every invariant of the store."),
    Way("notify", "flows.prefect_upkeep.notify_people", "Tell people what was not told yet."),
    Way("rescore", "flows.prefect_upkeep.rescore_reviews", "Weigh what judgements touch again."),
)
LEARN: Final = Way("learn", "flows.prefect_upkeep.learn_weights", "Learn from the store.")


def describe_deployments(settings: Settings) -> Iterator[Deployment]:
    """Describe each deployment; its name is that of the source, or of what it does."""
    times = settings.schedules
    for name, source in settings.sources.items():
        way = _way_of(source)
        if way is not None:
            yield _of_source(name, way, source, times)
    if any(source.webhook or source.poll for source in settings.sources.values()):
        yield Deployment("inbox", DRAIN, times.drain, times.timezone)
    for way in UPKEEP:
        yield Deployment(f"{way.flow}-store", way, getattr(times, way.flow), times.timezone)
    if settings.matching.model is not None:  # without a file for them nothing would read them
        yield Deployment("learn-store", LEARN, times.learn, times.timezone)
    yield Deployment("decision", DECIDE, "", times.timezone)


def describe_project(
    settings: Settings, home: str, config: str, version: str | None
) -> dict[str, Any]:
    """Describe all that `prefect deploy --all` is to register.

    `home` is the folder runs work in, as the workers see it; `config` is the path of the settings
    from there; workers of another `version` of the code refuse the runs, where one is given.
    """
    pool = settings.schedules.pool
    return {
        "name": "leadgate",
        "prefect-version": ">=3.8.8,<3.10",
        "pull": [{"prefect.deployments.steps.set_working_directory": {"directory": home}}],
        "deployments": [
            each.as_yaml(config, pool, version) for each in describe_deployments(settings)
        ],
    }


def _of_source(name: str, way: Way, source: Source, times: Schedules) -> Deployment:
    own = source.schedule
    cron, zone = (own.cron, own.timezone) if own else ("", None)
    return Deployment(name, way, cron, zone or times.timezone, {"source": name})


def _way_of(source: Source) -> Way | None:
    """How a source's rows are had; None where they are sent, and drained with the others."""
    if source.poll is not None:
        return POLL
    if source.files is not None or source.sql is not None:
        return FETCH
    return IMPORT if source.path is not None else None
