"""A possible match as a person sees it: both sides, what differs, and why it was held likely."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from crm.review import ReviewItem
from reports.comparing import compare_records, name_record
from reports.model import Comparison, Reason
from reports.plots import Waterfall, draw_waterfall
from validators.fields import FIELDS


@dataclass(frozen=True)
class Pair:
    """Two records side by side."""

    item: ReviewItem
    names: tuple[str, str]
    fields: tuple[Comparison, ...]
    waterfall: Waterfall

    @property
    def kinds(self) -> dict[str, str]:
        """What kind of values a field has, by its label: dates are told in the reader's form."""
        return {field.label: field.kind for field in FIELDS.values()}

    @property
    def versions(self) -> dict[str, int]:
        """The versions of the contacts as they are shown: a change in between is noticed."""
        sides = (self.item.left, self.item.right)
        return {
            side.contact: side.row_version
            for side in sides
            if side.contact is not None and side.row_version is not None
        }


def compare(item: ReviewItem) -> Pair:
    """Lay a possible match out."""
    left, right = dict(item.left.standard), dict(item.right.standard)
    return Pair(
        item=item,
        names=(name_record(left) or "no name", name_record(right) or "no name"),
        fields=compare_records(left, right),
        waterfall=draw_waterfall(read_reasons(item.evidence), item.weight),
    )


def read_reasons(evidence: Sequence[Mapping[str, Any]]) -> tuple[Reason, ...]:
    """The reasons of a decision, from its evidence."""
    return tuple(
        Reason(str(each["comparison"]), str(each["words"]), each["weight"]) for each in evidence
    )
