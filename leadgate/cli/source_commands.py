"""`leadgate source`: describe a source in `leadgate.toml`, and try it."""

from pathlib import Path
from typing import Annotated

import typer

from leadgate.cli.options import JsonLinesOption, MapOption

app = typer.Typer(
    name="source",
    help="Sources: add one to leadgate.toml, list them, try one.",
    no_args_is_help=True,
)


@app.command()
def add(  # noqa: PLR0913 - one parameter an option
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help="What the source is to be called.")],
    *,
    path: Annotated[Path | None, typer.Option(help="A file of this machine.")] = None,
    webhook: Annotated[
        str | None, typer.Option(metavar="PROVIDER", help="It is sent: typeform, twilio, webhook…")
    ] = None,
    poll: Annotated[
        str | None, typer.Option(metavar="PROVIDER", help="It is asked: google_forms, json…")
    ] = None,
    files: Annotated[
        str | None, typer.Option(metavar="PLACE", help="A folder, s3://, sftp:// or https://.")
    ] = None,
    sql: Annotated[
        str | None, typer.Option(metavar="TABLE", help="A table or view of another database.")
    ] = None,
    kind: Annotated[str, typer.Option(help="lead, call or visit.")] = "lead",
    trust: Annotated[int | None, typer.Option(min=0, max=100, help="0 to 100.")] = None,
    schedule: Annotated[
        str | None,
        typer.Option(metavar="CRON", help="When it is imported, as '15 2 * * *'; see deploy, up."),
    ] = None,
    setting: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="KEY=VALUE", help="Any other key, as form=… or url=…."),
    ] = None,
    mapping: MapOption = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Write without asking.")] = False,
    untried: Annotated[
        bool, typer.Option("--untried", help="Write also where the connection fails.")
    ] = False,
) -> None:
    """Ask what is needed, try the connection, show the first rows, write leadgate.toml."""
    from leadgate.cli.sources import NewSource, run_add  # noqa: PLC0415 - keeps --help quick

    file = str(path) if path else None
    ways = {"path": file, "webhook": webhook, "poll": poll, "files": files, "sql": sql}
    more = [*(setting or []), *([f"schedule={schedule}"] if schedule else [])]
    new = NewSource(name, ways, kind, trust, more, mapping or [])
    raise typer.Exit(run_add(context.obj, new, yes=yes, untried=untried))


@app.command("list")
def list_(context: typer.Context, *, json: JsonLinesOption = False) -> None:
    """List the sources, how their rows come, and whether their secrets are there."""
    from leadgate.cli.sources import run_list  # noqa: PLC0415 - keeps --help quick

    raise typer.Exit(run_list(context.obj, as_json=json))


@app.command()
def test(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help="A source of leadgate.toml.")],
) -> None:
    """Try the connection of a source, and show its first rows and their mapping."""
    from leadgate.cli.sources import run_test  # noqa: PLC0415 - keeps --help quick

    raise typer.Exit(run_test(context.obj, name))
