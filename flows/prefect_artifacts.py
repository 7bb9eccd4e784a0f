"""What an import leaves on its page in Prefect: counts and links, no values of people's data."""

import logging
import re
from collections.abc import Callable
from typing import ParamSpec, TypeVar

from prefect.artifacts import create_link_artifact, create_markdown_artifact, create_table_artifact

from flows.outcome import Outcome

P = ParamSpec("P")
T = TypeVar("T")
log = logging.getLogger(__name__)


def leave_artifacts(outcome: Outcome, desk: str | None = None) -> None:
    """Leave the summary, the fates, the drift, and links into the desk, where that has one."""
    name = slug(outcome.source)
    try_to_tell(
        create_table_artifact,
        key=f"fates-{name}",
        table=[
            {"fate": fate.replace("_", " "), "rows": rows} for fate, rows in outcome.fates().items()
        ],
        description=f"Fates of the rows of {outcome.source}",
    )
    summary = outcome.as_markdown() + _way_on(outcome, desk)
    try_to_tell(create_markdown_artifact, key=f"summary-{name}", markdown=summary)
    if outcome.drift:
        said = "\n".join(f"- {sentence}" for sentence in outcome.drift)
        try_to_tell(create_markdown_artifact, key=f"drift-{name}", markdown=said)
    for key, address, words in _links(outcome, desk):
        try_to_tell(create_link_artifact, key=f"{key}-{name}", link=address, link_text=words)


def try_to_tell(tell: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T | None:
    """Tell the server something; a server that went away keeps no import from its end."""
    try:
        return tell(*args, **kwargs)
    except Exception as error:  # noqa: BLE001 - whatever it is, the import matters more
        log.warning("the Prefect server could not be told (%s)", type(error).__name__)
        return None


def slug(name: str) -> str:
    """The name of a source as keys of Prefect may be: small letters, digits and dashes."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-") or "source"


def _links(outcome: Outcome, desk: str | None) -> list[tuple[str, str, str]]:
    if desk is None:
        return []
    links = [("report", f"{desk}/reports/{outcome.batch}", f"Report of {outcome.batch}")]
    links = links if outcome.batch else []
    if outcome.review:
        links.append(("review", f"{desk}/review", f"{outcome.review:,} possible matches"))
    if outcome.on_hold:
        links.append(("hold", f"{desk}/holds", f"Decide about {outcome.on_hold}"))
    return links


def _way_on(outcome: Outcome, desk: str | None) -> str:
    if outcome.on_hold is None:
        return ""
    where = f" [At the desk]({desk}/holds), or run" if desk else " Run"
    deployment = f"the deployment `decide-held/decision` with `hold` = `{outcome.on_hold}`."
    return f"\n\nNothing was loaded.{where} {deployment}"
