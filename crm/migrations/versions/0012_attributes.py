"""Attributes are golden fields like any other; the table meant for them was never written.

Revision ID: 0012
"""

from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    op.drop_table("custom_attribute")
