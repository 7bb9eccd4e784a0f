"""`leadgate review`, `merge`, `unmerge`, `undo` and `log`: what people decide, and the way back."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from leadgate.cli.options import ActorOption, DryRunOption, JsonOption, ReasonOption, StoreOption

app = typer.Typer()
review = typer.Typer(no_args_is_help=True, help="Possible matches, out to a table and back.")
log = typer.Typer(no_args_is_help=True, help="The merge log.")
app.add_typer(review, name="review")
app.add_typer(log, name="log")


@review.command("list")
def list_(  # noqa: PLR0913 - one parameter an option
    context: typer.Context,
    *,
    store: StoreOption = None,
    status: Annotated[
        Literal["open", "judged", "settled", "withdrawn", "all"], typer.Option(help="Which ones.")
    ] = "open",
    batch: Annotated[str | None, typer.Option(help="Of one batch, such as b1.")] = None,
    limit: Annotated[int, typer.Option(min=1, help="How many at most.")] = 50,
    json: JsonOption = False,
) -> None:
    """List the possible matches that wait for a judgement, the likeliest first."""
    from leadgate.cli.reviewing import run_list  # noqa: PLC0415 - keeps --help quick

    chosen = None if status == "all" else status
    raise typer.Exit(run_list(context.obj, store, (chosen, batch), limit, as_json=json))


@review.command("export")
def export_review(
    context: typer.Context,
    *,
    output: Annotated[Path, typer.Option("--output", "-o", help="A .csv or .xlsx file.")],
    store: StoreOption = None,
    batch: Annotated[str | None, typer.Option(help="Of one batch, such as b1.")] = None,
) -> None:
    """Write the possible matches that wait into a table; fill its column `verdict`."""
    from leadgate.cli.reviewing import run_export  # noqa: PLC0415 - keeps --help quick

    raise typer.Exit(run_export(context.obj, store, batch, output))


@review.command("apply")
def apply_review(
    context: typer.Context,
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="The table, with verdicts filled in.")
    ],
    *,
    store: StoreOption = None,
    actor: ActorOption = None,
    json: JsonOption = False,
) -> None:
    """Take verdicts back in: same, different or household; rows without one are left open."""
    from leadgate.cli.reviewing import run_apply  # noqa: PLC0415 - keeps --help quick

    raise typer.Exit(run_apply(context.obj, store, file, actor, as_json=json))


@app.command()
def merge(  # noqa: PLR0913 - one parameter an option
    context: typer.Context,
    contacts: Annotated[list[str], typer.Argument(metavar="CONTACT", help="Two or more: c1 c2.")],
    *,
    into: Annotated[str | None, typer.Option(help="The one that survives.")] = None,
    store: StoreOption = None,
    actor: ActorOption = None,
    reason: ReasonOption = None,
    dry_run: DryRunOption = False,
    json: JsonOption = False,
) -> None:
    """Merge contacts that are one person; the ids of all lead to the one that survives."""
    from leadgate.cli.deciding import Options, run_merge  # noqa: PLC0415 - keeps --help quick

    options = Options(context.obj, store, actor, reason, dry_run, json)
    raise typer.Exit(run_merge(contacts, into, options))


@app.command()
def unmerge(  # noqa: PLR0913 - one parameter an option
    context: typer.Context,
    what: Annotated[str, typer.Argument(metavar="RECORD|EVENT", help="Such as r5, r5,r7 or e12.")],
    *,
    store: StoreOption = None,
    actor: ActorOption = None,
    reason: ReasonOption = None,
    dry_run: DryRunOption = False,
    json: JsonOption = False,
) -> None:
    """Take a source record out of its contact, or a merge apart, for good."""
    from leadgate.cli.deciding import Options, run_unmerge  # noqa: PLC0415 - keeps --help quick

    options = Options(context.obj, store, actor, reason, dry_run, json)
    raise typer.Exit(run_unmerge(what, options))


@app.command()
def undo(  # noqa: PLR0913 - one parameter an option
    context: typer.Context,
    what: Annotated[str, typer.Argument(metavar="BATCH|EVENT", help="Such as b7 or e12.")],
    *,
    store: StoreOption = None,
    actor: ActorOption = None,
    reason: ReasonOption = None,
    dry_run: DryRunOption = False,
    json: JsonOption = False,
) -> None:
    """Take back an import or an event; what a person changed since is kept, and named."""
    from leadgate.cli.deciding import Options, run_undo  # noqa: PLC0415 - keeps --help quick

    options = Options(context.obj, store, actor, reason, dry_run, json)
    raise typer.Exit(run_undo(what, options))


@app.command()
def erase(  # noqa: PLR0913 - one parameter an option
    context: typer.Context,
    contact: Annotated[str, typer.Argument(metavar="CONTACT", help="Such as c12.")],
    *,
    store: StoreOption = None,
    actor: ActorOption = None,
    dry_run: DryRunOption = False,
    json: JsonOption = False,
) -> None:
    """Erase a person everywhere, for good; they are kept out when they come again."""
    from leadgate.cli.deciding import Options  # noqa: PLC0415 - keeps --help quick
    from leadgate.cli.erasing import run_erase  # noqa: PLC0415 - keeps --help quick

    raise typer.Exit(run_erase(contact, Options(context.obj, store, actor, None, dry_run, json)))


@app.command()
def retain(
    context: typer.Context,
    *,
    store: StoreOption = None,
    actor: ActorOption = None,
    dry_run: DryRunOption = False,
    json: JsonOption = False,
) -> None:
    """Forget what leadgate.toml says is due under `retention`; for a daily job."""
    from leadgate.cli.deciding import Options  # noqa: PLC0415 - keeps --help quick
    from leadgate.cli.erasing import run_retain  # noqa: PLC0415 - keeps --help quick

    raise typer.Exit(run_retain(Options(context.obj, store, actor, None, dry_run, json)))


@app.command()
def export(
    context: typer.Context,
    what: Annotated[
        Literal["contacts", "accounts", "leads"],
        typer.Argument(metavar="WHAT", help="contacts, accounts or leads."),
    ],
    *,
    output: Annotated[Path, typer.Option("--output", "-o", help="The file to write.")],
    form: Annotated[
        Literal["csv", "xlsx", "jsonl", "parquet"] | None,
        typer.Option("--format", help="The default is what the file's name says."),
    ] = None,
    store: StoreOption = None,
) -> None:
    """Write contacts, accounts or leads into a table; one of contacts can be imported again."""
    from leadgate.cli.exporting import run_export  # noqa: PLC0415 - keeps --help quick

    raise typer.Exit(run_export(context.obj, store, what, output, form))


@log.command("export")
def export_log(
    context: typer.Context,
    *,
    output: Annotated[Path, typer.Option("--output", "-o", help="A .jsonl or .csv file.")],
    store: StoreOption = None,
    batch: Annotated[str | None, typer.Option(help="Of one batch, such as b1.")] = None,
) -> None:
    """Write the merge log: who did what, why, what moved, and how it was before."""
    from leadgate.cli.deciding import run_log  # noqa: PLC0415 - keeps --help quick

    raise typer.Exit(run_log(context.obj, store, batch, output))
