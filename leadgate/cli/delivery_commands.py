"""`leadgate deliver`: other programs are told what happened."""

from typing import Annotated

import typer

app = typer.Typer()


@app.command()
def deliver(
    context: typer.Context,
    *,
    store: Annotated[
        str | None, typer.Option("--store", help="The store's URL; the default is leadgate.toml's.")
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print JSON, one object a line.")] = False,
) -> None:
    """Tell other programs what happened (`webhooks.out`); `leadgate serve` does so by itself."""
    from leadgate.cli.delivering import run_deliver  # noqa: PLC0415 - keeps --help quick

    raise typer.Exit(run_deliver(context.obj, store, as_json=json))
