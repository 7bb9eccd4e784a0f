"""Check everything that must hold in a store, whatever happened to it.

The answer is a list of violations; an empty list is what a sound store gives. Nothing is changed.
"""

from dataclasses import dataclass
from typing import Final

from crm.golden_checks import check_golden
from crm.ids import show
from crm.ledger_checks import check_ledger
from crm.opening import reading
from crm.quarantine_checks import check_quarantine
from crm.store import Store
from dedupe.survivorship import SurvivorshipPolicy

__all__ = ["Violation", "verify"]

SHOWN: Final = 20


@dataclass(frozen=True)
class Violation:
    """One rule that does not hold: its code, what it says, and the first ids it is broken for."""

    code: str
    text: str
    ids: tuple[str, ...]


def verify(store: Store, policy: SurvivorshipPolicy | None = None) -> list[Violation]:
    """Check every invariant; `policy` is the survivorship the golden records were made with."""
    with reading(store.engine) as connection:
        ledger = list(check_ledger(connection))
        waiting = list(check_quarantine(connection))
        golden = list(check_golden(connection, policy))
    return [
        Violation(code, text, tuple(show(table, number) for number in numbers[:SHOWN] if number))
        for code, table, text, numbers in [*ledger, *waiting, *golden]
        if numbers
    ]
