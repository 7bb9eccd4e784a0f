"""`leadgate held`: files that wait as a whole for a decision."""

from typing import Annotated

import typer

from leadgate.cli.options import ActorOption, JsonLinesOption, ReasonOption, StoreOption

app = typer.Typer(no_args_is_help=True, help="Files that wait as a whole for a decision.")

HoldArgument = Annotated[str, typer.Argument(metavar="HOLD", help="Such as h3.")]


@app.command("list")
def list_(
    context: typer.Context,
    *,
    store: StoreOption = None,
    every: Annotated[bool, typer.Option("--all", help="Also those that are decided.")] = False,
    json: JsonLinesOption = False,
) -> None:
    """List the files that wait, and why; exit code 1 where there are any."""
    from leadgate.cli.held import run_list  # noqa: PLC0415 - keeps --help quick

    raise typer.Exit(run_list(context.obj, store, every=every, as_json=json))


@app.command()
def release(  # noqa: PLR0913 - one parameter an option
    context: typer.Context,
    hold: HoldArgument,
    *,
    store: StoreOption = None,
    actor: ActorOption = None,
    reason: ReasonOption = None,
    json: JsonLinesOption = False,
) -> None:
    """Let a file pass and import it; again where that was cut short."""
    from leadgate.cli.deciding import Options  # noqa: PLC0415 - keeps --help quick
    from leadgate.cli.held import run_release  # noqa: PLC0415 - keeps --help quick

    options = Options(context.obj, store, actor, reason, dry_run=False, json=json)
    raise typer.Exit(run_release(hold, options))


@app.command()
def discard(
    context: typer.Context,
    hold: HoldArgument,
    *,
    store: StoreOption = None,
    actor: ActorOption = None,
    reason: ReasonOption = None,
) -> None:
    """Never load a file: the kept copy is deleted, and the same content is passed over."""
    from leadgate.cli.deciding import Options  # noqa: PLC0415 - keeps --help quick
    from leadgate.cli.held import run_discard  # noqa: PLC0415 - keeps --help quick

    options = Options(context.obj, store, actor, reason, dry_run=False, json=False)
    raise typer.Exit(run_discard(hold, options))
