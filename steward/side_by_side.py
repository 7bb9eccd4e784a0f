"""Several contacts field by field: what each says, where it has it from, and what would survive."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from crm.merging import MergePreview
from reports.comparing import compare_values
from reports.model import Piece
from validators.fields import FIELDS

__all__ = ["Said", "SideBySide", "lay_side_by_side"]

Story = Mapping[str, Any]


@dataclass(frozen=True)
class Said:
    """A value one can choose: cut into pieces against the proposal, and where it is from.

    `first`: no cell of the row before it has the same value, so that a value is chosen once.
    """

    value: str
    pieces: tuple[Piece, ...]
    record: str | None
    origin: str
    at: str | None
    first: bool


@dataclass(frozen=True)
class SideBySide:
    """One field: what each contact says (None: nothing), other values, and the proposal."""

    field: str
    label: str
    said: tuple[Said | None, ...]
    others: tuple[Said, ...]
    proposed: str | None

    @property
    def kind(self) -> str:
        """What kind of value it is: dates are told in the reader's form."""
        return FIELDS[self.field].kind

    @property
    def differs(self) -> bool:
        """Whether there is anything to choose."""
        values = {each.value for each in (*self.said, *self.others) if each}
        return len(values) > 1


def lay_side_by_side(preview: MergePreview, stories: Sequence[Story]) -> list[SideBySide]:
    """Lay the fields that any of the contacts has out, in the order of the vocabulary."""
    told = {row["field"]: row for row in preview.fields}
    golden = [{each["field"]: each for each in story["fields"]} for story in stories]
    names = [name for name in FIELDS if name in told or any(name in has for has in golden)]
    return [_lay_out(name, told.get(name), golden, stories) for name in names]


def _lay_out(
    name: str,
    told: Mapping[str, Any] | None,
    golden: Sequence[Mapping[str, Any]],
    stories: Sequence[Story],
) -> SideBySide:
    proposed = told["value"] if told else None
    seen: set[str] = set()
    said = [
        _say(has[name], story, proposed, seen) if name in has else None
        for has, story in zip(golden, stories, strict=True)
    ]
    others = [
        _say(each, {}, proposed, seen)
        for each in (told["rivals"] if told else ())
        if each["value"] and each["value"] not in seen
    ]
    return SideBySide(name, FIELDS[name].label, tuple(said), tuple(others), proposed)


def _say(told: Mapping[str, Any], story: Story, proposed: str | None, seen: set[str]) -> Said:
    value = told["value"]
    first = value not in seen
    seen.add(value)
    records = {each["id"]: each for each in story.get("records", ())}
    record = records.get(told.get("record"), {})
    place = [record.get("source"), record.get("file"), told.get("record")]
    origin = ", ".join(str(part) for part in place if part) or "a person"
    if record.get("line"):
        origin += f", line {record['line']}"
    pieces = compare_values("", value, proposed).here
    return Said(value, pieces, told.get("record"), origin, record.get("occurred_at"), first)
