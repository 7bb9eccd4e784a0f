"""`leadgate check`."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from leadgate.cli.options import MapOption

app = typer.Typer()


@app.command()
def check(  # noqa: PLR0913 - one parameter an option
    context: typer.Context,
    paths: Annotated[
        list[str], typer.Argument(metavar="PATH", help="Files, patterns, or sources by name.")
    ],
    *,
    output: Annotated[
        Literal["text", "json", "junit", "sarif", "github", "markdown"],
        typer.Option("--format", help="How to print the verdict."),
    ] = "text",
    report: Annotated[
        list[str] | None,
        typer.Option(metavar="FORMAT=FILE", help="Write the verdict to a file too; repeatable."),
    ] = None,
    fail_on: Annotated[
        Literal["error", "warning", "never"],
        typer.Option(help="The severity from which the exit code is 1."),
    ] = "error",
    tolerate: Annotated[
        list[str] | None,
        typer.Option(metavar="CODE=RATE", help="Put up with 2% of the rows, or 12 findings."),
    ] = None,
    duplicates: Annotated[
        Literal["same", "similar", "none"],
        typer.Option(help="Count equal rows and e-mails, or look for people as an import does."),
    ] = "same",
    baseline: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Fail only on what is new or more.")
    ] = None,
    write_baseline: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write down what is found as known.")
    ] = None,
    write_extract: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Write the bad rows with their reasons (CSV, XLSX)."),
    ] = None,
    hide_values: Annotated[
        bool, typer.Option("--hide-values", help="Keep people's data out of what is printed.")
    ] = False,
    dns: Annotated[
        bool, typer.Option("--dns", help="Ask the DNS whether the domains take mail.")
    ] = False,
    mapping: MapOption = None,
) -> None:
    """Validate files without loading them: no store, no server."""
    from leadgate.cli.check import CheckOptions, run_check  # noqa: PLC0415 - keeps --help quick

    options = CheckOptions(
        output,
        report or [],
        fail_on,
        tolerate or [],
        duplicates,
        baseline,
        write_baseline,
        write_extract,
        hide_values,
        mapping or [],
        dns,
    )
    raise typer.Exit(run_check(context.obj, paths, options))
