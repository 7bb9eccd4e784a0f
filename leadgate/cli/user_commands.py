"""`leadgate user`: the people of the desk. The first admin is made here."""

from typing import Annotated, Literal

import typer

from leadgate.cli.options import JsonLinesOption, StoreOption

app = typer.Typer(no_args_is_help=True, help="The people who may use the desk.")

NameArgument = Annotated[str, typer.Argument(metavar="NAME", help="The name to sign in with.")]
RoleOption = Annotated[
    Literal["viewer", "steward", "admin"],
    typer.Option(help="A viewer reads, a steward decides, an admin also manages people."),
]
StdinOption = Annotated[
    bool, typer.Option("--password-stdin", help="Read the password from standard input.")
]


@app.command()
def add(  # noqa: PLR0913 - one parameter an option
    context: typer.Context,
    name: NameArgument,
    *,
    role: RoleOption = "steward",
    password_stdin: StdinOption = False,
    elsewhere: Annotated[
        bool, typer.Option("--elsewhere", help="No password: a proxy or provider signs them in.")
    ] = False,
    store: StoreOption = None,
) -> None:
    """Add a person; asks for the password."""
    from leadgate.cli.users import add_outsider, add_person  # noqa: PLC0415 - keeps --help quick

    if elsewhere:
        raise typer.Exit(add_outsider(context.obj, store, name, role))
    raise typer.Exit(add_person(context.obj, store, name, role, stdin=password_stdin))


@app.command()
def password(
    context: typer.Context,
    name: NameArgument,
    *,
    password_stdin: StdinOption = False,
    store: StoreOption = None,
) -> None:
    """Give a person a new password; open sessions end."""
    from leadgate.cli.users import change_password  # noqa: PLC0415 - keeps --help quick

    raise typer.Exit(change_password(context.obj, store, name, stdin=password_stdin))


@app.command()
def change(
    context: typer.Context,
    name: NameArgument,
    *,
    role: Annotated[
        Literal["viewer", "steward", "admin"] | None, typer.Option(help="The new role.")
    ] = None,
    active: Annotated[
        bool | None, typer.Option("--active/--inactive", help="Whether the person may sign in.")
    ] = None,
    store: StoreOption = None,
) -> None:
    """Change a role, or keep a person out; open sessions end."""
    from leadgate.cli.users import change_person  # noqa: PLC0415 - keeps --help quick

    raise typer.Exit(change_person(context.obj, store, name, role=role, active=active))


@app.command("list")
def list_(context: typer.Context, *, store: StoreOption = None) -> None:
    """List who may use the desk."""
    from leadgate.cli.users import list_people  # noqa: PLC0415 - keeps --help quick

    raise typer.Exit(list_people(context.obj, store))


@app.command()
def token(
    context: typer.Context,
    name: NameArgument,
    *,
    purpose: Annotated[str, typer.Option(help="What uses it.")],
    store: StoreOption = None,
) -> None:
    """Make a token with which a program uses the API as this person; it is shown once."""
    from leadgate.cli.users import make_api_token  # noqa: PLC0415 - keeps --help quick

    raise typer.Exit(make_api_token(context.obj, store, name, purpose))


@app.command()
def tokens(
    context: typer.Context,
    name: NameArgument,
    *,
    end: Annotated[
        int | None, typer.Option(metavar="N", help="End the token of this number at once.")
    ] = None,
    store: StoreOption = None,
) -> None:
    """List the tokens of a person, or end one."""
    from leadgate.cli.users import list_person_tokens  # noqa: PLC0415 - keeps --help quick

    raise typer.Exit(list_person_tokens(context.obj, store, name, end))


@app.command()
def audit(  # noqa: PLR0913 - one parameter an option
    context: typer.Context,
    *,
    of: Annotated[
        str | None, typer.Option(metavar="ID", help="About this id, as c12, and what it absorbed.")
    ] = None,
    by: Annotated[str | None, typer.Option(metavar="NAME", help="What this person did.")] = None,
    act: Annotated[str | None, typer.Option(help='One act alone, as "see contact".')] = None,
    limit: Annotated[int, typer.Option(min=1, max=1_000_000, help="How many, latest first.")] = 100,
    store: StoreOption = None,
    json: JsonLinesOption = False,
) -> None:
    """Tell who saw and did what at the desk, latest first."""
    from crm.audit import Wanted  # noqa: PLC0415 - keeps --help quick
    from leadgate.cli.auditing import tell_audit  # noqa: PLC0415 - keeps --help quick

    wanted = Wanted(by=by, of=of, act=act)
    raise typer.Exit(tell_audit(context.obj, store, wanted, limit, as_json=json))
