"""The story of an id, as lines for a terminal."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

Story = Mapping[str, Any]
KINDS = {
    "e": "an event of the merge log",
    "l": "a lead",
    "m": "a possible match",
    "o": "an opportunity",
}
# What a contact is that does not live, and what says a value that no record says.
STATES = {"withdrawn": ", taken back with its import", "erased": ", erased"}
PEOPLE = {"pinned": "pinned by a person", "consent": "a person's word on consent"}
NAMED = 5  # contacts of one event
# Told on lines of their own.
NOT_FACTS = ("id", "changes", "evidence", "events")


def tell_story(story: Story) -> Iterator[str]:
    """Tell the story of whatever has an id."""
    tell = {"c": _contact, "r": _record, "q": _record, "b": _batch, "a": _account}
    yield from tell.get(story["id"][0], _facts)(story)


def _facts(story: Story) -> Iterator[str]:
    """An event, a possible match, a lead or an opportunity: what is known, line by line."""
    yield f"{story['id']}, {KINDS[story['id'][0]]}"
    told = {name: value for name, value in story.items() if name not in NOT_FACTS}
    yield from _table((name.replace("_", " "), _fact(value)) for name, value in told.items())
    for change in story.get("changes", ()):
        yield f"  {change['thing']} {change['field']}: {change['before']} → {change['after']}"
    if story.get("evidence"):
        yield f"  {_reasons(story)}"
    yield from _events(story.get("events", ()))


def _fact(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value)) or "none"
    return "" if value is None else str(value)


def _contact(story: Story) -> Iterator[str]:
    state = STATES.get(story["state"], "")
    yield f"{story['id']}, a contact" + _also_known(story["old_ids"]) + state
    if story["account"] and not state:
        account = story["account"]
        name = account["name"] or account["domain"] or ""
        yield f"  of {account['id']} {name} ({account['status']})"
    if story["fields"]:
        yield "Golden record, and where each field came from"
        yield from _table((each["field"], each["value"], _origin(each)) for each in story["fields"])
    for name in ("emails", "phones"):
        if len(story[name]) > 1:
            yield f"All {name}"
            yield from _table((each["value"], _record_of(each)) for each in story[name])
    if story["alternates"]:
        yield "Values that lost"
        rows = ((each["field"], each["value"], _record_of(each)) for each in story["alternates"])
        yield from _table(rows)
    if story["records"]:
        yield "Source records"
        yield from _table(
            (each["id"], each["source"], _place(each), each["occurred_at"] or "")
            for each in story["records"]
        )
    yield from _events(story["events"])


def _account(story: Story) -> Iterator[str]:
    yield f"{story['id']} {story['name'] or story['domain'] or ''}, an account, {story['status']}"
    yield "What its records say, and where each value came from"
    yield from _table((each["field"], each["value"], _place(each)) for each in story["fields"])
    yield f"Contacts, {story['contact_count']:,} in all"
    yield from _table(
        (each["id"], each["name"] or "", each["email"] or "", each["phone"] or "")
        for each in story["contacts"]
    )
    for name in ("leads", "opportunities"):
        if story[name]:
            yield name.capitalize()
            yield from _table(
                (each["id"], each["contact"], each.get("status") or each["stage"])
                for each in story[name]
            )


def _record(story: Story) -> Iterator[str]:
    kind = "a source record" if story["id"][0] == "r" else f"in quarantine, {story['status']}"
    yield f"{story['id']}, {kind}: {_place(story)} of {story['source']}, batch {story['batch']}"
    went = f" to {story['contact']}" if story.get("contact") else ""
    yield f"  {story['fate'].replace('_', ' ')}{went}"
    for replaced in story.get("replaces", ()):
        yield f"  repaired: took the place of {replaced}, in quarantine"
    for step in story.get("became", ()):
        into = f" as {step['record']}, {step['contact'] or 'held'}" if step["record"] else ""
        why = f": {step['reason']}" if step["reason"] else ""
        yield f"  {step['kind']}{into} by {step['actor']}, {step['at']}{why}"
    yield "As received, and as standardized"
    standard = story["standard"]
    yield from _table((column, value) for column, value in story["raw"].items())
    yield "  →"
    yield from _table((field, value) for field, value in standard.items())
    if story["issues"]:
        yield "Issues"
        rows = ((each["severity"], each["code"], each["message"]) for each in story["issues"])
        yield from _table(rows)
    yield from _events(story.get("events", ()))
    for item in story.get("review", ()):
        yield f"Possible match with {item['with']}, {item['status']}: {_reasons(item)}"


def _batch(story: Story) -> Iterator[str]:
    yield f"{story['id']}, {story['file']} as {story['source']}, {story['status']}"
    yield f"  {story['started_at']} to {story['finished_at'] or 'now'}"
    if story["undone_by"]:
        yield f"  taken back by {story['undone_by']}"
    yield from _table(
        (name.replace("_", " "), f"{count:,}") for name, count in story["counts"].items()
    )


def _events(events: Iterable[Story]) -> Iterator[str]:
    events = list(events)
    if events:
        yield "Merge log"
    for event in events:
        why = f": {_one_line(event['reason'])}" if event["reason"] else ""
        reversed_ = f", taken back by {event['reversed_by']}" if event["reversed"] else ""
        yield (
            f"  {event['id']:<5} {event['at']}  {event['kind']} {_about(event)}"
            f", by {event['actor']}{why}{reversed_}"
        )
        if event["evidence"]:
            yield f"    {_reasons(event)}"


def _about(event: Story) -> str:
    """What an entry of the merge log is about: a row that an import took in, or contacts."""
    matched = f" because of {event['matched']}" if event.get("matched") else ""
    if event["kind"] in {"create", "link"}:
        return f"{event['record']} → {event['contact']}{matched} in {event['batch']}"
    contacts = event["contacts"] or [event["contact"]]
    about = [each for each in (event["batch"], event["record"], *contacts) if each]
    more = f" and {len(about) - NAMED:,} more" if len(about) > NAMED else ""
    return ", ".join(about[:NAMED]) + more


def _reasons(decided: Story) -> str:
    said = ", ".join(
        each["words"] + (f" {each['weight']:+.1f}" if each["weight"] is not None else "")
        for each in decided["evidence"]
    )
    return said if decided["weight"] is None else f"{said}: {decided['weight']:+.1f} bits"


def _origin(field: Story) -> str:
    return PEOPLE.get(field["by"]) or _place(field)


def _record_of(value: Story) -> str:
    return value["record"] or PEOPLE["pinned"]


def _place(where: Story) -> str:
    sheet = f" {where['sheet']}!" if where["sheet"] else " line "
    return f"{where['file']}{sheet}{where['line']}"


def _also_known(old_ids: list[str]) -> str:
    return f", formerly {', '.join(old_ids)}" if old_ids else ""


def _table(rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    """Rows in columns as wide as their widest cell; a cell's line breaks are shown, not made."""
    cells = [[_one_line(cell) for cell in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    for row in cells:
        padded = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        yield "  " + "  ".join(padded).rstrip()


def _one_line(text: str) -> str:
    """Control characters of the data must not reach the terminal as such."""
    return "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in str(text))
