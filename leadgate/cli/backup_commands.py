"""`leadgate backup` and `restore`."""

from pathlib import Path
from typing import Annotated

import typer

from leadgate.cli.options import StoreOption

app = typer.Typer()

Folder = Annotated[Path, typer.Argument(metavar="FOLDER", help="The folder of the backup.")]


@app.command()
def backup(context: typer.Context, folder: Folder, *, store: StoreOption = None) -> None:
    """Write the store of this moment, reports and files on hold to a new folder."""
    from leadgate.cli.backups import run_backup  # noqa: PLC0415 - keeps --help quick

    raise typer.Exit(run_backup(context.obj, folder, store))


@app.command()
def restore(context: typer.Context, folder: Folder, *, store: StoreOption = None) -> None:
    """Make a store from a backup, check it, and overwrite nothing."""
    from leadgate.cli.backups import run_restore  # noqa: PLC0415 - keeps --help quick

    raise typer.Exit(run_restore(context.obj, folder, store))
