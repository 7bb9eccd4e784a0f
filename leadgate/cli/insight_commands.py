"""`leadgate insights` and `figures`: what came of the leads, and the sales and costs behind it."""

from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from leadgate.cli.options import JsonOption, StoreOption

app = typer.Typer()
figures = typer.Typer(no_args_is_help=True, help="Files of sales and costs that were taken in.")
app.add_typer(figures, name="figures")

Day = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="A day, counted.")]


class TableName(StrEnum):
    """The tables of the insights."""

    SOURCES = "sources"
    FUNNEL = "funnel"
    PIPELINE = "pipeline"
    CLOSE_RATE = "close_rate"
    CYCLE = "cycle"
    FORECAST = "forecast"
    CHURN = "churn"
    VALUE = "value"
    RETURNS = "returns"


@app.command()
def insights(  # noqa: PLR0913 - one parameter an option
    context: typer.Context,
    tables: Annotated[
        list[TableName] | None, typer.Argument(metavar="TABLE", help="The default is all.")
    ] = None,
    *,
    since: Day = None,
    until: Day = None,
    store: StoreOption = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="A folder, for one CSV file a table.")
    ] = None,
    json: JsonOption = False,
) -> None:
    """Tell what came of leads: funnel, pipeline, close rate, forecast, churn, value, returns."""
    from leadgate.cli.insights import Asked, run_insights  # noqa: PLC0415 - keeps --help quick

    days = since.date() if since else None, until.date() if until else None
    asked = Asked(tuple(each.value for each in tables or ()), *days, output, json)
    raise typer.Exit(run_insights(context.obj, store, asked))


@figures.command("list")
def list_(context: typer.Context, *, store: StoreOption = None, json: JsonOption = False) -> None:
    """List the files of sales and costs that were imported."""
    from leadgate.cli.insights import run_list  # noqa: PLC0415 - keeps --help quick

    raise typer.Exit(run_list(context.obj, store, as_json=json))


@figures.command()
def drop(
    context: typer.Context,
    file: Annotated[str, typer.Argument(metavar="FILE", help="Such as f3, from the list.")],
    *,
    store: StoreOption = None,
) -> None:
    """Take a file of sales or costs out again."""
    from leadgate.cli.insights import run_drop  # noqa: PLC0415 - keeps --help quick

    raise typer.Exit(run_drop(context.obj, file, store))
