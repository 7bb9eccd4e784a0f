"""Sales and cost figures that come from elsewhere.

Revision ID: 0009
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

Id = sa.BigInteger().with_variant(sa.Integer, "sqlite")
Time = sa.String(32)


def upgrade() -> None:
    op.create_table(
        "figure_import",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("file", sa.Text(), nullable=True),
        sa.Column("content_hash", sa.Text(), nullable=False),
        sa.Column("at", Time, nullable=False),
        sa.Column("rows_in", sa.Integer(), nullable=False),
        sa.Column("kept", sa.Integer(), nullable=False),
        sa.Column("rejected", sa.Integer(), nullable=False),
        sa.Column("blank", sa.Integer(), nullable=False),
        sa.Column("issues", sa.Text(), nullable=False),
        sa.CheckConstraint("kind IN ('sales', 'costs')", name=op.f("ck_figure_import_kind")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_figure_import")),
    )
    op.create_index(
        op.f("ix_figure_import_source_content_hash"),
        "figure_import",
        ["source", "content_hash"],
        unique=True,
    )
    _create_rows(
        "sale",
        sa.Column("deal", sa.Text(), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("at", sa.String(10), nullable=False),
        sa.Column("amount", sa.Text(), nullable=True),
        sa.Column("currency", sa.String(3), nullable=False),
        sa.Column("contact_id", Id, nullable=True),
        sa.Column("lead_id", Id, nullable=True),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("external_id", sa.Text(), nullable=True),
    )
    _create_rows(
        "spend",
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("month", sa.String(7), nullable=False),
        sa.Column("amount", sa.Text(), nullable=False),
        sa.Column("currency", sa.String(3), nullable=False),
    )


def _create_rows(name: str, *columns: sa.Column[object]) -> None:
    """Create a table of the rows of an import."""
    op.create_table(
        name,
        sa.Column("figure_import_id", Id, autoincrement=False, nullable=False),
        sa.Column("row", sa.Integer(), autoincrement=False, nullable=False),
        *columns,
        sa.ForeignKeyConstraint(
            ["figure_import_id"], ["figure_import.id"], name=op.f(f"fk_{name}_figure_import_id")
        ),
        sa.PrimaryKeyConstraint("figure_import_id", "row", name=op.f(f"pk_{name}")),
        sqlite_with_rowid=False,
    )
