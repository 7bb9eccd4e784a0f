from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine

from crm.migrations.upgrade import config
from crm.models import HEAD, VERSION_TABLE, metadata
from crm.opening import reading as open_reading


def test_the_revisions_lead_to_the_tables_of_the_models(store):
    with open_reading(store.engine) as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "version_table": VERSION_TABLE}
        )
        assert compare_metadata(context, metadata) == []


def test_sqlite_gets_every_detail_of_the_models(sqlite_store):
    def details(connection):
        """Every table and index as it was written, order of constraints aside."""
        rows = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE sql <> ''")
        return {
            name: sorted(line.strip(" ,") for line in sql.splitlines())
            for name, sql in rows
            if name != VERSION_TABLE
        }

    with create_engine("sqlite://").begin() as connection:
        metadata.create_all(connection)
        expected = details(connection)
    with open_reading(sqlite_store.engine) as connection:
        assert details(connection) == expected


def test_the_newest_revision_is_the_one_the_program_asks_for():
    assert ScriptDirectory.from_config(config()).get_heads() == [HEAD]
