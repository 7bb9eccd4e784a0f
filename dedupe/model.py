"""The weights that decide: m and u of every comparison level, the prior and the thresholds."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from functools import cached_property, lru_cache
from importlib.resources import files
from typing import Any

import numpy as np
import numpy.typing as npt


@dataclass(frozen=True)
class Model:
    """A versioned set of match weights.

    `m[c][level]` is the share of true pairs, `u[c][level]` the share of pairs of different people
    at that level of comparison `c`; the weight of a level is `log2(m / u)` bits. `duplicates` is
    the expected number of other records of the same person, `population` the least number of
    records to reckon with. A pair weighs `match` bits or more: match; `possible` or more: possible
    match. `lenient` names comparisons whose contradictions are no veto, because sure pairs often
    differ in them, and `circumstances` where it is known who shares them. `one_of_family` is the
    log odds that two records of one family name and home are one person and no relatives.
    """

    version: str
    m: Mapping[str, tuple[float, ...]]
    u: Mapping[str, tuple[float, ...]]
    duplicates: float
    population: int
    match: float
    possible: float
    lenient: tuple[str, ...] = ()
    one_of_family: float = 2.0

    @cached_property
    def tables(self) -> Mapping[str, npt.NDArray[np.float32]]:
        """Weight of each level of each comparison; the last is that of a missing value, 0."""
        return {
            name: np.append(np.log2(np.array(m) / np.array(self.u[name])), 0).astype(np.float32)
            for name, m in self.m.items()
            if name in self.u
        }

    def to_json(self) -> str:
        """Write the model as text that `from_json` reads."""
        return json.dumps(asdict(self), indent=2)

    @classmethod
    def from_json(cls, text: str) -> "Model":
        """Read a model, also an older one; `ValueError` names a key that is missing or unknown."""
        raw = json.loads(text)
        if isinstance(raw, dict) and str(raw.get("version")).startswith(("2", "3", "4")):
            _complete(raw)
        wanted = set(cls.__dataclass_fields__)
        if not isinstance(raw, dict) or set(raw) != wanted:
            found = set(raw) if isinstance(raw, dict) else set()
            keys = ", ".join(sorted(wanted ^ found))
            raise ValueError(f"model: keys missing or unknown: {keys}")
        for name in ("m", "u"):
            raw[name] = {c: tuple(values) for c, values in raw[name].items()}
        raw["lenient"] = tuple(raw["lenient"])
        return cls(**raw)


def _complete(raw: dict[str, Any]) -> None:
    """Add to a model of version 2 to 4 what version 5 knows besides, as it is shipped."""
    shipped = shipped_model()
    raw.setdefault("one_of_family", shipped.one_of_family)
    for name in ("m", "u"):
        for comparison, known in getattr(shipped, name).items():
            raw.get(name, {}).setdefault(comparison, known)


@lru_cache(maxsize=8)
def cautious_model(caution: float) -> Model:
    """The shipped model, by which a match needs so many bits more."""
    model = shipped_model()
    return replace(model, match=model.match + caution)


@lru_cache(maxsize=1)
def shipped_model() -> Model:
    """The model that is used unless another one is given."""
    return Model.from_json(files("dedupe").joinpath("model.json").read_text(encoding="utf-8"))
