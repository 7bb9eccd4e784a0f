"""`[[rules]]`: what a field must be, beyond what every lead must be."""

from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import AfterValidator, Field, model_validator

from leadgate.settings.section import Section
from validators.fields import FIELDS

if TYPE_CHECKING:
    from validators.own_rules import Rule


def _known(field: str) -> str:
    if field not in FIELDS:
        raise ValueError("is no field; docs/fields.md lists them all")
    return field


def _pattern(text: str) -> str:
    import pyarrow as pa  # noqa: PLC0415 - only where there are rules
    import pyarrow.compute as pc  # noqa: PLC0415 - only where there are rules

    try:
        pc.match_substring_regex(pa.array([""]), f"^(?:{text})$")
    except pa.ArrowInvalid as error:
        raise ValueError(f"is no regular expression of RE2 ({error})") from None
    return text


FieldName = Annotated[str, AfterValidator(_known)]
Bound = float | Annotated[str, Field(pattern=r"^\d{4}(-\d{2}(-\d{2})?)?$")]


class OwnRule(Section):
    """One `[[rules]]`."""

    name: str = Field(min_length=1)
    field: FieldName
    required: bool = False
    allowed: frozenset[str] | None = None
    pattern: Annotated[str, AfterValidator(_pattern)] | None = None
    minimum: Bound | None = None
    maximum: Bound | None = None
    unique: bool = False
    # Field -> the value, or the values, that a row must have for the rule to concern it.
    when: dict[FieldName, str | tuple[str, ...]] = Field(default_factory=dict)
    severity: Literal["error", "warning"] = "error"
    mostly: float = Field(1.0, gt=0, le=1)
    # The sources whose rows are held to it; none: those of every source.
    sources: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _demands_something(self) -> "OwnRule":
        given = (self.allowed, self.pattern, self.minimum, self.maximum)
        if not (self.required or self.unique or any(each is not None for each in given)):
            raise ValueError(
                "demands nothing: give required, allowed, pattern, minimum, maximum or unique"
            )
        return self

    def as_rule(self) -> "Rule":
        """Return the rule as the checks know it."""
        from validators.own_rules import Rule  # noqa: PLC0415 - only where there are rules

        when = {
            field: frozenset((values,) if isinstance(values, str) else values)
            for field, values in self.when.items()
        }
        return Rule(**{**self.model_dump(exclude={"sources"}), "when": when})
