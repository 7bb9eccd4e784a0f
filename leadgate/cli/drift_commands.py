"""`leadgate drift`: the files that wait because they are unlike the last ones of their source."""

from typing import Annotated

import typer

app = typer.Typer()


@app.command()
def drift(
    context: typer.Context,
    *,
    store: Annotated[
        str | None, typer.Option("--store", help="The store's URL; the default is leadgate.toml's.")
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print JSON, one object a line.")] = False,
) -> None:
    """List the files that were not loaded because they are unlike the last ones."""
    from leadgate.cli.drift import run_drift  # noqa: PLC0415 - keeps --help quick

    raise typer.Exit(run_drift(context.obj, store, as_json=json))
