"""Who is told what, how each telling went, and people whom another service signs in.

Revision ID: 0007
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.create_table(
        "outgoing_hook",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("events", sa.Text(), nullable=False),
        sa.Column("since", sa.String(32), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_outgoing_hook")),
    )
    op.add_column("outgoing_delivery", sa.Column("tries", sa.Text(), nullable=True))
    op.add_column("desk_user", sa.Column("outside_id", sa.Text(), nullable=True))
    op.create_index(op.f("ix_desk_user_outside_id"), "desk_user", ["outside_id"], unique=True)
