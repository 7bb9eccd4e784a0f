"""The desk: people, sessions, tokens, audit, assignments, and events told to other programs.

Revision ID: 0004
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

Id = sa.BigInteger().with_variant(sa.Integer, "sqlite")
Time = sa.String(32)


def upgrade() -> None:
    _create_people()
    _create_sign_in()
    _create_work()


def _create_people() -> None:
    op.create_table(
        "desk_user",
        _number(),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_key", sa.Text(), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=True),
        sa.Column("role", sa.String(16), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("created_at", Time, nullable=False),
        _check("desk_user", "role", "'viewer', 'steward', 'admin'"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_desk_user")),
        sa.UniqueConstraint("name_key", name=op.f("uq_desk_user_name_key")),
    )
    op.create_table(
        "audit_entry",
        _number(),
        sa.Column("at", Time, nullable=False),
        sa.Column("desk_user_id", Id, nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=True),
        _foreign("audit_entry", "desk_user_id", "desk_user"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_entry")),
    )
    _index("audit_entry", "subject")
    _index("audit_entry", "desk_user_id", "at")


def _create_sign_in() -> None:
    op.create_table(
        "desk_session",
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("desk_user_id", Id, nullable=False),
        sa.Column("started_at", Time, nullable=False),
        sa.Column("seen_at", Time, nullable=False),
        _foreign("desk_session", "desk_user_id", "desk_user"),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_desk_session")),
    )
    _index("desk_session", "desk_user_id")
    op.create_table(
        "api_token",
        _number(),
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("desk_user_id", Id, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("created_at", Time, nullable=False),
        sa.Column("ended_at", Time, nullable=True),
        _foreign("api_token", "desk_user_id", "desk_user"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_token")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_api_token_token_hash")),
    )
    _index("api_token", "desk_user_id")
    op.create_table(
        "sign_in_failure",
        _number(),
        sa.Column("name_hash", sa.String(64), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("at", Time, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_failure")),
    )
    _index("sign_in_failure", "name_hash", "at")
    _index("sign_in_failure", "at")


def _create_work() -> None:
    op.create_table(
        "review_assignment",
        sa.Column("review_item_id", Id, autoincrement=False, nullable=False),
        sa.Column("desk_user_id", Id, nullable=False),
        sa.Column("at", Time, nullable=False),
        _foreign("review_assignment", "review_item_id", "review_item"),
        _foreign("review_assignment", "desk_user_id", "desk_user"),
        sa.PrimaryKeyConstraint("review_item_id", name=op.f("pk_review_assignment")),
        sqlite_with_rowid=False,
    )
    _index("review_assignment", "desk_user_id")
    op.create_table(
        "outgoing_delivery",
        _number(),
        sa.Column("hook", sa.Text(), nullable=False),
        sa.Column("message_id", sa.String(64), nullable=False),
        sa.Column("event", sa.String(32), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("created_at", Time, nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_at", Time, nullable=True),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("answer", sa.Text(), nullable=True),
        _check("outgoing_delivery", "status", "'waiting', 'taken', 'given_up'"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outgoing_delivery")),
    )
    _index("outgoing_delivery", "next_at")
    _index("outgoing_delivery", "hook", "id")


def _number() -> sa.Column[int]:
    return sa.Column("id", Id, autoincrement=True, nullable=False)


def _foreign(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=op.f(f"fk_{table}_{column}"))


def _check(table: str, column: str, values: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(f"{column} IN ({values})", name=op.f(f"ck_{table}_{column}"))


def _index(table: str, *columns: str) -> None:
    op.create_index(op.f(f"ix_{table}_{'_'.join(columns)}"), table, list(columns))
