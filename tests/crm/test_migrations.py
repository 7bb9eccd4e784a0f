import re

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import MetaData, create_engine, insert, select, update

from crm.migrations.upgrade import config
from crm.models import HEAD, VERSION_TABLE, metadata
from crm.opening import _make_engine, _parse, writing
from crm.opening import reading as open_reading
from crm.store import open_store
from crm.verify import verify

SEARCH_INDEX = "search_"  # of PostgreSQL alone, and of no table of the models
# A comma that is not within parentheses of a column or a constraint, or a parenthesis around all.
PARTS = re.compile(r",(?![^()]*\))|\(\s|\s\)|\)$")


def test_the_revisions_lead_to_the_tables_of_the_models(store):
    with open_reading(store.engine) as connection:
        context = MigrationContext.configure(
            connection,
            opts={
                "compare_type": True,
                "version_table": VERSION_TABLE,
                "include_name": lambda name, *_: not (name or "").startswith(SEARCH_INDEX),
            },
        )
        assert compare_metadata(context, metadata) == []


def test_sqlite_gets_every_detail_of_the_models(sqlite_store):
    def details(connection):
        """Every table and index as it was written, order of constraints aside."""
        rows = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE sql <> ''")
        return {
            name: sorted(" ".join(part.split()) for part in PARTS.split(sql.replace('"', "")))
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


def test_a_store_of_the_previous_revision_keeps_all_it_holds(url, reading, person):
    rows = [
        person("Ann", "Lee", company="Acme Inc", city="Salem", email_opt_out="true"),
        person("Ann", "Lee", company="Acme Inc", city="Boston"),
        person("Bob", "Stone"),
        person("Rob", "Stone", city="Salem"),
        {"given_name": "Zed"},
    ]
    with open_store("sqlite://") as source:
        reading(rows, bad=[4], possible=[(2, 3)]).load(source)
        with writing(source.engine) as connection:  # what the older revision could not hold
            connection.execute(update(metadata.tables["batch"]).values(policy_version=None))
        held = dump(source)
        copy_into_revision("0001", source.engine, url)
    with open_store(url) as upgraded:
        assert dump(upgraded) == held
        assert verify(upgraded) == []
        again = reading(rows, bad=[4]).load(upgraded)
        assert again.counts["already_seen"] == 5


def dump(store):
    """Everything the store holds, table by table.

    Floats to nine digits: what a revision computes anew may differ in the last bit.
    """

    def shown(line):
        return repr(tuple(round(v, 9) if isinstance(v, float) else v for v in line))

    with open_reading(store.engine) as connection:
        return {
            table.name: sorted(map(shown, connection.execute(select(table))))
            for table in metadata.sorted_tables
        }


def copy_into_revision(revision, source, url):
    """Make a store of an older revision that holds what `source` holds."""
    engine = _make_engine(_parse(url))
    with writing(engine) as target, open_reading(source) as connection:
        settings = config()
        settings.attributes["connection"] = target
        command.upgrade(settings, revision)
        old = MetaData()
        old.reflect(target)
        for table in metadata.sorted_tables:
            if table.name in old.tables:
                names = [column.name for column in old.tables[table.name].columns]
                columns = [table.c[name] for name in names]
                lines = [dict(line) for line in connection.execute(select(*columns)).mappings()]
                if lines:
                    target.execute(insert(old.tables[table.name]), lines)
    engine.dispose()
