"""What people do: acts that can be taken back, judgements, pins, consent, opportunities.

Revision ID: 0002
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

Id = sa.BigInteger().with_variant(sa.Integer, "sqlite")
Time = sa.String(32)
KINDS = (
    "'create', 'link', 'merge', 'unmerge', 'judge', 'release', 'edit', 'consent', 'progress',"
    " 'undo', 'policy', 'erase'"
)


def upgrade() -> None:
    _add_columns()
    _widen()
    _index_what_counts()
    _create_acts()
    _create_stewardship()
    _create_sales()
    _create_suppression()


def _add_columns() -> None:
    op.add_column("batch", sa.Column("policy_version", sa.Text(), nullable=True))
    op.add_column("batch", sa.Column("undone_by", Id, nullable=True))
    state = sa.Column("state", sa.String(16), server_default="live", nullable=False)
    op.add_column("contact", state)
    for table in ("source_record", "quarantine_row", "interaction"):
        op.add_column(table, _live())
    for table in ("account", "lead"):
        op.add_column(table, _row_version())
    op.add_column("interaction", sa.Column("actor", sa.Text(), nullable=True))
    op.add_column("merge_event", sa.Column("policy_version", sa.Text(), nullable=True))
    op.add_column("merge_event", sa.Column("reason", sa.Text(), nullable=True))


def _widen() -> None:
    """Let columns hold what they could not hold before."""
    for table in ("contact_email", "contact_phone"):
        without = {"sqlite_with_rowid": False}
        with op.batch_alter_table(table, table_kwargs=without) as change:
            change.alter_column("source_record_id", nullable=True)
    _widen_check("review_item", "status", "'open', 'judged', 'settled', 'withdrawn'")
    kinds = "'submission', 'import', 'call', 'visit', 'e-mail', 'note'"
    _widen_check("interaction", "kind", kinds, "source_record_id")
    _widen_check("merge_event", "kind", KINDS, "contact_id", "source_record_id")


def _widen_check(table: str, column: str, values: str, *optional: str) -> None:
    name = op.f(f"ck_{table}_{column}")
    with op.batch_alter_table(table) as change:
        change.drop_constraint(name, type_="check")
        change.create_check_constraint(name, sa.text(f"{column} IN ({values})"))
        for each in optional:
            change.alter_column(each, nullable=True)


def _index_what_counts() -> None:
    for table in ("source_record", "quarantine_row"):
        name = op.f(f"ix_{table}_content_hash")
        op.drop_index(name, table)
        op.create_index(
            name,
            table,
            ["content_hash"],
            unique=True,
            sqlite_where=sa.text("live = 1"),
            postgresql_where=sa.text("live"),
        )
    op.create_index(
        "ix_merge_event_reversed_by",
        "merge_event",
        ["reversed_by"],
        sqlite_where=sa.text("reversed_by IS NOT NULL"),
        postgresql_where=sa.text("reversed_by IS NOT NULL"),
    )


def _create_acts() -> None:
    op.create_table(
        "event_contact",
        _part("merge_event"),
        _part("contact"),
        sa.Column("before", sa.Text(), nullable=True),
        _foreign("event_contact", "merge_event_id", "merge_event"),
        _foreign("event_contact", "contact_id", "contact"),
        sa.PrimaryKeyConstraint("merge_event_id", "contact_id", name=op.f("pk_event_contact")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_event_contact_contact_id"), "event_contact", ["contact_id"])
    op.create_table(
        "event_change",
        _part("merge_event"),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("thing", sa.String(24), nullable=False),
        sa.Column("thing_id", sa.BigInteger(), nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("before", sa.Text(), nullable=True),
        sa.Column("after", sa.Text(), nullable=True),
        _foreign("event_change", "merge_event_id", "merge_event"),
        sa.PrimaryKeyConstraint("merge_event_id", "number", name=op.f("pk_event_change")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_event_change_thing_thing_id"), "event_change", ["thing", "thing_id"])
    op.create_table(
        "survivorship_policy",
        _id(),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("at", Time, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survivorship_policy")),
    )


def _create_stewardship() -> None:
    op.create_table(
        "pin",
        _part("contact"),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=True),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("at", Time, nullable=False),
        _foreign("pin", "contact_id", "contact"),
        sa.PrimaryKeyConstraint("contact_id", "field", name=op.f("pk_pin")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "consent",
        _part("contact"),
        sa.Column("purpose", sa.String(16), nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("at", Time, nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        _check("consent", "purpose", "'email', 'call'"),
        _check("consent", "status", "'given', 'withdrawn'"),
        _foreign("consent", "contact_id", "contact"),
        sa.PrimaryKeyConstraint("contact_id", "purpose", name=op.f("pk_consent")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "judgement",
        _id(),
        sa.Column("left_record", Id, nullable=False),
        sa.Column("right_record", Id, nullable=False),
        sa.Column("left_key", sa.String(32), nullable=False),
        sa.Column("right_key", sa.String(32), nullable=False),
        sa.Column("verdict", sa.String(16), nullable=False),
        sa.Column("at", Time, nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("review_item_id", Id, nullable=True),
        sa.Column("merge_event_id", Id, nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        _check("judgement", "verdict", "'same', 'different', 'household'"),
        _foreign("judgement", "left_record", "source_record"),
        _foreign("judgement", "right_record", "source_record"),
        _foreign("judgement", "review_item_id", "review_item"),
        _foreign("judgement", "merge_event_id", "merge_event"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_judgement")),
    )
    for columns in (["left_record", "right_record"], ["right_record"], ["left_key"], ["right_key"]):
        op.create_index(op.f(f"ix_judgement_{'_'.join(columns)}"), "judgement", columns)


def _create_sales() -> None:
    op.create_table(
        "opportunity",
        _id(),
        sa.Column("contact_id", Id, nullable=False),
        sa.Column("account_id", Id, nullable=True),
        sa.Column("lead_id", Id, nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("amount", sa.Text(), nullable=True),
        sa.Column("currency", sa.String(3), nullable=True),
        sa.Column("stage", sa.String(32), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("opened_at", Time, nullable=False),
        sa.Column("closed_at", Time, nullable=True),
        _row_version(),
        _live(),
        _foreign("opportunity", "contact_id", "contact"),
        _foreign("opportunity", "account_id", "account"),
        _foreign("opportunity", "lead_id", "lead"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opportunity")),
    )
    op.create_index(op.f("ix_opportunity_contact_id"), "opportunity", ["contact_id"])
    op.create_table(
        "custom_attribute",
        sa.Column("thing", sa.String(16), nullable=False),
        sa.Column("thing_id", Id, autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        _check("custom_attribute", "thing", "'contact', 'account', 'lead', 'opportunity'"),
        sa.PrimaryKeyConstraint("thing", "thing_id", "name", name=op.f("pk_custom_attribute")),
        sqlite_with_rowid=False,
    )


def _create_suppression() -> None:
    op.create_table(
        "suppression",
        sa.Column("hash", sa.String(64), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("at", Time, nullable=False),
        sa.Column("merge_event_id", Id, nullable=False),
        _check("suppression", "kind", "'email', 'phone', 'name', 'row', 'key'"),
        _foreign("suppression", "merge_event_id", "merge_event"),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_suppression")),
        sqlite_with_rowid=False,
    )


def _id() -> sa.Column[int]:
    return sa.Column("id", Id, autoincrement=False, nullable=False)


def _part(other: str) -> sa.Column[int]:
    """Part of a key that is the id of a row of another table."""
    return sa.Column(f"{other}_id", Id, autoincrement=False, nullable=False)


def _live() -> sa.Column[bool]:
    return sa.Column("live", sa.Boolean(), server_default=sa.true(), nullable=False)


def _row_version() -> sa.Column[int]:
    return sa.Column("row_version", sa.Integer(), server_default="1", nullable=False)


def _foreign(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=op.f(f"fk_{table}_{column}"))


def _check(table: str, column: str, values: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(f"{column} IN ({values})", name=op.f(f"ck_{table}_{column}"))
