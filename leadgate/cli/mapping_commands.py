"""`leadgate mapping`: which column is which field, to look at and to save."""

from pathlib import Path
from typing import Annotated

import typer

from leadgate.cli.options import MapOption

app = typer.Typer()


@app.command()
def mapping(
    context: typer.Context,
    file: Annotated[str, typer.Argument(metavar="FILE", help="A file, or a source.")],
    *,
    mapped: MapOption = None,
    save: Annotated[
        Path | None, typer.Option("--save", help="Save it here, for a source to be held to.")
    ] = None,
) -> None:
    """Show which column is which field, how sure that is, and why."""
    from leadgate.cli.mapping import run_mapping  # noqa: PLC0415 - keeps --help quick

    raise typer.Exit(run_mapping(context.obj, file, mapped or [], save))
