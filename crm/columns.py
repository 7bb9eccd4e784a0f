"""What the tables of the store are made of."""

from typing import Final

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Integer,
    MetaData,
    String,
    true,
)

__all__ = ["Id", "Time", "live", "make_id", "metadata", "one_of", "points_to", "row_version"]

# SQLite gives a row its own number only where the key is called INTEGER.
Id: Final = BigInteger().with_variant(Integer, "sqlite")
Time: Final = String(32)

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
    }
)


def make_id() -> Column[int]:
    """Make the key of a table; the program gives the numbers."""
    return Column("id", Id, primary_key=True, autoincrement=False)


def points_to(
    table: str, name: str | None = None, *, null: bool = False, key: bool = False
) -> Column[int]:
    """Make a column with the id of a row of `table`."""
    column = name or f"{table}_id"
    target = ForeignKey(f"{table}.id")
    if key:
        return Column(column, Id, target, primary_key=True, autoincrement=False)
    return Column(column, Id, target, nullable=null)


def one_of(column: str, *values: str) -> CheckConstraint:
    """Allow a column these values alone."""
    listed = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{column} IN ({listed})", name=column)


def live() -> Column[bool]:
    """Whether a row counts; false once the import or the act that made it was taken back."""
    return Column("live", Boolean, nullable=False, server_default=true())


def row_version() -> Column[int]:
    """How often a row changed: whoever changes it says which version was seen."""
    return Column("row_version", Integer, nullable=False, server_default="1")
