"""`leadgate serve`, `drain` and `inbox`: what is received, and what becomes of it."""

from typing import Annotated

import typer

from leadgate.cli.options import JsonLinesOption, StoreOption

app = typer.Typer()


@app.command()
def serve(
    context: typer.Context,
    *,
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="The port; 0 takes any that is free.")] = 8080,
    store: StoreOption = None,
    drain: Annotated[
        bool, typer.Option(help="Also process what is received, where the source says at once.")
    ] = True,
) -> None:
    """Serve the stewards' desk and the webhook receiver until it is stopped."""
    from leadgate.cli.serving import run_serve  # noqa: PLC0415 - keeps --help quick

    raise typer.Exit(run_serve(context.obj, host, port, store, drain=drain))


@app.command()
def drain(  # noqa: PLR0913 - one parameter an option
    context: typer.Context,
    sources: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="SOURCE", help="Sources that are sent or asked; the default is all."
        ),
    ] = None,
    *,
    store: StoreOption = None,
    again: Annotated[
        bool, typer.Option("--again", help="Also what could not be imported before.")
    ] = False,
    watch: Annotated[
        bool, typer.Option("--watch", help="Go on: what is to be processed at once, once a second.")
    ] = False,
    json: JsonLinesOption = False,
) -> None:
    """Take what waits in the inbox through the gate and into the store."""
    from leadgate.cli.draining import run_drain, run_watch  # noqa: PLC0415 - keeps --help quick

    if watch:
        raise typer.Exit(run_watch(context.obj, sources or [], store))
    raise typer.Exit(run_drain(context.obj, sources or [], store, again=again, as_json=json))


@app.command()
def poll(
    context: typer.Context,
    sources: Annotated[
        list[str] | None,
        typer.Argument(metavar="SOURCE", help="Sources to ask; the default is all."),
    ] = None,
    *,
    store: StoreOption = None,
    json: JsonLinesOption = False,
) -> None:
    """Ask sources with an API for their new rows, and import them."""
    from leadgate.cli.draining import run_poll  # noqa: PLC0415 - keeps --help quick

    raise typer.Exit(run_poll(context.obj, sources or [], store, as_json=json))


@app.command()
def fetch(
    context: typer.Context,
    sources: Annotated[
        list[str] | None,
        typer.Argument(metavar="SOURCE", help="Sources to fetch; the default is all."),
    ] = None,
    *,
    store: StoreOption = None,
    watch: Annotated[
        float | None, typer.Option(metavar="SECONDS", min=1, help="Go on, looking so often.")
    ] = None,
    json: JsonLinesOption = False,
) -> None:
    """Import the files that are new in folders, S3, SFTP or HTTPS, and tables of databases."""
    from leadgate.cli.fetching import run_fetch  # noqa: PLC0415 - keeps --help quick

    raise typer.Exit(run_fetch(context.obj, sources or [], store, watch=watch, as_json=json))


@app.command()
def inbox(
    context: typer.Context,
    *,
    store: StoreOption = None,
    json: JsonLinesOption = False,
) -> None:
    """Say how much was received of each source, and how much of it waits."""
    from leadgate.cli.draining import run_inbox  # noqa: PLC0415 - keeps --help quick

    raise typer.Exit(run_inbox(context.obj, store, as_json=json))


@app.command()
def calls(
    context: typer.Context,
    *,
    store: StoreOption = None,
    missed: Annotated[
        bool, typer.Option("--missed", help="Only those nobody answered, nor spoke to since.")
    ] = False,
    repeated: Annotated[
        bool, typer.Option("--repeated", help="Only of people who called more than once.")
    ] = False,
    json: JsonLinesOption = False,
) -> None:
    """List calls: who called, when, and who waits to be called back."""
    from leadgate.cli.calls import run_calls  # noqa: PLC0415 - keeps --help quick

    code = run_calls(context.obj, store, missed=missed, repeated=repeated, as_json=json)
    raise typer.Exit(code)
