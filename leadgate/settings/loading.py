"""`leadgate.toml`, read into plain values.

Every key can be overridden by an environment variable: `LEADGATE_STORE` for `store`,
`LEADGATE_CHECKS__SEVERITY` for `[checks] severity`. Secrets belong there and nowhere else.
Relative paths are meant from the folder of the file.
"""

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from leadgate.errors import ConfigurationFileError, InvalidValueError, UnknownKeyError
from leadgate.settings.complaints import describe_invalid_value, describe_unknown_key
from leadgate.settings.desk_section import DeskSection
from leadgate.settings.engine import Engine
from leadgate.settings.holding import Holding
from leadgate.settings.insights import InsightsSection
from leadgate.settings.mail_domains import MailDomains
from leadgate.settings.matching import Matching
from leadgate.settings.notifications import Notifications
from leadgate.settings.outgoing import Webhooks
from leadgate.settings.retention import Retention
from leadgate.settings.rules import OwnRule
from leadgate.settings.schedules import Schedules
from leadgate.settings.sections import Checks, Country, Source
from leadgate.settings.survivorship import Survivorship
from leadgate.settings.watching import Metrics, Tracing
from leadgate.settings.webhooks import Receiver

FILE_NAME = "leadgate.toml"
SQLITE = "sqlite:///"


class Settings(BaseSettings):
    """All of `leadgate.toml`."""

    model_config = SettingsConfigDict(
        extra="forbid", frozen=True, env_prefix="LEADGATE_", env_nested_delimiter="__"
    )

    store: str = SQLITE + "leadgate.db"
    reports: Path = Path("leadgate-reports")
    default_country: Country | None = None
    checks: Checks = Checks()
    survivorship: Survivorship = Survivorship()
    retention: Retention = Retention()
    holding: Holding = Holding()
    matching: Matching = Matching()
    engine: Engine = Engine()
    mail_domains: MailDomains = MailDomains()
    desk: DeskSection = DeskSection()
    receiver: Receiver = Receiver()
    schedules: Schedules = Schedules()
    webhooks: Webhooks = Webhooks()
    insights: InsightsSection = InsightsSection()
    notifications: Notifications = Notifications()
    metrics: Metrics = Metrics()
    tracing: Tracing = Tracing()
    rules: tuple[OwnRule, ...] = ()
    sources: dict[str, Source] = Field(default_factory=dict)

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The environment outranks the file; there is no third place to look."""
        del settings_cls, dotenv_settings, file_secret_settings
        return env_settings, init_settings


def load_settings(path: Path | None = None) -> Settings:
    """Read the file at `path`, or `leadgate.toml` in the working folder where there is one.

    Raises a `ConfigurationError` that names the file and the key.
    """
    named = path or os.environ.get("LEADGATE_CONFIG")
    file = Path(named or FILE_NAME)
    if not named and not file.exists():
        return _settings({}, "the environment")
    return _anchored(_settings(_parsed(file), str(file)), file.parent)


def _parsed(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise ConfigurationFileError(f"{file}: there is no such file.") from error
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigurationFileError(f"{file}: cannot be read as text.") from error
    except tomllib.TOMLDecodeError as error:
        raise ConfigurationFileError(f"{file}: not valid TOML: {error}.") from error


def _settings(content: Mapping[str, Any], origin: str) -> Settings:
    try:
        return Settings(**content)
    except ValidationError as error:
        # The first complaint is enough to act on, and keeps the message to one line.
        first = error.errors(include_url=False)[0]
        if first["type"] == "extra_forbidden":
            raise UnknownKeyError(
                f"{origin}: {describe_unknown_key(Settings, first['loc'])}"
            ) from None
        raise InvalidValueError(f"{origin}: {describe_invalid_value(first)}") from None


def _anchored(settings: Settings, folder: Path) -> Settings:
    """Relative paths of the file, made to start at the file's folder."""
    sources = {name: _anchored_source(it, folder) for name, it in settings.sources.items()}
    store = settings.store
    if store.startswith(SQLITE) and "LEADGATE_STORE" not in os.environ:
        store = SQLITE + str(folder / store.removeprefix(SQLITE))
    desk = settings.desk.model_copy(update={"uploads": folder / settings.desk.uploads})
    holding = settings.holding.model_copy(update={"folder": folder / settings.holding.folder})
    mail = settings.mail_domains
    if mail.cache:
        mail = mail.model_copy(update={"cache": folder / mail.cache})
    model = settings.matching.model
    moved = {
        "sources": sources,
        "store": store,
        "reports": folder / settings.reports,
        "desk": desk,
        "holding": holding,
        "mail_domains": mail,
        "matching": Matching(model=model and folder / model),
    }
    return settings.model_copy(update=moved)


def _anchored_source(source: Source, folder: Path) -> Source:
    paths = {name: getattr(source, name) for name in ("path", "mapping")}
    moved: dict[str, object] = {n: folder / path for n, path in paths.items() if path}
    if source.files is not None and "://" not in source.files.at:
        at = str(folder / source.files.at)
        moved["files"] = source.files.model_copy(update={"at": at})
    return source.model_copy(update=moved)
