"""The audit, the quarantine and the search for accounts each find their rows by an index.

Revision ID: 0013
"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"

AUDIT = (("subject", "id"), ("desk_user_id", "id"), ("action", "id"))
# What PostgreSQL cannot guess: that batch and row go together, how frequent a kind is among errors,
# and how many names begin with a word (of an index with a condition it does not believe its own).
TOLD = (
    ("quarantine_row", "place", "(ndistinct)", "batch_id, row"),
    ("issue", "place", "(ndistinct)", "batch_id, row"),
    ("issue", "kind", "(mcv)", "severity, code"),
    ("contact", "given_name", "", "(lower(given_name))"),
    ("contact", "family_name", "", "(lower(family_name))"),
    ("contact", "full_name", "", "(lower(full_name))"),
    ("contact", "company", "", "(lower(company))"),
    ("account", "name", "", "(lower(name))"),
)
SEARCHED = (("name", "lower(name)"), ("domain", "domain"))


def upgrade() -> None:
    op.drop_index("ix_audit_entry_subject", "audit_entry")
    op.drop_index("ix_audit_entry_desk_user_id_at", "audit_entry")
    for each in AUDIT:
        op.create_index(op.f(f"ix_audit_entry_{'_'.join(each)}"), "audit_entry", list(each))
    op.drop_index("ix_quarantine_row_waiting", "quarantine_row")
    _index_few("quarantine_row", "status", "live", "status", "batch_id", "row", "id")
    _index_few("issue", "errors", "severity = 'error'", "batch_id", "row", "code")
    if op.get_bind().dialect.name == "postgresql":
        for table, name, kind, columns in TOLD:
            op.execute(f"CREATE STATISTICS told_{table}_{name} {kind} ON {columns} FROM {table}")
        for searched, by in SEARCHED:
            op.create_index(
                f"search_account_{searched}",
                "account",
                [sa.text(f"{by} text_pattern_ops")],
                postgresql_where=sa.text(f"{searched} IS NOT NULL"),
            )
        op.execute(
            "ANALYZE quarantine_row, issue, contact, account"
        )  # what was told is found out now


def _index_few(table: str, name: str, condition: str, *columns: str) -> None:
    there = sa.text(condition)
    op.create_index(
        op.f(f"ix_{table}_{name}"),
        table,
        list(columns),
        sqlite_where=there,
        postgresql_where=there,
    )
