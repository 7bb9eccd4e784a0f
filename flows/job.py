"""What is to be imported, and how: the values that one run of the main path works on."""

import difflib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from connectors.table import ReadOptions
from dedupe.survivorship import SurvivorshipPolicy
from leadgate.errors import InvalidValueError, UnknownKeyError, UnknownSourceError
from leadgate.settings import Settings, Source
from leadgate.settings.engine import Engine
from leadgate.settings.holding import Holding
from validators.fields import ATTRIBUTE, ATTRIBUTE_PREFIX, LONGEST_ATTRIBUTE
from validators.issues import CATALOG
from validators.own_rules import Rule

if TYPE_CHECKING:
    from connectors.remote.mail_domains import LookUp
    from flows.distributed.workers import Workers

Kind = Literal["lead", "call", "visit", "sales", "costs"]


@dataclass(frozen=True)
class ImportJob:
    """One import of one source into one store."""

    source: str
    path: Path
    store: str
    reports: Path | None = Path("leadgate-reports")  # None: no report
    kind: Kind = "lead"
    trust: int = 50
    on_possible_match: Literal["review", "hold"] = "review"
    default_country: str | None = None
    overrides: Mapping[str, str | None] = field(default_factory=dict)
    severities: Mapping[str, str] = field(default_factory=dict)
    policy: SurvivorshipPolicy | None = None
    model: Path | None = None  # weights learned from the store, where there are any yet
    reading: ReadOptions = field(default_factory=ReadOptions)
    dry_run: bool = False
    # Rules and a schema of one's own, and the columns the source has to have.
    rules: tuple[Rule, ...] = ()
    schema_class: str | None = None
    mapping: Path | None = None
    # Columns kept beyond the vocabulary: column -> `attributes.NAME`; or all that are no field.
    attributes: Mapping[str, str] = field(default_factory=dict)
    keep_columns: bool = False
    # When all of it waits for a person, None: never; and whether a person let it pass.
    holding: Holding | None = None
    on_drift: Literal["warn", "hold"] = "warn"
    released: bool = False
    # Of amounts of sales and costs that name none.
    currency: str = ""
    # Rows in quarantine that come again on purpose, by id: not seen before in that respect.
    repaired: tuple[int, ...] = ()
    # Whom the DNS is asked about, None: nobody.
    mail_domains: "LookUp | None" = None
    # What does the work that grows with the rows, and who does it once that is open.
    engine: Engine = field(default_factory=Engine)
    workers: "Workers | None" = None


def job_for(what: str, settings: Settings, overrides: Mapping[str, str] | None = None) -> ImportJob:
    """The job for a source of `leadgate.toml` by its name, or for a file by its path.

    `overrides` maps columns to fields and outranks the source's own map; an empty field leaves
    the column out. A file that no source describes is a source of its own, named after the file.
    """
    source = settings.sources.get(what, Source(path=Path(what)))
    if source.path is None:
        raise InvalidValueError(f'"sources.{what}" has no "path"; {_way_of(source, what)}.')
    if what not in settings.sources and not source.path.exists():
        raise UnknownSourceError(_unknown(what, settings))
    name = what if what in settings.sources else source.path.stem
    job = make_job(name, source, source.path, settings, overrides)
    return may_wait(job, source, settings)


def may_wait(job: ImportJob, source: Source, settings: Settings) -> ImportJob:
    """The same job, of a reading that as a whole can wait for a person."""
    return replace(job, holding=settings.holding, on_drift=source.on_drift)


def make_job(
    name: str,
    source: Source,
    path: Path,
    settings: Settings,
    overrides: Mapping[str, str] | None = None,
) -> ImportJob:
    """The job for a source whose rows lie at `path`, wherever they came from."""
    _check_codes(settings)
    told = {**source.map, **(overrides or {})}
    return ImportJob(
        source=name,
        path=path,
        store=settings.store,
        reports=settings.reports,
        kind=source.kind,
        trust=source.trust,
        on_possible_match=source.on_possible_match,
        default_country=source.default_country or settings.default_country,
        overrides={
            column: None if not name or name.startswith(ATTRIBUTE_PREFIX) else name
            for column, name in told.items()
        },
        attributes=_attributes(told),
        keep_columns=source.keep_columns,
        severities=settings.checks.severity,
        rules=_rules_of(name, settings),
        schema_class=source.schema_class,
        mapping=source.mapping,
        currency=settings.insights.currency,
        policy=settings.survivorship.policy(),
        model=settings.matching.model,
        engine=settings.engine,
        mail_domains=settings.mail_domains.how() if settings.mail_domains.look_up else None,
        reading=ReadOptions(source.sheets, source.header_row, source.encoding, source.delimiter),
    )


def _attributes(told: Mapping[str, str]) -> dict[str, str]:
    """Column -> attribute; a name that is none is refused."""
    named = {column: name for column, name in told.items() if name.startswith(ATTRIBUTE_PREFIX)}
    for column, name in named.items():
        if ATTRIBUTE.fullmatch(name) is None:
            raise InvalidValueError(
                f'"{column}" = "{name}": write it as attributes.NAME, the name in small letters, '
                f"digits and _, at most {LONGEST_ATTRIBUTE} of them."
            )
    return named


def _rules_of(source: str, settings: Settings) -> tuple[Rule, ...]:
    for rule in settings.rules:
        for name in rule.sources:
            if name not in settings.sources:
                raise InvalidValueError(
                    f'the rule "{rule.name}" is for the source "{name}", which is not described '
                    f"(sources: {', '.join(settings.sources) or 'none'})."
                )
    return tuple(
        rule.as_rule() for rule in settings.rules if not rule.sources or source in rule.sources
    )


def _check_codes(settings: Settings) -> None:
    for code in settings.checks.severity:
        if code not in CATALOG:
            near = difflib.get_close_matches(code, CATALOG, n=1)
            hint = f'did you mean "{near[0]}"?' if near else "docs/issues.md lists them all."
            raise UnknownKeyError(f'[checks.severity] has no code "{code}"; {hint}')


def _way_of(source: Source, name: str) -> str:
    """What to run for a source that is no file."""
    if source.webhook:
        return f"what it sent is imported by leadgate drain {name}"
    if source.poll:
        return f"it is asked by leadgate poll {name}"
    fetched = source.files or source.sql
    return f"it is fetched by leadgate fetch {name}" if fetched else "name the file it is read from"


def _unknown(what: str, settings: Settings) -> str:
    known = ", ".join(settings.sources) or "none is described"
    return f'"{what}" is neither a file nor a source of leadgate.toml (sources: {known}).'
