"""What deployments run for the store: forget what is due, check it, weigh and learn again."""

from pathlib import Path
from typing import Any

from prefect import flow
from prefect.artifacts import create_table_artifact
from prefect.states import Completed, Failed

from crm.acts import Who
from crm.retention import Retained, RetentionRules, retain
from crm.store import open_store
from crm.verify import verify
from flows.learning import learn
from flows.notifying import tell_waiting
from flows.prefect_artifacts import try_to_tell
from flows.prefect_ends import QUIET
from flows.prefect_sources import HOUR
from flows.prefect_tasks import as_task
from flows.prefect_world import expect_fitting_run, load_secrets
from flows.rescoring import Rescored, rescore
from leadgate.errors import InvalidValueError
from leadgate.settings import Settings, load_settings


@flow(name="retain", timeout_seconds=4 * HOUR, **QUIET)
def retain_store(config: Path | None = None, *, dry_run: bool = False) -> Any:
    """Forget what [retention] of leadgate.toml says is due.

    Args:
        config: The settings, seen from the folder of the deployment.
        dry_run: Only count what is due.
    """
    settings = _begin(config)
    kept = settings.retention
    rules = RetentionRules(kept.contacts_days, kept.quarantine_days)

    def forget_what_is_due() -> Retained:
        """Erase people nobody heard of for long, and rows that waited in vain."""
        with open_store(settings.store) as store:
            return retain(store, rules, Who("retention"), dry_run=dry_run)

    done = as_task(forget_what_is_due)()
    would = " due" if dry_run else " forgotten"
    said = f"{len(done.contacts):,} contacts and {len(done.quarantine):,} rows{would}"
    return Completed(message=said)


@flow(name="verify", timeout_seconds=4 * HOUR, **QUIET)
def verify_store(config: Path | None = None) -> Any:
    """Check every invariant of the store; the run fails where one is violated.

    Args:
        config: The settings, seen from the folder of the deployment.
    """
    settings = _begin(config)

    def check_invariants() -> list[dict[str, str]]:
        """Check the store, and say by code and id what is wrong."""
        with open_store(settings.store) as store:
            return [{"code": found.code, "text": found.text} for found in verify(store)]

    found = as_task(check_invariants)()
    if not found:
        return Completed(message="The store holds every invariant.")
    try_to_tell(create_table_artifact, key="violations", table=found[:1_000])
    return Failed(message=f"{len(found):,} violations; leadgate verify lists them.")


@flow(name="notify", timeout_seconds=HOUR, **QUIET)
def notify_people(config: Path | None = None) -> Any:
    """Mail what is to be told of imports, and was not told yet.

    Args:
        config: The settings, seen from the folder of the deployment.
    """
    settings = _begin(config)
    for name in settings.sources:
        load_secrets(name)

    def tell_what_waits() -> int:
        """Tell people, one message a channel; nothing in quiet hours."""
        with open_store(settings.store) as store:
            return tell_waiting(store, settings)

    return Completed(message=f"{as_task(tell_what_waits, outside=True)():,} things told")


@flow(name="rescore", timeout_seconds=HOUR, **QUIET)
def rescore_reviews(config: Path | None = None) -> Any:
    """Weigh the possible matches again that new judgements touch.

    Args:
        config: The settings, seen from the folder of the deployment.
    """
    settings = _begin(config)

    def weigh_again() -> Rescored:
        """Give each the weight of the heaviest pair between its contacts."""
        with open_store(settings.store) as store:
            return rescore(store, settings.matching.model)

    done = as_task(weigh_again)()
    return Completed(message=f"{done.looked_at:,} looked at, {done.changed:,} changed")


@flow(name="learn", timeout_seconds=4 * HOUR, **QUIET)
def learn_weights(config: Path | None = None) -> Any:
    """Learn the weights of matching from the store, for the imports to come.

    Args:
        config: The settings, seen from the folder of the deployment.
    """
    settings = _begin(config)
    path = settings.matching.model
    if path is None:
        raise InvalidValueError('[matching] names no "model"; without one, nothing would read it.')

    def learn_from_records() -> str | None:
        """Learn, and put the weights where imports read them."""
        with open_store(settings.store) as store:
            return learn(store, path)

    version = as_task(learn_from_records)()
    return Completed(message=version or "too few records to learn from; nothing changed")


def _begin(config: Path | None) -> Settings:
    expect_fitting_run()
    return load_settings(config)
