"""`leadgate deploy` and `up`: runs on a schedule, and everything on one machine."""

from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer()


@app.command()
def deploy(
    context: typer.Context,
    *,
    file: Annotated[
        Path | None, typer.Option(help="The file to write; prefect.yaml beside leadgate.toml.")
    ] = None,
    home: Annotated[
        str | None,
        typer.Option(help="The folder of the file as workers see it, where that is another."),
    ] = None,
    write_only: Annotated[
        bool, typer.Option("--write-only", help="Only write the file; register nothing.")
    ] = False,
) -> None:
    """Write prefect.yaml from leadgate.toml, and register its deployments with Prefect."""
    from leadgate.cli.deploying import run_deploy  # noqa: PLC0415 - keeps --help quick

    raise typer.Exit(run_deploy(context.obj, file, home, write_only=write_only))


@app.command()
def up(
    context: typer.Context,
    *,
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Of the desk and the receiver; 0: any free.")] = 8080,
    prefect_port: Annotated[int, typer.Option(help="Of Prefect; 0: any that is free.")] = 4200,
    folder: Annotated[Path, typer.Option(help="Where Prefect's database and the logs go.")] = Path(
        "leadgate-up"
    ),
) -> None:
    """Start Prefect, a worker, the desk and the receiver on this machine; Ctrl-C stops them."""
    from leadgate.cli.up import UpOptions, run_up  # noqa: PLC0415 - keeps --help quick

    raise typer.Exit(run_up(context.obj, UpOptions(host, port, prefect_port, folder)))
