"""What is done to a store while something breaks."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Final

from crm.acts import Who
from crm.errors import StoreError
from crm.merging import merge
from crm.store import Store, open_store
from crm.undoing import undo
from crm.unmerging import unmerge
from soak.small_imports import SmallImport, people

__all__ = ["OPENING", "SCENARIOS", "Scenario", "open_and_act"]


@dataclass(frozen=True)
class Scenario:
    """`prepare` fills an empty store and returns what `act` needs; `again` completes it.

    `act` is what is broken off. Whoever saw it break off gives the same command again.
    """

    name: str
    prepare: Callable[[Store], Any]
    act: Callable[[Store, Any], object]
    again: Callable[[Store], object]


def _load(store: Store, plan: Any) -> None:
    store.load(plan)


def _import(name: str, now: SmallImport, earlier: Sequence[SmallImport] = ()) -> Scenario:
    def prepare(store: Store) -> Any:
        for each in earlier:
            each.run(store)
        return now.plan(store)

    return Scenario(name, prepare, _load, now.run)


def _act(name: str, act: Callable[[Store], object]) -> Scenario:
    """What a person does to what two imports made; refused where it is done already."""

    def prepare(store: Store) -> None:
        for each in (FIRST, SECOND):
            each.run(store)
        merge(store, ["c4", "c5"], WHO)

    def again(store: Store) -> None:
        with suppress(StoreError):
            act(store)

    return Scenario(name, prepare, lambda store, _: act(store), again)


WHO: Final = Who("soak")
NAMES: Final = (
    *("Ann Lee", "Bob Stone", "Cy Day", "Ann Lee", "Eve Oak", "Cy Day", "Flo Ash", "?"),
    *("Gus Elm", "Bob Stone", "Hal Fir", "Ida Yew"),
)
FIRST: Final = SmallImport("web", people(NAMES, "first"))
SECOND: Final = SmallImport("fair", people([*NAMES[::-1], "Joe Bay", "Kim Bay"], "second"))
CALLS: Final = SmallImport("calls", people([*NAMES[:8], "Lou Pine"], "called"), kind="call")

SCENARIOS: Final[Sequence[Scenario]] = (
    _import("first import", FIRST),
    _import("second import", SECOND, [FIRST]),
    _import("import of calls", CALLS, [FIRST, SECOND]),
    _act("merge", lambda store: merge(store, ["c1", "c2", "c3"], WHO)),
    _act("unmerge of records", lambda store: unmerge(store, "e4", WHO)),
    _act("undo of an import", lambda store: undo(store, "b1", WHO)),
)
# The same for what makes the tables: there is no store yet.
OPENING: Final = Scenario("making a store", lambda _: None, lambda *_: None, lambda _: None)


def open_and_act(scenario: Scenario, url: str, prepared: Any) -> None:
    """Do what is broken off, with a store of its own opening."""
    with open_store(url) as store:
        scenario.act(store, prepared)
