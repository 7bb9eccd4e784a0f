"""What Alembic runs to reach the store: the connection it was handed, never one of its own."""

from alembic import context

from crm.columns import metadata
from crm.models import VERSION_TABLE

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    version_table=VERSION_TABLE,
)
context.run_migrations()
