"""`leadgate deliver`: other programs are told what happened."""

import typer

from leadgate.cli.options import JsonLinesOption, StoreOption

app = typer.Typer()


@app.command()
def deliver(
    context: typer.Context,
    *,
    store: StoreOption = None,
    json: JsonLinesOption = False,
) -> None:
    """Tell other programs what happened (`webhooks.out`); `leadgate serve` does so by itself."""
    from leadgate.cli.delivering import run_deliver  # noqa: PLC0415 - keeps --help quick

    raise typer.Exit(run_deliver(context.obj, store, as_json=json))
