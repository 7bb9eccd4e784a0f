"""Commits that others wait for take no checkpoints; the log is copied all the same."""

from crm.checkpoints import checkpoint, defer_checkpoints
from crm.inbox import Letter, put_letters, waiting_letters


def test_the_log_is_copied_when_asked_and_not_in_the_midst_of_a_commit(sqlite_store, tmp_path):
    assert defer_checkpoints(sqlite_store)
    before = (tmp_path / "store.db").stat().st_size
    for start in range(0, 3_000, 300):
        numbers = range(start, start + 300)
        put_letters(sqlite_store, [Letter("web", f"s{n}", {"a": "b" * 2_000}) for n in numbers])
    assert (tmp_path / "store.db").stat().st_size == before
    assert (tmp_path / "store.db-wal").stat().st_size > 5_000_000
    checkpoint(sqlite_store)
    assert (tmp_path / "store.db").stat().st_size > before + 5_000_000
    assert len(waiting_letters(sqlite_store, "web", 10_000)) == 3_000
