"""A person judges a possible match: the same person, not the same, or of one household."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal, get_args

from sqlalchemy import Connection, RowMapping, select

from crm import ids
from crm.acts import Decision, Done, Who, act, find_number
from crm.changes import Change
from crm.errors import RefusedError, UnknownIdError
from crm.judgements import between, make_judgements
from crm.merging import decide_merge, tell_item
from crm.models import review_item
from crm.opening import shown_url
from crm.placing import find_places
from crm.releasing import Creation, plan_new_contact, plan_release
from crm.settling import open_items
from crm.splitting import NEW
from crm.store import Store
from crm.times import utc_now

__all__ = ["JudgedLine", "Line", "Verdict", "judge", "judge_many"]

Verdict = Literal["same", "different", "household"]
# Stand-ins: judgements below, rows of a release between that and the contact's.
FIRST_JUDGEMENT: Final = -1_000


@dataclass(frozen=True)
class Line:
    """One judgement of many: a possible match (`m7`), the verdict, and why."""

    item: str
    verdict: str
    reason: str | None = None


@dataclass(frozen=True)
class JudgedLine:
    """What became of a line: the event, or why it was not applied."""

    item: str
    event: str | None
    error: str | None = None


def judge(store: Store, item: str, verdict: Verdict, who: Who) -> Done:
    """Judge a possible match (`m7`); it outranks every rule from then on.

    `same` merges the two contacts, or lets a held record into the contact. Otherwise no rule
    joins the two again, and a held record nothing of which is open becomes a contact. Raises
    `RefusedError` where it was judged already, or another judgement stands against it.
    """
    return act(store, who, lambda connection: _decide(connection, item, verdict, who))


def judge_many(store: Store, lines: Iterable[Line], who: Who) -> list[JudgedLine]:
    """Judge one line after the other, each on its own."""
    done = []
    for line in lines:
        if line.verdict not in get_args(Verdict):
            known = ", ".join(get_args(Verdict))
            done.append(JudgedLine(line.item, None, f"no such verdict; known: {known}"))
            continue
        verdict: Verdict = line.verdict  # type: ignore[assignment]  # checked above
        try:
            event = judge(
                store, line.item, verdict, Who(who.actor, line.reason or who.reason)
            ).event
            done.append(JudgedLine(line.item, event))
        except (RefusedError, UnknownIdError) as error:
            done.append(JudgedLine(line.item, None, error.detail))
    return done


def _decide(connection: Connection, text: str, verdict: Verdict, who: Who) -> Decision:
    item = _read_item(connection, text)
    ends = (item["left_record"], item["right_record"])
    places = find_places(connection, ends)
    contacts = [_contact(places[end]) for end in ends]
    if verdict == "same":
        return _join(connection, item, contacts, who)
    return _keep_apart(connection, item, verdict, contacts, who)


def _join(
    connection: Connection, item: RowMapping, contacts: list[int | None], who: Who
) -> Decision:
    owners = sorted({owner for owner in contacts if owner is not None})
    if len(owners) == 2:
        return decide_merge(connection, owners[0], owners[1:], who, item)
    ends = (item["left_record"], item["right_record"])
    held = [end for end, owner in zip(ends, contacts, strict=True) if owner is None]
    if not held:
        why = f"{ids.show('review_item', item['id'])}: both are one contact already"
        raise RefusedError(shown_url(connection.engine.url), why)
    return _release(connection, item, held, owners, who)


def _release(
    connection: Connection, item: RowMapping, held: list[int], owners: list[int], who: Who
) -> Decision:
    """Let held records into the contact they were judged to be."""
    ends = (item["left_record"], item["right_record"])
    creates: list[Creation] = [] if owners else [plan_new_contact(connection, held[0])]
    target = owners[0] if owners else NEW
    changes = []
    for record in held:
        made, moved = plan_release(connection, record, target, NEW - 1 - len(creates))
        creates += made
        changes.append(moved)
    stated = _state(item, "same", who)
    judgements, judged = make_judgements(connection, [ends], stated, FIRST_JUDGEMENT)
    changes.append(Change("review_item", item["id"], "status", "open", "judged"))
    return Decision(
        "release",
        frozenset([target]),
        (*changes, *judged),
        (*creates, *judgements),
        told={**tell_item(item), "contact_id": owners[0] if owners else None},
    )


def _keep_apart(
    connection: Connection,
    item: RowMapping,
    verdict: Verdict,
    contacts: list[int | None],
    who: Who,
) -> Decision:
    """Remember that two records are not one person; let go what waited for nothing else."""
    ends = (item["left_record"], item["right_record"])
    same = between(connection, [ends[0]], [ends[1]], ["same"])
    if same:
        because = tuple(ids.show("judgement", number) for number in same)
        raise RefusedError(
            shown_url(connection.engine.url), "it was judged to be the same", because
        )
    creates, changes = make_judgements(
        connection, [ends], _state(item, verdict, who), FIRST_JUDGEMENT
    )
    changes.append(Change("review_item", item["id"], "status", "open", "judged"))
    touched = {owner for owner in contacts if owner is not None}
    free = [
        end
        for end, owner in zip(ends, contacts, strict=True)
        if owner is None and open_items(connection, end) == [item["id"]]
    ]
    made: list[Creation] = []
    for end in free:
        stand_in = NEW - 10 * free.index(end)
        table, row = plan_new_contact(connection, end)
        rows, moved = plan_release(connection, end, stand_in, stand_in - 1)
        made += [(table, row | {"id": stand_in}), *rows]
        changes.append(moved)
        touched.add(stand_in)
    told = tell_item(item)
    return Decision("judge", frozenset(touched), tuple(changes), (*made, *creates), told=told)


def _state(item: RowMapping, verdict: str, who: Who) -> dict[str, object]:
    return {
        "verdict": verdict,
        "at": utc_now(),
        "actor": who.actor,
        "reason": who.reason,
        "review_item_id": item["id"],
    }


def _read_item(connection: Connection, text: str) -> RowMapping:
    """Read a possible match that waits for a judgement."""
    number = find_number(connection, "review_item", text)
    found = connection.execute(select(review_item).where(review_item.c.id == number)).mappings()
    row = found.first()
    url = shown_url(connection.engine.url)
    if row is None:
        raise UnknownIdError(url, text)
    if row["status"] != "open":
        raise RefusedError(url, f"{text} waits for no judgement: it is {row['status']}")
    return row


def _contact(place: str) -> int | None:
    return int(place) if place.isdigit() else None
