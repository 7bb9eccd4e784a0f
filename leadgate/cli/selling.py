"""`leadgate lead` and `leadgate opportunity`."""

import json
from collections.abc import Collection
from pathlib import Path

import pandas as pd

from crm.editing import LEAD_STATUSES, set_lead_status
from crm.ids import show
from crm.opportunities import STAGES, Deal, convert_lead, open_opportunity, revalue, set_stage
from crm.sales import list_leads, list_opportunities
from leadgate.cli.deciding import Options, report_done
from leadgate.cli.inspect import open_existing
from leadgate.errors import InvalidValueError
from leadgate.settings import load_settings

# Columns that hold ids, and whose.
IDS = {"contact_id": "contact", "account_id": "account", "lead_id": "lead"}


def run_list_leads(
    config: Path | None, store: str | None, status: str | None, limit: int, *, as_json: bool
) -> int:
    """Print leads: id, status, contact, person, source, when they were last heard of."""
    _check("status", status, LEAD_STATUSES)
    with open_existing(store or load_settings(config).store) as opened:
        found = list_leads(opened, status, limit)
    lines = _plain(found, "lead")
    for each in lines:
        print(json.dumps(each, ensure_ascii=False) if as_json else _tell_lead(each))
    return 0


def run_list_opportunities(
    config: Path | None, store: str | None, stage: str | None, limit: int, *, as_json: bool
) -> int:
    """Print opportunities: id, stage and points, worth, contact, person, name."""
    _check("stage", stage, STAGES)
    with open_existing(store or load_settings(config).store) as opened:
        found = list_opportunities(opened, stage, limit)
    for each in _plain(found, "opportunity"):
        print(json.dumps(each, ensure_ascii=False) if as_json else _tell_deal(each))
    return 0


def run_status(lead: str, status: str, options: Options) -> int:
    """Move a lead on."""
    if status == "converted":
        raise InvalidValueError(f"leadgate lead convert {lead} makes it an opportunity.")
    with options.open() as store:
        report_done(set_lead_status(store, lead, status, options.who()), options)
    return 0


def run_convert(lead: str, deal: tuple[str, str | None, str | None, str], options: Options) -> int:
    """Make a lead an opportunity."""
    with options.open() as store:
        report_done(convert_lead(store, lead, Deal(*deal), options.who()), options)
    return 0


def run_add(contact: str, deal: tuple[str, str | None, str | None, str], options: Options) -> int:
    """Open an opportunity without a lead."""
    with options.open() as store:
        report_done(open_opportunity(store, contact, Deal(*deal), options.who()), options)
    return 0


def run_stage(opportunity: str, stage: str, options: Options) -> int:
    """Move an opportunity to a stage."""
    with options.open() as store:
        report_done(set_stage(store, opportunity, stage, options.who()), options)
    return 0


def run_value(opportunity: str, amount: str, currency: str | None, options: Options) -> int:
    """Change what an opportunity is worth."""
    with options.open() as store:
        report_done(revalue(store, opportunity, amount, currency, options.who()), options)
    return 0


def _check(option: str, value: str | None, known: Collection[str]) -> None:
    if value is not None and value not in known:
        raise InvalidValueError(f"--{option}: there is no {value}; known: {', '.join(known)}.")


def _plain(found: pd.DataFrame, thing: str) -> list[dict[str, object]]:
    """Lines with ids as people see them, None where nothing is known."""
    shown = found.astype(object).mask(found.isna(), None)
    for column, table in {"id": thing, **IDS}.items():
        if column in shown:
            shown[column] = [None if one is None else show(table, one) for one in shown[column]]
    named = shown.rename(columns=IDS)
    return [{str(name): value for name, value in line.items()} for line in named.to_dict("records")]


def _tell_lead(line: dict[str, object]) -> str:
    return (
        f"{line['id']!s:<6} {line['status']!s:<13} {line['contact']!s:<6} "
        f"{line['person'] or '(no name)'!s:<28} {line['source']!s:<16} {line['last_at']}"
    )


def _tell_deal(line: dict[str, object]) -> str:
    worth = f"{line['amount'] or ''} {line['currency'] or ''}".strip()
    return (
        f"{line['id']!s:<6} {line['stage']!s:<12} {line['points']!s:>3}  {worth:>16}  "
        f"{line['contact']!s:<6} {line['person'] or '(no name)'!s:<28} {line['name']}"
    )
