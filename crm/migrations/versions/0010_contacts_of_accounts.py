"""The contacts of an account are found without looking at all contacts.

Revision ID: 0010
"""

from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.create_index(op.f("ix_contact_account_id"), "contact", ["account_id"])
