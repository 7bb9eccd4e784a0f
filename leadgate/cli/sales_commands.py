"""`leadgate lead` and `leadgate opportunity`: what becomes of those who asked."""

from typing import Annotated

import typer

from leadgate.cli.options import ActorOption, JsonOption, ReasonOption, StoreOption

lead = typer.Typer(no_args_is_help=True, help="Leads: how far each has come.")
opportunity = typer.Typer(no_args_is_help=True, help="Opportunities: what a lead may become.")

LimitOption = Annotated[int, typer.Option(min=1, help="How many at most.")]
LeadArgument = Annotated[str, typer.Argument(metavar="LEAD", help="Such as l2.")]
DealArgument = Annotated[str, typer.Argument(metavar="OPPORTUNITY", help="Such as o3.")]
NameOption = Annotated[str, typer.Option("--name", help="What it is about.")]
AmountOption = Annotated[
    str | None, typer.Option(help="What it is worth, a decimal number such as 1200.50.")
]
CurrencyOption = Annotated[str | None, typer.Option(help="Of three letters, such as EUR.")]
StageOption = Annotated[str, typer.Option(help="The stage it begins at.")]


@lead.command("list")
def list_leads(
    context: typer.Context,
    *,
    status: Annotated[str | None, typer.Option(help="Only those of this status.")] = None,
    limit: LimitOption = 50,
    store: StoreOption = None,
    json: JsonOption = False,
) -> None:
    """List leads, the latest heard of first."""
    from leadgate.cli.selling import run_list_leads  # noqa: PLC0415 - keeps --help quick

    raise typer.Exit(run_list_leads(context.obj, store, status, limit, as_json=json))


@lead.command("status")
def set_status(  # noqa: PLR0913 - one parameter an option
    context: typer.Context,
    lead: LeadArgument,
    status: Annotated[
        str, typer.Argument(metavar="STATUS", help="new, working, qualified or disqualified.")
    ],
    *,
    store: StoreOption = None,
    actor: ActorOption = None,
    reason: ReasonOption = None,
    json: JsonOption = False,
) -> None:
    """Say how far a lead has come."""
    from leadgate.cli.deciding import Options  # noqa: PLC0415 - keeps --help quick
    from leadgate.cli.selling import run_status  # noqa: PLC0415 - keeps --help quick

    options = Options(context.obj, store, actor, reason, dry_run=False, json=json)
    raise typer.Exit(run_status(lead, status, options))


@lead.command("convert")
def convert(  # noqa: PLR0913 - one parameter an option
    context: typer.Context,
    lead: LeadArgument,
    *,
    name: NameOption,
    amount: AmountOption = None,
    currency: CurrencyOption = None,
    stage: StageOption = "qualified",
    store: StoreOption = None,
    actor: ActorOption = None,
    reason: ReasonOption = None,
    json: JsonOption = False,
) -> None:
    """Make a qualified lead an opportunity."""
    from leadgate.cli.deciding import Options  # noqa: PLC0415 - keeps --help quick
    from leadgate.cli.selling import run_convert  # noqa: PLC0415 - keeps --help quick

    options = Options(context.obj, store, actor, reason, dry_run=False, json=json)
    raise typer.Exit(run_convert(lead, (name, amount, currency, stage), options))


@opportunity.command("list")
def list_opportunities(
    context: typer.Context,
    *,
    stage: Annotated[str | None, typer.Option(help="Only those at this stage.")] = None,
    limit: LimitOption = 50,
    store: StoreOption = None,
    json: JsonOption = False,
) -> None:
    """List opportunities, the furthest first."""
    from leadgate.cli.selling import run_list_opportunities  # noqa: PLC0415 - keeps --help quick

    raise typer.Exit(run_list_opportunities(context.obj, store, stage, limit, as_json=json))


@opportunity.command("add")
def add(  # noqa: PLR0913 - one parameter an option
    context: typer.Context,
    contact: Annotated[str, typer.Argument(metavar="CONTACT", help="Such as c12.")],
    *,
    name: NameOption,
    amount: AmountOption = None,
    currency: CurrencyOption = None,
    stage: StageOption = "qualified",
    store: StoreOption = None,
    actor: ActorOption = None,
    reason: ReasonOption = None,
    json: JsonOption = False,
) -> None:
    """Open an opportunity with a contact, where there was no lead."""
    from leadgate.cli.deciding import Options  # noqa: PLC0415 - keeps --help quick
    from leadgate.cli.selling import run_add  # noqa: PLC0415 - keeps --help quick

    options = Options(context.obj, store, actor, reason, dry_run=False, json=json)
    raise typer.Exit(run_add(contact, (name, amount, currency, stage), options))


@opportunity.command("stage")
def set_stage(  # noqa: PLR0913 - one parameter an option
    context: typer.Context,
    opportunity: DealArgument,
    stage: Annotated[
        str,
        typer.Argument(
            metavar="STAGE", help="qualified, needs, proposal, negotiation, won or lost."
        ),
    ],
    *,
    store: StoreOption = None,
    actor: ActorOption = None,
    reason: ReasonOption = None,
    json: JsonOption = False,
) -> None:
    """Move an opportunity to a stage; its points follow."""
    from leadgate.cli.deciding import Options  # noqa: PLC0415 - keeps --help quick
    from leadgate.cli.selling import run_stage  # noqa: PLC0415 - keeps --help quick

    options = Options(context.obj, store, actor, reason, dry_run=False, json=json)
    raise typer.Exit(run_stage(opportunity, stage, options))


@opportunity.command("value")
def revalue(  # noqa: PLR0913 - one parameter an option
    context: typer.Context,
    opportunity: DealArgument,
    amount: Annotated[
        str, typer.Argument(metavar="AMOUNT", help="What it is worth, such as 1200.50.")
    ],
    *,
    currency: CurrencyOption = None,
    store: StoreOption = None,
    actor: ActorOption = None,
    reason: ReasonOption = None,
    json: JsonOption = False,
) -> None:
    """Say what an opportunity is worth."""
    from leadgate.cli.deciding import Options  # noqa: PLC0415 - keeps --help quick
    from leadgate.cli.selling import run_value  # noqa: PLC0415 - keeps --help quick

    options = Options(context.obj, store, actor, reason, dry_run=False, json=json)
    raise typer.Exit(run_value(opportunity, amount, currency, options))


@opportunity.command("close")
def close(  # noqa: PLR0913 - one parameter an option
    context: typer.Context,
    opportunity: DealArgument,
    *,
    won: Annotated[bool | None, typer.Option("--won/--lost", help="How it ended.")] = None,
    store: StoreOption = None,
    actor: ActorOption = None,
    reason: ReasonOption = None,
    json: JsonOption = False,
) -> None:
    """Close an opportunity, won or lost."""
    if won is None:
        raise typer.BadParameter("say how it ended: --won or --lost.")
    from leadgate.cli.deciding import Options  # noqa: PLC0415 - keeps --help quick
    from leadgate.cli.selling import run_stage  # noqa: PLC0415 - keeps --help quick

    options = Options(context.obj, store, actor, reason, dry_run=False, json=json)
    raise typer.Exit(run_stage(opportunity, "won" if won else "lost", options))
