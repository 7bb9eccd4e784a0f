"""`leadgate quarantine`: the rows that did not pass, out to be repaired and in again."""

from pathlib import Path
from typing import Annotated

import typer

from leadgate.cli.options import DryRunOption, JsonLinesOption, StoreOption

app = typer.Typer(
    name="quarantine",
    help="Rows that did not pass the gate: list, export, resubmit, discard.",
    no_args_is_help=True,
)

BatchOption = Annotated[
    str | None, typer.Option("--batch", metavar="BATCH", help="Only the rows of a batch, as b1.")
]
RowsArgument = Annotated[
    list[str] | None, typer.Argument(metavar="ROW", help="Rows by id, as q4 q7.")
]
CodeOption = Annotated[
    str | None, typer.Option(help="All rows with this kind of error, as email.invalid.")
]
ValueOption = Annotated[
    str | None, typer.Option(help="With --code: only those where it is about this value.")
]
ReasonOption = Annotated[str | None, typer.Option(help="Why, for those who ask later.")]


@app.command("list")
def list_(
    context: typer.Context,
    *,
    batch: BatchOption = None,
    everything: Annotated[
        bool, typer.Option("--all", help="Also what was resubmitted or discarded.")
    ] = False,
    store: StoreOption = None,
    json: JsonLinesOption = False,
) -> None:
    """List the rows that wait, and why."""
    from leadgate.cli.quarantine import run_list  # noqa: PLC0415 - keeps --help quick

    run_list(context.obj, store, batch, everything=everything, as_json=json)


@app.command()
def export(
    context: typer.Context,
    *,
    output: Annotated[
        Path, typer.Option("--output", "-o", help="The workbook to write, as .xlsx.")
    ] = Path("quarantine.xlsx"),
    batch: BatchOption = None,
    force: Annotated[bool, typer.Option("--force", help="Write over a file.")] = False,
    store: StoreOption = None,
) -> None:
    """Write the rows that wait as a workbook to repair: bad cells marked, reasons beside."""
    from leadgate.cli.quarantine import run_export  # noqa: PLC0415 - keeps --help quick

    run_export(context.obj, store, batch, output, force=force)


@app.command()
def resubmit(
    context: typer.Context,
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="The repaired workbook, or a CSV made of it.")
    ],
    *,
    store: StoreOption = None,
    dry_run: DryRunOption = False,
    json: JsonLinesOption = False,
) -> None:
    """Send repaired rows through the gate again; those that pass leave quarantine."""
    from leadgate.cli.quarantine import run_resubmit  # noqa: PLC0415 - keeps --help quick

    raise typer.Exit(run_resubmit(context.obj, store, file, dry_run=dry_run, as_json=json))


@app.command()
def discard(  # noqa: PLR0913 - one parameter an option
    context: typer.Context,
    rows: RowsArgument = None,
    *,
    code: CodeOption = None,
    value: ValueOption = None,
    reason: ReasonOption = None,
    store: StoreOption = None,
) -> None:
    """Give rows up; they are kept, with who discarded them and why."""
    from leadgate.cli.quarantine import choose_rows, run_discard  # noqa: PLC0415 - keeps --help quick

    raise typer.Exit(run_discard(context.obj, store, choose_rows(rows, code, value), reason))


@app.command()
def reopen(  # noqa: PLR0913 - one parameter an option
    context: typer.Context,
    rows: RowsArgument = None,
    *,
    code: CodeOption = None,
    value: ValueOption = None,
    reason: ReasonOption = None,
    store: StoreOption = None,
) -> None:
    """Let rows that were discarded wait again."""
    from leadgate.cli.quarantine import choose_rows, run_reopen  # noqa: PLC0415 - keeps --help quick

    raise typer.Exit(run_reopen(context.obj, store, choose_rows(rows, code, value), reason))
