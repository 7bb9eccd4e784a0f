"""The command line. Each command loads what it needs when it runs, so `--help` stays quick."""

import os
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from leadgate.cli import (
    backup_commands,
    check_commands,
    delivery_commands,
    held_commands,
    inbox_commands,
    insight_commands,
    mapping_commands,
    operation_commands,
    quarantine_commands,
    sales_commands,
    source_commands,
    stewardship_commands,
    user_commands,
    watching_commands,
)
from leadgate.cli.options import DryRunOption, JsonLinesOption, MapOption, StoreOption
from leadgate.cli.panels import CommandsInPanels

app = typer.Typer(
    name="leadgate",
    cls=CommandsInPanels,
    help="The gate in front of a CRM: checks leads, finds duplicates, loads what is clean.",
    epilog="Exit codes: 0 clean, 1 bad data, 2 wrong usage or configuration, 3 a fault.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.add_typer(check_commands.app)
app.add_typer(quarantine_commands.app)
app.add_typer(held_commands.app, name="held")
app.add_typer(mapping_commands.app)
app.add_typer(inbox_commands.app)
app.add_typer(delivery_commands.app)
app.add_typer(operation_commands.app)
app.add_typer(source_commands.app, name="source")
app.add_typer(stewardship_commands.app)
app.add_typer(sales_commands.lead, name="lead")
app.add_typer(sales_commands.opportunity, name="opportunity")
app.add_typer(user_commands.app, name="user")
app.add_typer(insight_commands.app)
app.add_typer(watching_commands.app)
app.add_typer(backup_commands.app)

ConfigOption = Annotated[
    Path | None,
    typer.Option("--config", "-c", help="Read this file instead of ./leadgate.toml."),
]


class LogFormat(StrEnum):
    """What is written to stderr."""

    TEXT = "text"
    JSON = "json"


LogOption = Annotated[
    LogFormat,
    typer.Option("--log", envvar="LEADGATE_LOG", help="Write the log as text or as JSON lines."),
]


def _tell_version(asked: bool) -> None:  # noqa: FBT001 - typer calls it so
    if asked:
        from importlib.metadata import version  # noqa: PLC0415 - keeps --help quick

        print(f"leadgate {version('leadgate')}")
        raise typer.Exit


VersionOption = Annotated[
    bool,
    typer.Option("--version", callback=_tell_version, is_eager=True, help="Say which one this is."),
]


@app.callback()
def configure(
    context: typer.Context,
    *,
    config: ConfigOption = None,
    log: LogOption = LogFormat.TEXT,
    version: VersionOption = False,  # noqa: ARG001 - answered before
) -> None:
    """The gate in front of a CRM: checks leads, finds duplicates, loads what is clean."""
    context.obj = config
    if log is LogFormat.JSON:
        from leadgate.json_log import VARIABLE, use_json_lines  # noqa: PLC0415 - on request

        os.environ[VARIABLE] = log.value  # programs that this one starts write their log alike
        use_json_lines()


@app.command()
def dedupe(
    context: typer.Context,
    files: Annotated[list[str], typer.Argument(metavar="FILE", help="Files, or sources.")],
    *,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="Where the clusters go, as CSV; stdout if not given."),
    ] = None,
    mapping: MapOption = None,
    explain: Annotated[
        bool,
        typer.Option(help="Tell the reasons for each pair, or write them beside the output."),
    ] = False,
) -> None:
    """Find the rows that are the same person or company: row,cluster,weight,decision."""
    from leadgate.cli.dedupe import run_dedupe  # noqa: PLC0415 - keeps --help quick

    raise typer.Exit(run_dedupe(context.obj, files, output, mapping or [], explain=explain))


@app.command("import")
def import_(  # noqa: PLR0913 - one parameter an option
    context: typer.Context,
    sources: Annotated[
        list[str], typer.Argument(metavar="PATH|SOURCE", help="Files, or sources by name.")
    ],
    *,
    store: StoreOption = None,
    reports: Annotated[Path | None, typer.Option(help="The folder for the reports.")] = None,
    mapping: MapOption = None,
    dry_run: DryRunOption = False,
    json: JsonLinesOption = False,
    prefect: Annotated[
        bool, typer.Option("--prefect", help="Run as a Prefect flow, also where no API is set.")
    ] = False,
    release: Annotated[
        bool, typer.Option("--release", help="Load a file that would be put on hold.")
    ] = False,
) -> None:
    """Take sources through the gate and into the store."""
    from leadgate.cli.import_ import ImportOptions, run_import  # noqa: PLC0415 - keeps --help quick

    options = ImportOptions(store, reports, mapping or [], dry_run, json, prefect, release)
    raise typer.Exit(run_import(context.obj, sources, options))


@app.command()
def report(
    context: typer.Context,
    batch: Annotated[str, typer.Argument(metavar="BATCH", help="A batch, such as b1.")],
    *,
    store: StoreOption = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="The folder for the report.")
    ] = None,
) -> None:
    """Write the data-quality and duplicate report of a batch: HTML, CSV and JSON."""
    from leadgate.cli.inspect import run_report  # noqa: PLC0415 - keeps --help quick

    raise typer.Exit(run_report(context.obj, batch, store, output))


@app.command()
def trace(
    context: typer.Context,
    identifier: Annotated[
        str,
        typer.Argument(metavar="ID", help="Such as c1, r1, b1, q1, a1, e1, m1, l1, o1."),
    ],
    *,
    store: StoreOption = None,
    json: JsonLinesOption = False,
) -> None:
    """Show where a row went, and where each field of a contact came from."""
    from leadgate.cli.inspect import run_trace  # noqa: PLC0415 - keeps --help quick

    raise typer.Exit(run_trace(context.obj, identifier, store, as_json=json))


@app.command()
def verify(context: typer.Context, *, store: StoreOption = None) -> None:
    """Check every invariant of the store."""
    from leadgate.cli.inspect import run_verify  # noqa: PLC0415 - keeps --help quick

    raise typer.Exit(run_verify(context.obj, store))
