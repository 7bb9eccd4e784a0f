"""`leadgate source add`, `list` and `test`."""

import json
import os
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import tomlkit
import typer
from tomlkit.exceptions import TOMLKitError

from connectors.errors import SourceFileError
from flows.previewing import Preview, preview_source
from leadgate.cli.arguments import column_map
from leadgate.cli.columns import tell_columns
from leadgate.errors import ConfigurationError, ConfigurationFileError, InvalidValueError
from leadgate.settings import Settings, Source, load_settings
from leadgate.settings.secrets import Kind, find_secrets, secret_name
from validators.mapping.errors import MappingError

SHOWN_ROWS: Final = 3
WIDTH: Final = 18
# What a way is asked for beside itself: key and question.
QUESTIONS: Final[Mapping[str, str]] = {
    "path": "Which file?",
    "webhook": "Which provider (typeform, tally, jotform, gravity_forms, webflow, hubspot, "
    "meta_leads, formstack, google_forms, envoy, greetly, twilio, standard_webhooks, webhook)?",
    "poll": "Which provider (typeform, google_forms, google_sheets, hubspot, json)?",
    "files": "Which folder, pattern, s3://, sftp:// or https:// address?",
    "sql": "Which table or view?",
}
# The key that holds the answer, within the section of the way.
KEYS: Final[Mapping[str, str]] = {
    "webhook": "provider",
    "poll": "provider",
    "files": "at",
    "sql": "table",
}
NUMBERS: Final = frozenset({"settle", "header_row"})


@dataclass(frozen=True)
class NewSource:
    """A source to be added: `ways` has one value, for how its rows come."""

    name: str
    ways: Mapping[str, str | None]
    kind: str
    trust: int | None
    settings: Sequence[str]
    mapping: Sequence[str]


def run_add(config: Path | None, new: NewSource, *, yes: bool, untried: bool) -> int:
    """Add a source to `leadgate.toml`; the rest of the file stays as it was written."""
    file = Path(config or os.environ.get("LEADGATE_CONFIG") or "leadgate.toml")
    document = _parse(file)
    if new.name in document.get("sources", {}):
        raise InvalidValueError(f'{file} describes a source "{new.name}" already; edit it there.')
    new = _asked(new)
    _add(document, new)
    candidate = file.with_name(f".{file.name}.new")
    candidate.write_text(tomlkit.dumps(document), encoding="utf-8")
    try:
        settings = _load(candidate, file)
        failed = _try(new.name, settings)
        if failed and not untried:
            print("Nothing was written; --untried writes it all the same.", file=sys.stderr)
            return failed
        if not yes and sys.stdin.isatty() and not typer.confirm(f"Write it to {file}?", err=True):
            return 1
        candidate.replace(file)
    finally:
        candidate.unlink(missing_ok=True)
    print(f"{file}: [sources.{new.name}] is written.")
    return 0


def _load(candidate: Path, file: Path) -> Settings:
    """Read what is to become the file; what is wrong with it is told of the file."""
    try:
        return load_settings(candidate)
    except ConfigurationError as error:
        raise type(error)(str(error).replace(str(candidate), str(file))) from None


def run_list(config: Path | None, *, as_json: bool) -> int:
    """Print each source: how its rows come, and what its secrets are called."""
    settings = load_settings(config)
    for name, source in settings.sources.items():
        way, detail = _way(source)
        secrets = {
            secret_name(name, kind): bool(find_secrets(name, kind)) for kind in _needs(source)
        }
        if as_json:
            line = {"source": name, "kind": source.kind, "way": way, "detail": detail}
            print(json.dumps(line | {"secrets": secrets}))
        else:
            told = ", ".join(
                f"{key} {'is set' if there else 'is missing'}" for key, there in secrets.items()
            )
            print(f"{name}: {source.kind}, {way} {detail}" + (f" ({told})" if told else ""))
    return 0


def run_test(config: Path | None, name: str) -> int:
    """Try a source; 1 where it cannot be read, 2 where its settings are not right."""
    settings = load_settings(config)
    if name not in settings.sources:
        known = ", ".join(settings.sources) or "none is described"
        raise InvalidValueError(f'no source "{name}" in leadgate.toml (sources: {known}).')
    return _try(name, settings)


def _try(name: str, settings: Settings) -> int:
    """Show the first rows of a source; the exit code that says whether they could be read."""
    with tempfile.TemporaryDirectory(prefix="leadgate-") as folder:
        try:
            preview = preview_source(name, settings, Path(folder))
        except (ConfigurationError, SourceFileError, MappingError) as error:
            print(f"leadgate: {name}: {error}", file=sys.stderr)
            return 2 if isinstance(error, ConfigurationError) else 1
    print("\n".join(_tell(name, preview)))
    return 0


def _tell(name: str, preview: Preview) -> Iterator[str]:
    yield f"{name}:"
    yield from (f"  {note}" for note in preview.notes)
    if preview.mapped is None:
        return
    yield from tell_columns(preview.mapped.mappings)
    rows = preview.mapped.records.head(SHOWN_ROWS).astype(object)
    yield f"  the first rows, {len(rows)} side by side:"
    for field, values in rows.mask(rows.isna(), "").items():
        cells = (f"{' '.join(str(cell).split())[:WIDTH]:<{WIDTH}}" for cell in values)
        yield f"    {field!s:<14} {' | '.join(cells)}".rstrip()


def _asked(new: NewSource) -> NewSource:
    """The source with what was not said asked for, where there is somebody to ask."""
    given = {way: value for way, value in new.ways.items() if value}
    if len(given) > 1:
        raise InvalidValueError(f"--{' and --'.join(given)}: a source has one way.")
    if given:
        return replace(new, ways=given)
    if not sys.stdin.isatty():
        raise InvalidValueError(
            "say how its rows come: --path, --webhook, --poll, --files or --sql."
        )
    way = typer.prompt(f"How do its rows come ({', '.join(QUESTIONS)})?", "path", err=True)
    if way not in QUESTIONS:
        raise InvalidValueError(f'"{way}" is none of {", ".join(QUESTIONS)}.')
    value = typer.prompt(QUESTIONS[way], err=True)
    more = [*new.settings]
    asked = {"poll": ("form" if value != "json" else "url",), "sql": ("url",)}.get(way, ())
    more += [f"{key}={typer.prompt(f'{key}?', err=True)}" for key in asked]
    return replace(new, ways={way: value}, settings=more)


def _add(document: tomlkit.TOMLDocument, new: NewSource) -> None:
    (way, value), *_ = new.ways.items()
    source = tomlkit.table()
    if new.kind != "lead":
        source["kind"] = new.kind
    if new.trust is not None:
        source["trust"] = new.trust
    inner = source if way == "path" else tomlkit.table()
    inner[KEYS.get(way, way)] = value
    for option in new.settings:
        key, separator, text = option.partition("=")
        if not separator or not key.strip():
            raise InvalidValueError(f'--set "{option}": write it as KEY=VALUE.')
        target = source if key in Source.model_fields else inner
        target[key.strip()] = _value(key.strip(), text)
    if inner is not source:
        source[way] = inner
    if new.mapping:
        source["map"] = column_map(new.mapping)
    sources = document.setdefault("sources", tomlkit.table(is_super_table=True))
    sources[new.name] = source


def _value(key: str, text: str) -> Any:
    if key == "schedule":
        when = tomlkit.inline_table()
        when["cron"] = text
        return when
    if text in {"true", "false"}:
        return text == "true"
    if key in NUMBERS:
        try:
            return float(text) if "." in text else int(text)
        except ValueError:
            raise InvalidValueError(f'--set "{key}={text}": a number is wanted.') from None
    return text.split(",") if key in {"allow", "sheets"} else text


def _parse(file: Path) -> tomlkit.TOMLDocument:
    try:
        return (
            tomlkit.parse(file.read_text(encoding="utf-8")) if file.exists() else tomlkit.document()
        )
    except (OSError, UnicodeDecodeError):
        raise ConfigurationFileError(f"{file}: cannot be read as text.") from None
    except TOMLKitError as error:
        raise ConfigurationFileError(f"{file}: not valid TOML: {error}.") from None


def _way(source: Source) -> tuple[str, str]:
    if source.webhook:
        return "webhook", source.webhook.provider
    if source.poll:
        return "poll", source.poll.provider
    if source.files:
        return "files", source.files.at
    if source.sql:
        return "sql", source.sql.table
    return "path", str(source.path or "(nothing)")


def _needs(source: Source) -> tuple[Kind, ...]:
    if source.webhook:
        return ("SECRET",)
    if source.poll:
        return ("TOKEN",)
    return ("URL",) if source.sql and not source.sql.url else ()
