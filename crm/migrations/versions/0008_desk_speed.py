"""What the desk's pages ask for is found by an index, or was counted when it was written.

Revision ID: 0008
"""

import json

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

# Index, table, columns, and which rows are in it.
FEW = (
    ("held", "source_record", "id", "fate = 'held'"),
    ("waiting", "quarantine_row", "id", "status = 'waiting'"),
    ("merged_into", "contact", "merged_into", "merged_into IS NOT NULL"),
    ("open", "review_item", "value, id", "status = 'open'"),
)

# What contacts are searched by; SQLite, whose stores are smaller, reads all contacts instead.
SEARCHED = (
    ("contact", "given_name", "lower({}) text_pattern_ops"),
    ("contact", "family_name", "lower({}) text_pattern_ops"),
    ("contact", "full_name", "lower({}) text_pattern_ops"),
    ("contact", "company", "lower({}) text_pattern_ops"),
    ("contact_email", "email", "{} text_pattern_ops"),
    ("contact_phone", "phone", "{} text_pattern_ops"),
    ("contact_phone", "phone", "reverse({}) text_pattern_ops"),
)


def upgrade() -> None:
    flagged = sa.Column("flagged", sa.Integer(), nullable=False, server_default="0")
    op.add_column("batch", flagged)
    value: sa.Column[float] = sa.Column("value", sa.Double(), nullable=False, server_default="0")
    op.add_column("review_item", value)
    for name in ("agrees", "differs"):
        said = sa.Column(name, sa.Text(), nullable=False, server_default="")
        op.add_column("review_item", said)
    _count_flagged()
    _read_evidence()
    for name, table, columns, condition in FEW:
        there = sa.text(condition)
        op.create_index(
            op.f(f"ix_{table}_{name}"),
            table,
            columns.split(", "),
            sqlite_where=there,
            postgresql_where=there,
        )
    op.create_index(op.f("ix_review_item_right_record"), "review_item", ["right_record"])
    op.create_index(op.f("ix_lead_status"), "lead", ["status"])
    if op.get_bind().dialect.name == "postgresql":
        for number, (table, column, how) in enumerate(SEARCHED):
            by = sa.text(how.format(column))
            there = sa.text(f"{column} IS NOT NULL")
            op.create_index(f"search_{table}_{number}", table, [by], postgresql_where=there)


def _count_flagged() -> None:
    op.execute(
        "UPDATE batch SET flagged = (SELECT count(DISTINCT issue.row) FROM issue"
        " WHERE issue.batch_id = batch.id AND issue.severity = 'warning' AND issue.row >= 0)"
    )


def _read_evidence() -> None:
    """Put down what the evidence of each possible match says in short."""
    held = (
        "(SELECT count(*) FROM source_record WHERE source_record.fate = 'held'"
        " AND source_record.id IN (review_item.left_record, review_item.right_record))"
    )
    connection = op.get_bind()
    found = connection.execute(sa.text(f"SELECT id, weight, evidence, {held} FROM review_item"))  # noqa: S608 - no value
    lines = [
        {
            "number": number,
            "value": waiting + 1 / (1 + 2.0 ** -min(max(weight, -60), 60)),
            "agrees": _name(evidence, 1),
            "differs": _name(evidence, -1),
        }
        for number, weight, evidence, waiting in found
    ]
    if lines:
        changes = "value = :value, agrees = :agrees, differs = :differs"
        statement = f"UPDATE review_item SET {changes} WHERE id = :number"  # noqa: S608 - no value
        connection.execute(sa.text(statement), lines)


def _name(evidence: str, sign: int) -> str:
    names = [
        each["comparison"]
        for each in json.loads(evidence)
        if each["weight"] * sign > 0 and each["comparison"] not in {"prior", "guard", "record"}
    ]
    return f" {' '.join(names)} " if names else ""
