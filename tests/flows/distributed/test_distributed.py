"""A cluster decides what one machine decides, also where workers are lost; or it says why not."""

import os
import signal
import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.labelled_sets import PublicSet, find_public_sets
from benchmarks.lead_generator import generate
from dedupe.resolution import resolve
from flows.distributed.cleaning import work_on
from flows.distributed.pairing import pair_on
from flows.distributed.sharing import share, shared
from flows.distributed.workers import Workers, open_workers
from leadgate.errors import EngineError
from leadgate.settings.engine import Engine
from validators.mapping import apply_mapping, map_columns
from validators.standardize import standardize

pytest.importorskip("distributed")


@pytest.fixture(scope="module")
def workers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workers]:
    folder = tmp_path_factory.mktemp("shared")
    with open_workers(Engine(kind="distributed", workers=2, folder=folder)) as opened:
        assert opened is not None
        yield opened


@pytest.fixture(scope="module")
def leads() -> pd.DataFrame:
    rows, _people = generate(21_000, seed=5)
    records, _unmapped = apply_mapping(rows, map_columns(rows, {}))
    return records


@pytest.fixture(scope="module")
def records(leads: pd.DataFrame) -> pd.DataFrame:
    return standardize(leads).records


def test_pieces_are_standardized_as_the_whole_is(workers: Workers, leads: pd.DataFrame) -> None:
    alone = standardize(leads)
    together = standardize(leads, work_on=lambda *piece: work_on(workers, *piece))
    pd.testing.assert_frame_equal(together.records, alone.records)
    pd.testing.assert_frame_equal(together.issues, alone.issues)


def test_a_cluster_decides_what_one_machine_decides_also_when_a_worker_is_killed(
    workers: Workers, records: pd.DataFrame
) -> None:
    alone = resolve(records)
    pids = list(workers.client.run(os.getpid).values())
    killed = threading.Event()
    killer = threading.Thread(target=_kill, args=(pids[0], workers.folder, killed))
    killer.start()
    together = resolve(records, pairing=lambda problem: pair_on(workers, problem))
    killer.join(60)
    assert killed.is_set()
    pd.testing.assert_series_equal(together.clusters, alone.clusters)
    pd.testing.assert_frame_equal(together.pairs, alone.pairs)
    assert set(together.left_out["key"]) == set(alone.left_out["key"])


@pytest.mark.parametrize(
    "labelled",
    find_public_sets()
    or [pytest.param(None, marks=pytest.mark.skip(reason="LEADGATE_CORPORA names no corpora"))],
    ids=lambda labelled: labelled and labelled.name,
)
def test_a_cluster_decides_what_one_machine_decides_about_public_records(
    workers: Workers, labelled: PublicSet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("flows.distributed.pairing._SMALL", 0)
    labelled.write_records(tmp_path / "records.csv")
    rows = pd.read_csv(tmp_path / "records.csv", dtype="str", keep_default_na=False, na_values=[""])
    records = standardize(apply_mapping(rows, map_columns(rows, {}))[0]).records
    alone = resolve(records)
    together = resolve(records, pairing=lambda problem: pair_on(workers, problem))
    pd.testing.assert_series_equal(together.clusters, alone.clusters)
    pd.testing.assert_frame_equal(together.pairs, alone.pairs)


def _kill(pid: int, folder: Path, killed: threading.Event) -> None:
    """Kill a worker as soon as pairs are being found."""
    while not any(folder.glob("*/pairs-*")):
        killed.wait(0.01)
    os.kill(pid, signal.SIGKILL)
    killed.set()


def test_known_contacts_are_not_compared_with_each_other(
    workers: Workers, records: pd.DataFrame
) -> None:
    known = records.iloc[:5_000].assign(contact=range(5_000))
    fresh = records.iloc[5_000:]
    alone = resolve(fresh, known=known, population=30_000)
    together = resolve(
        fresh, known=known, population=30_000, pairing=lambda problem: pair_on(workers, problem)
    )
    pd.testing.assert_series_equal(together.contacts, alone.contacts)


def test_few_records_are_resolved_where_they_are(workers: Workers, records: pd.DataFrame) -> None:
    before = set(workers.folder.iterdir())
    resolve(records.iloc[:100], pairing=lambda problem: pair_on(workers, problem))
    assert set(workers.folder.iterdir()) == before


@given(
    st.lists(st.lists(st.integers(-(2**60), 2**60))),
    st.lists(st.text()),
)
def test_what_is_shared_is_what_was_there(
    tmp_path_factory: pytest.TempPathFactory, numbers: list[list[int]], texts: list[str]
) -> None:
    path = tmp_path_factory.mktemp("shared") / "value"
    share(([np.array(each, dtype=np.int64) for each in numbers], texts), path)
    arrays, read = shared(path)
    assert [each.tolist() for each in arrays] == numbers
    assert read == texts
    assert not any(each.flags.writeable for each in arrays if len(each))
    assert [each.name for each in path.parent.iterdir()] == ["value"]


def test_one_machine_needs_no_workers() -> None:
    with open_workers(Engine()) as opened:
        assert opened is None


def test_a_scheduler_that_does_not_answer_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("flows.distributed.workers._PATIENCE", 0.2)
    engine = Engine(kind="distributed", scheduler="tcp://127.0.0.1:9", folder=tmp_path)
    with pytest.raises(EngineError, match=r"no scheduler answers at tcp://127\.0\.0\.1:9"):
        open_workers(engine).__enter__()


def test_a_worker_with_other_code_is_refused(
    workers: Workers, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    address = workers.client.scheduler_info()["address"]
    engine = Engine(kind="distributed", scheduler=address, folder=tmp_path)
    with open_workers(engine) as opened:
        assert opened is not None
        assert opened.count == 2
    monkeypatch.setattr("flows.distributed.workers.fingerprint", lambda: "another")
    with pytest.raises(EngineError, match="another version of Leadgate"):
        open_workers(engine).__enter__()
