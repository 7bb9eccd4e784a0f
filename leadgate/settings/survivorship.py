"""`[survivorship]`: which value of a contact survives."""

from typing import TYPE_CHECKING, Literal

from pydantic import Field

from leadgate.errors import InvalidValueError
from leadgate.settings.section import Section

if TYPE_CHECKING:  # pandas takes its time to load
    from dedupe.survivorship import SurvivorshipPolicy

Criterion = Literal["trust", "recency", "earliest", "completeness", "frequency"]


def _shipped_orders() -> dict[str, tuple[Criterion, ...]]:
    return {"lead_source": ("earliest", "trust")}


class Survivorship(Section):
    """How rival values are ranked, and which fields survive together."""

    order: tuple[Criterion, ...] = ("trust", "recency", "completeness")
    # Field or group -> its own order.
    fields: dict[str, tuple[Criterion, ...]] = Field(default_factory=_shipped_orders)
    # Group -> the fields that survive together; the shipped groups stay unless named here.
    groups: dict[str, tuple[str, ...]] = Field(default_factory=dict)

    def policy(self) -> "SurvivorshipPolicy":
        """The policy it describes; `InvalidValueError` where it names what does not exist."""
        from dedupe.survivorship import (  # noqa: PLC0415 - see above
            GROUPS,
            Group,
            PolicyError,
            SurvivorshipPolicy,
        )

        shipped = {group.name: group for group in GROUPS}
        named = {
            name: Group(
                name, fields, _whole(shipped[name].whole if name in shipped else (), fields)
            )
            for name, fields in self.groups.items()
        }
        try:
            return SurvivorshipPolicy(
                order=self.order, orders=self.fields, groups=tuple({**shipped, **named}.values())
            )
        except PolicyError as error:
            raise InvalidValueError(f"leadgate.toml: {error}.") from None


def _whole(shipped: tuple[str, ...], fields: tuple[str, ...]) -> tuple[str, ...]:
    """The fields a record must have to speak for the whole group; the first of a new group."""
    return tuple(name for name in shipped if name in fields) or fields[:1]
