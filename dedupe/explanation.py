"""Why two records are, or are not, held to be one person: the weights of a pair in words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from dedupe.comparisons import LEVELS
from dedupe.guards import REASONS
from dedupe.resolution import Resolution

_TOGETHER = 10_000  # pairs that are set out as Python values at a time
MINUS = "\N{MINUS SIGN}"


@dataclass(frozen=True)
class Line:
    """One comparison of a pair: its level, its weight in bits, and both in words."""

    comparison: str
    level: str
    weight: float
    words: str


@dataclass(frozen=True)
class Explanation:
    """All that speaks for and against one pair; the lines' weights add up to `total` bits."""

    left: int
    right: int
    lines: tuple[Line, ...]
    total: float
    decision: str

    def __str__(self) -> str:
        """Write everything that was said, strongest first, in one line."""
        told = [f"{line.words} {_signed(line.weight)}" for line in self.lines]
        return f"{', '.join(told)}: {_signed(self.total)} bits, {self.decision}"


def explain(resolution: Resolution, left: int, right: int) -> Explanation:
    """Explain a scored pair of rows; `KeyError` where the pair was not compared or fell short.

    Comparisons without a value on either side are left out: missing is not disagreement.
    """
    left, right = min(left, right), max(left, right)
    pairs = resolution.pairs
    found = pairs[(pairs["left"] == left) & (pairs["right"] == right)]
    if found.empty:
        raise KeyError(f"rows {left} and {right} are not a scored pair")
    return explain_pair(found.iloc[0].to_dict())


def explain_each(pairs: pd.DataFrame) -> Iterator[Explanation]:
    """Explain every line of `Resolution.pairs`, in order."""
    for at in range(0, len(pairs), _TOGETHER):
        yield from map(explain_pair, pairs.iloc[at : at + _TOGETHER].to_dict("records"))


def explain_pair(pair: Mapping[Any, Any]) -> Explanation:
    """Explain one line of `Resolution.pairs`, as a mapping of its columns."""
    lines = []
    for column, weight in pair.items():
        name = str(column).removeprefix("weight_")
        if name == column or abs(weight) < 0.05 or (level := int(pair[f"level_{name}"])) < 0:
            continue
        lines.append(_line(name, level, float(weight)))
    lines.sort(key=lambda line: (line.comparison in _LAST, -abs(line.weight), line.comparison))
    return Explanation(
        int(pair["left"]),
        int(pair["right"]),
        tuple(lines),
        float(pair["weight"]),
        {"match": "a match", "possible": "a possible match"}[str(pair["decision"])],
    )


_LAST = ("prior", "household", "guard")


def _line(name: str, level: int, weight: float) -> Line:
    if name == "prior":
        return Line(
            name, "before comparing", weight, "two records of this many are rarely one person"
        )
    if name == "household":
        words = "relatives of one name would share what agrees"
        return Line(name, "may be relatives", weight, words)
    if name == "guard":
        reason = REASONS[level]
        return Line(name, reason, weight, f"{reason}: others share what agrees")
    names = LEVELS[name]
    told, label = names[level], _LABELS.get(name, name.replace("_", " "))
    if level == len(names) - 1:
        return Line(name, told, weight, f"same {label}")
    if level == 0:
        return Line(name, told, weight, f"different {label}")
    return Line(name, told, weight, f"{label}: {_WORDS.get(told, told)}")


_LABELS = {
    "email": "e-mail",
    "national_id": "national id",
    "external_id": "record id",
    "domain": "mail or web domain",
    "birth_date": "date of birth",
    "street_2": "second address line",
    "occupation": "job title",
}
_WORDS = {
    "nickname": "nickname variants",
    "initial": "an initial of the other",
    "part": "one is part of the other",
    "middle name": "the other's middle name",
    "swapped": "given and family name swapped",
    "close": "a typing error apart",
    "typo": "a typing error apart",
    "in mailbox": "the other's is in the mailbox",
    "like year": "the year agrees, or all but one digit of it",
    "similar": "only similar",
    "near": "nearly the same",
    "contained": "one is contained in the other, or its initials",
}


def _signed(weight: float) -> str:
    return f"{MINUS if weight < 0 else '+'}{abs(weight):.1f}"
