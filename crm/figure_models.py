"""The tables of sales and cost figures that come from elsewhere."""

from sqlalchemy import Column, Index, Integer, String, Table, Text

from crm.columns import Id, Time, make_id, metadata, one_of, points_to

__all__ = ["figure_import", "sale", "spend"]

# One file of figures that was taken in.
figure_import = Table(
    "figure_import",
    metadata,
    make_id(),
    Column("source", Text, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("file", Text),
    Column("content_hash", Text, nullable=False),
    Column("at", Time, nullable=False),
    Column("rows_in", Integer, nullable=False),
    Column("kept", Integer, nullable=False),
    Column("rejected", Integer, nullable=False),
    Column("blank", Integer, nullable=False),
    Column("issues", Text, nullable=False),  # JSON: line, field and code; no values
    one_of("kind", "sales", "costs"),
    Index(None, "source", "content_hash", unique=True),
)

# One line of a deal's life. Whose it is, is looked up when it is read: people come later, and
# they merge.
sale = Table(
    "sale",
    metadata,
    points_to("figure_import", key=True),
    Column("row", Integer, primary_key=True, autoincrement=False),
    Column("deal", Text, nullable=False),
    Column("stage", Text, nullable=False),
    Column("at", String(10), nullable=False),  # a day
    Column("amount", Text),  # a decimal number
    Column("currency", String(3), nullable=False),  # empty: nobody knows
    Column("contact_id", Id),  # as the row names it; it may be none of ours
    Column("lead_id", Id),
    Column("email", Text),
    Column("phone", Text),
    Column("external_id", Text),
    sqlite_with_rowid=False,
)

spend = Table(
    "spend",
    metadata,
    points_to("figure_import", key=True),
    Column("row", Integer, primary_key=True, autoincrement=False),
    Column("source", Text, nullable=False),
    Column("month", String(7), nullable=False),
    Column("amount", Text, nullable=False),
    Column("currency", String(3), nullable=False),
    sqlite_with_rowid=False,
)
