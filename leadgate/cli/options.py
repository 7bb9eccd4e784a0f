"""Options that several commands share; each means the same everywhere."""

from typing import Annotated

import typer

StoreOption = Annotated[
    str | None, typer.Option("--store", help="The store's URL; the default is leadgate.toml's.")
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON.")]
JsonLinesOption = Annotated[bool, typer.Option("--json", help="Print JSON, one object a line.")]
DryRunOption = Annotated[
    bool, typer.Option("--dry-run", help="Say what would happen; write nothing.")
]
ActorOption = Annotated[
    str | None, typer.Option("--as", help="Who decides; the default is who is logged in.")
]
ReasonOption = Annotated[str | None, typer.Option("--reason", help="Why; it goes into the log.")]
MapOption = Annotated[
    list[str] | None,
    typer.Option(
        "--map", metavar="COLUMN=FIELD", help="Read a column as a field; COLUMN= leaves it out."
    ),
]
