"""What the insights are computed from: leads, opportunities, sales, costs and imports."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd
from sqlalchemy import JSON, Connection, cast, exists, func, or_, select, type_coerce
from sqlalchemy import case as sql_case

from crm.bulk import listed_texts
from crm.figure_models import figure_import, sale, spend
from crm.frames import read_frame
from crm.models import (
    batch,
    contact,
    contact_email,
    contact_phone,
    interaction,
    issue,
    lead,
    link,
    source_record,
)
from crm.opening import reading
from crm.overview import FUNNEL
from crm.sales import read_steps
from crm.steward_models import opportunity
from crm.store import Store

__all__ = ["Facts", "read_facts"]

LAST_WORD: Final = {
    "sale": ["source", "deal", "stage"],
    "spend": ["costs_of", "source", "month", "currency"],
}


@dataclass(frozen=True)
class Facts:
    """Frames of one moment; ids are Int64, times and amounts text as the store has them.

    `leads`: lead, contact, customer, source, status, reached (the furthest status it ever had),
    first_at, email, phone (bool).
    `opportunities`: deal (o1), contact, customer, lead, stage, points, amount, currency,
    opened_at, closed_at. `sales`: source, deal, stage, at, amount, currency, contact, customer,
    lead. `spend`: source, month, amount, currency. `batches`: source, started_at, rows_in,
    merged, quarantined, flagged.
    A customer is the account (a1) of a contact, else the contact (c1). What belongs to nobody
    known has neither contact nor customer.
    """

    leads: pd.DataFrame
    opportunities: pd.DataFrame
    sales: pd.DataFrame
    spend: pd.DataFrame
    batches: pd.DataFrame


def read_facts(store: Store) -> Facts:
    """Read all of it; merged contacts count as the one that lives on."""
    steps = read_steps(store)
    with reading(store.engine) as connection:
        people = _read_people(connection)
        return Facts(
            leads=_with_reached(_with_customer(_read_leads(connection), people), steps),
            opportunities=_with_customer(_read_opportunities(connection), people),
            sales=_with_customer(_read_sales(connection, people), people),
            spend=_read_spend(connection),
            batches=_read_batches(connection),
        )


@dataclass(frozen=True)
class _People:
    """Contact that was merged -> the one it was merged into; contact -> account."""

    merged: Mapping[int, int]
    account: "pd.Series[int]"

    def survivors(self, numbers: pd.Series) -> pd.Series:
        """Follow every contact to the one it lives on as."""
        found = numbers
        while (moved := found.isin(list(self.merged))).any():
            found = found.where(~moved, found.map(self.merged).astype("Int64"))
        return found


def _read_people(connection: Connection) -> _People:
    gone = select(contact.c.id, contact.c.merged_into).where(contact.c.merged_into.is_not(None))
    owned = select(contact.c.id, contact.c.account_id).where(contact.c.account_id.is_not(None))
    accounts = read_frame(connection, owned).set_index("id")["account_id"]
    return _People({row.id: row.merged_into for row in connection.execute(gone)}, accounts)


def _with_customer(frame: pd.DataFrame, people: _People) -> pd.DataFrame:
    owner = people.survivors(frame["contact"])
    account = owner.map(people.account).astype("Int64")
    named = ("a" + account.astype("str")).where(account.notna(), "c" + owner.astype("str"))
    return frame.assign(contact=owner, customer=named.where(owner.notna()).astype("str"))


def _read_leads(connection: Connection) -> pd.DataFrame:
    """Leads with something on their timeline that counts, and those of people who were erased."""
    told = exists().where(
        interaction.c.contact_id == lead.c.contact_id,  # there is an index
        interaction.c.lead_id == lead.c.id,
        interaction.c.live,
    )
    ids = lead.c.id.label("lead"), lead.c.contact_id.label("contact")
    columns = [lead.c[name] for name in ("source", "status", "first_at")]
    reached = [
        sql_case((contact.c[name].is_not(None), 1), else_=0).label(name)
        for name in ("email", "phone")
    ]
    statement = (
        select(*ids, *columns, *reached)
        .join(contact, contact.c.id == lead.c.contact_id)
        .where(or_(contact.c.state == "erased", told))
        .order_by(lead.c.id)
    )
    frame = read_frame(connection, statement)
    return frame.assign(**{name: frame[name] == 1 for name in ("email", "phone")})


def _with_reached(leads: pd.DataFrame, steps: pd.DataFrame) -> pd.DataFrame:
    """Add how far each lead ever came: who was disqualified may have been qualified before."""
    of_leads = steps[steps["thing"] == "lead"]
    told = pd.concat([leads[["lead", "status"]], of_leads.rename(columns={"id": "lead"})])
    rank = told["status"].fillna(told["step"]).map({name: n for n, name in enumerate(FUNNEL)})
    furthest = rank.fillna(0).astype("int64").groupby(told["lead"].astype("int64")).max()
    places = furthest.reindex(leads["lead"]).to_numpy()
    return leads.assign(reached=pd.Series([FUNNEL[n] for n in places], leads.index, "str"))


def _read_opportunities(connection: Connection) -> pd.DataFrame:
    names = ("stage", "points", "amount", "currency", "opened_at", "closed_at")
    columns = [opportunity.c.id, opportunity.c.contact_id.label("contact")]
    columns += [opportunity.c.lead_id.label("lead"), *(opportunity.c[name] for name in names)]
    statement = select(*columns).where(opportunity.c.live).order_by(opportunity.c.id)
    frame = read_frame(connection, statement)
    return frame.assign(deal="o" + frame["id"].astype("str")).drop(columns="id")


def _read_sales(connection: Connection, people: _People) -> pd.DataFrame:
    """Sales as the last file says that speaks of a deal at a stage, and whose they are."""
    columns = [*(column for column in sale.c if column.name != "row"), figure_import.c.source]
    statement = (
        select(*columns)
        .join(figure_import, figure_import.c.id == sale.c.figure_import_id)
        .order_by(sale.c.figure_import_id, sale.c.row)
    )
    frame = _last_word(read_frame(connection, statement), "sale")
    owner = frame["contact_id"].astype("Int64")
    named = read_frame(connection, select(lead.c.id, lead.c.contact_id)).set_index("id")
    owner = owner.where(owner.isin(_known(connection)))
    owner = owner.fillna(frame["lead_id"].map(named["contact_id"]).astype("Int64"))
    for key in ("external_id", "email", "phone"):
        found = _owners(connection, key, frame[key].dropna().unique().tolist(), people)
        owner = owner.fillna(frame[key].map(found).astype("Int64"))
    told = ["source", "deal", "stage", "at", "amount", "currency"]
    return frame[told].assign(contact=owner, lead=frame["lead_id"].astype("Int64"))


def _known(connection: Connection) -> list[int]:
    """The contacts that sales name by their id, and that there are."""
    named = select(sale.c.contact_id).where(sale.c.contact_id.is_not(None))
    return list(connection.scalars(select(contact.c.id).where(contact.c.id.in_(named))))


def _owners(
    connection: Connection, key: str, values: list[str], people: _People
) -> "pd.Series[int]":
    """Value -> the one contact that has it; a value of several people tells nobody."""
    if not values:
        return pd.Series(dtype="Int64")
    wanted = listed_texts(connection, values)
    if key == "external_id":
        value = _json_text(connection, key)
        statement = (
            select(value.label("value"), link.c.contact_id.label("contact"))
            .join(link, link.c.source_record_id == source_record.c.id)
            .where(link.c.active, value.in_(wanted))
        )
    else:
        table = contact_email if key == "email" else contact_phone
        statement = select(table.c[key].label("value"), table.c.contact_id.label("contact"))
        statement = statement.where(table.c[key].in_(wanted))
    frame = read_frame(connection, statement)
    frame = frame.assign(contact=people.survivors(frame["contact"])).drop_duplicates()
    single = frame[~frame["value"].duplicated(keep=False)]
    return single.set_index("value")["contact"]


def _json_text(connection: Connection, key: str) -> Any:
    column = source_record.c.standard
    if connection.dialect.name == "postgresql":
        return cast(column, JSON)[key].as_string()
    return type_coerce(column, JSON)[key].as_string()


def _read_spend(connection: Connection) -> pd.DataFrame:
    columns = [figure_import.c.source.label("costs_of"), spend.c.figure_import_id]
    columns += [spend.c[name] for name in ("source", "month", "amount", "currency")]
    statement = (
        select(*columns)
        .join(figure_import, figure_import.c.id == spend.c.figure_import_id)
        .order_by(spend.c.figure_import_id, spend.c.row)
    )
    frame = _last_word(read_frame(connection, statement), "spend")
    return frame[["source", "month", "amount", "currency"]]


def _last_word(frame: pd.DataFrame, table: str) -> pd.DataFrame:
    """The rows of the last file that speaks of a thing; within one file all of them count."""
    last = frame.groupby(LAST_WORD[table])["figure_import_id"].transform("max")
    return frame[frame["figure_import_id"] == last].reset_index(drop=True)


def _read_batches(connection: Connection) -> pd.DataFrame:
    flagged = (
        select(issue.c.batch_id, func.count(issue.c.row.distinct()).label("flagged"))
        .where(issue.c.severity == "warning", issue.c.row >= 0)
        .group_by(issue.c.batch_id)
        .subquery()
    )
    names = ("source", "started_at", "rows_in", "merged", "quarantined")
    statement = (
        select(*(batch.c[name] for name in names), flagged.c.flagged)
        .outerjoin(flagged, flagged.c.batch_id == batch.c.id)
        .where(batch.c.status == "complete", batch.c.undone_by.is_(None), batch.c.kind == "lead")
        .order_by(batch.c.id)
    )
    frame = read_frame(connection, statement)
    return frame.assign(flagged=frame["flagged"].fillna(0))
