"""Take back an import, or one act of a person, and say what was taken back and what was not.

An undo is an event of the merge log like any other: it can itself be taken back.
"""

from dataclasses import dataclass, replace

from sqlalchemy import Connection

from crm import ids
from crm.acts import Decision, Who, check_seen, find_number, log_act
from crm.errors import RefusedError
from crm.opening import reading, shown_url, writing
from crm.reversing import decide_reversal, read_event
from crm.store import Store
from crm.undo_plan import UndoItem, UndoPlan, plan_undo
from crm.undo_rows import write_undo
from crm.undo_story import tell_kept_values, tell_reversed

__all__ = ["UndoItem", "Undone", "preview_undo", "undo"]


@dataclass(frozen=True)
class Undone:
    """What an undo came to; `event` is null where nothing was, or would be, done.

    `reversed` was taken back; `kept` was not, because a person changed it since; `refused` was
    not, because the later events in `because` depend on it.
    """

    what: str
    event: str | None
    reversed: tuple[UndoItem, ...]
    kept: tuple[UndoItem, ...] = ()
    refused: tuple[UndoItem, ...] = ()


def undo(store: Store, what: str, who: Who) -> Undone:
    """Take back an import (`b7`) or an event (`e12`); an undo is taken back the same way.

    Of an import, everything that can be taken back is; of an event all or nothing: raises
    `RefusedError` where later events stand upon it.
    """
    with writing(store.engine) as connection:
        check_seen(connection, who.expected)
        if _table(what) == "batch":
            plan = plan_undo(connection, find_number(connection, "batch", what))
            told = _tell(connection, what, plan)
            if not plan.takes_back:
                return told
            return replace(told, event=write_undo(connection, plan, who))
        decision = _decide(connection, what)
        done = log_act(connection, who, decision)
        return Undone(what, done.event, _tell_event(what, list(done.contacts)))


def preview_undo(store: Store, what: str) -> Undone:
    """Tell what an undo would come to, without doing it."""
    with reading(store.engine) as connection:
        if _table(what) == "batch":
            plan = plan_undo(connection, find_number(connection, "batch", what))
            return _tell(connection, what, plan)
        event = read_event(connection, find_number(connection, "merge_event", what))
        try:
            decision = _decide(connection, what)
        except RefusedError as error:
            item = UndoItem(what, event["kind"], error.detail, error.because)
            return Undone(what, None, (), refused=(item,))
        contacts = [ids.show("contact", number) for number in sorted(decision.contacts)]
        return Undone(what, None, _tell_event(what, contacts))


def _decide(connection: Connection, what: str) -> Decision:
    event = read_event(connection, find_number(connection, "merge_event", what))
    if event["kind"] in {"create", "link"}:
        why = f"{what} is part of an import: undo that, or unmerge {what}"
        raise RefusedError(shown_url(connection.engine.url), why)
    return decide_reversal(connection, event)


def _table(what: str) -> str:
    return (ids.read(what) or ("", 0))[0]


def _tell(connection: Connection, what: str, plan: UndoPlan) -> Undone:
    kept = (*plan.kept, *tell_kept_values(connection, plan))
    return Undone(what, None, tuple(tell_reversed(connection, plan)), kept, plan.refused)


def _tell_event(what: str, contacts: list[str]) -> tuple[UndoItem, ...]:
    return tuple(UndoItem(each, "changed", f"as it was before {what}") for each in contacts)
