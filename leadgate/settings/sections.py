"""The sections of `leadgate.toml` as frozen values; a key that is not here is refused."""

from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from leadgate.settings.elsewhere import Files, Sql
from leadgate.settings.notifications import Occasion
from leadgate.settings.polls import Polled
from leadgate.settings.schedules import SourceSchedule
from leadgate.settings.section import Section
from leadgate.settings.webhooks import Webhook

Country = Annotated[str, Field(pattern=r"^[A-Z]{2}$")]
Severity = Literal["error", "warning", "repaired"]


class Source(Section):
    """One `[sources.NAME]`: where rows come from and how far they are trusted."""

    path: Path | None = None
    kind: Literal["lead", "call", "visit", "sales", "costs"] = "lead"
    trust: int = Field(50, ge=0, le=100)
    on_possible_match: Literal["review", "hold"] = "review"
    on_drift: Literal["warn", "hold"] = "warn"
    default_country: Country | None = None
    # Column -> field or attributes.NAME; an empty field leaves the column out.
    map: dict[str, str] = Field(default_factory=dict)
    # Whether columns that are no field are kept as attributes of the contact.
    keep_columns: bool = False
    sheets: tuple[str, ...] | None = None
    header_row: int | None = Field(None, ge=1)
    encoding: str | None = None
    delimiter: str | None = Field(None, min_length=1, max_length=1)
    webhook: Webhook | None = None
    poll: Polled | None = None
    files: Files | None = None
    sql: Sql | None = None
    schedule: SourceSchedule | None = None
    # A pandera DataFrameModel as package.module:Class, held against the standardized rows.
    schema_class: str | None = None
    # What people are told of its imports; None: what [notifications] says.
    notify: tuple[Occasion, ...] | None = None
    # The columns as they were when somebody looked at them; others are not guessed at.
    mapping: Path | None = None


class Checks(Section):
    """`[checks]`: how grave a finding is, where the shipped severity does not fit.

    `tolerate`: how much of a code `leadgate check` puts up with, `2%` of the rows or `12`.
    """

    severity: dict[str, Severity] = Field(default_factory=dict)
    tolerate: dict[str, str] = Field(default_factory=dict)
