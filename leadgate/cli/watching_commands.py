"""`leadgate status` and `notify`: how things stand, and who is told of it."""

from typing import Annotated

import typer

from leadgate.cli.options import JsonOption, StoreOption

app = typer.Typer()


@app.command()
def status(context: typer.Context, *, store: StoreOption = None, json: JsonOption = False) -> None:
    """Say what ran, what waits and what is wrong; exit code 1 where something is."""
    from leadgate.cli.watching import run_status  # noqa: PLC0415 - keeps --help quick

    raise typer.Exit(run_status(context.obj, store, as_json=json))


@app.command()
def notify(
    context: typer.Context,
    *,
    store: StoreOption = None,
    test: Annotated[
        str | None, typer.Option(metavar="SOURCE", help="Send a test to whom this source tells.")
    ] = None,
) -> None:
    """Tell people what is still to be told, unless the hours are quiet; for a job each minute."""
    from leadgate.cli.watching import run_notify  # noqa: PLC0415 - keeps --help quick

    raise typer.Exit(run_notify(context.obj, store, test))
