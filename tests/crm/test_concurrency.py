"""Imports at the same time, each a program of its own as far as the store can tell."""

from concurrent.futures import ThreadPoolExecutor

from crm.errors import StoreChangedError
from crm.store import open_store
from crm.verify import verify


def import_stubbornly(url, reading, rows):
    """Run an import again until nobody else was in the way."""
    with open_store(url) as store:
        for _attempt in range(20):
            try:
                return reading(rows).load(store)
            except StoreChangedError:
                continue
    raise AssertionError("always in the way")


def test_overlapping_imports_make_nobody_twice(url, reading, person):
    people = [person(name, "Lee", company="Acme Inc") for name in ("Ann", "Bo", "Cy", "Di", "Ed")]
    programs = [
        [row | {"city": f"City {program}"} for row in people[program:] + people[:program]]
        for program in range(4)
    ]
    with ThreadPoolExecutor(4) as pool:
        results = list(pool.map(lambda rows: import_stubbornly(url, reading, rows), programs))
    assert sum(result.counts["created"] for result in results) == len(people)
    assert sum(result.counts["merged"] for result in results) == 3 * len(people)
    with open_store(url) as store:
        assert verify(store) == []


def test_the_same_file_imported_twice_at_once_is_imported_once(url, reading, person):
    rows = [person("Ann", "Lee"), person("Bo", "Day")]
    with ThreadPoolExecutor(3) as pool:
        results = list(pool.map(lambda _: import_stubbornly(url, reading, rows), range(3)))
    assert sorted(result.written for result in results) == [False, False, True]
    with open_store(url) as store:
        assert len(store.batches()) == 1
        assert verify(store) == []
