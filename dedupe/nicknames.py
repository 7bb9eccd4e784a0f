"""Given names that stand for one another: "Bob" and "Robert", "Hans" and "Johannes".

English names come from the `nicknames` package (Apache-2.0, hand-curated by C. Northern and
others), those of other languages from `short_forms`.
"""

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from dedupe.short_forms import read_short_forms

_FORMS_OF_A_FULL_NAME = 3


@lru_cache(maxsize=1)
def _canonical_names() -> dict[str, frozenset[str]]:
    from nicknames import name_triplets  # noqa: PLC0415 - reads a file, so only when needed

    table: dict[str, set[str]] = {}
    for triplet in name_triplets():
        table.setdefault(triplet.name2, {triplet.name2}).add(triplet.name1)
    _turn_round(table)
    for full, shorts in read_short_forms().items():
        for short in shorts:
            table.setdefault(short, {short}).add(full)
    return {name: frozenset(full) for name, full in table.items()}


def _turn_round(table: dict[str, set[str]]) -> None:
    """Full names are no forms of shorter ones: where William is listed as a form of Bill, turn it.

    Else Robert, listed as a form of Bill too, and William would be forms of one name.
    """
    shorts = Counter(full for fulls in table.values() for full in fulls)
    for name, fulls in list(table.items()):
        if shorts[name] <= _FORMS_OF_A_FULL_NAME:
            continue
        for full in [f for f in fulls if len(f) < len(name) and not name.startswith(f)]:
            fulls.discard(full)
            if len(table.setdefault(full, {full})) == 1:
                table[full].add(name)


def canonical_names(name: str) -> frozenset[str]:
    """Every full name that `name` (folded, one word) may stand for, itself among them."""
    return _canonical_names().get(name) or frozenset((name,))


def list_forms(names: Sequence[str]) -> list[tuple[int, frozenset[str]]]:
    """Positions of the `names` that may stand for others, and all that each may stand for."""
    known = _canonical_names()
    return [(at, known[name]) for at, name in enumerate(names) if name in known]


def write_umlauts_short(name: str) -> str:
    """Write "guenther" as "gunther", which is what is left of "Günther" without its dots."""
    return name.replace("ae", "a").replace("oe", "o").replace("ue", "u")


def nickname_pairs(names: Sequence[str]) -> npt.NDArray[np.int64]:
    """Pairs of positions in `names` that may be forms of one name, both ways round.

    Each pair is packed as `left << 32 | right`; sorted, with one impossible entry at least.
    """
    known = _canonical_names()
    forms: dict[str, list[int]] = {}
    for at, name in enumerate(names):
        written = name if name in known else write_umlauts_short(name)
        for form in known.get(written) or (name,):
            forms.setdefault(form, []).append(at)
    packed = {-1}
    for group in forms.values():
        if len(group) > 1:
            packed.update(a << 32 | b for a in group for b in group if a != b)
    return np.array(sorted(packed), dtype=np.int64)


def initial_of(name: str) -> str:
    """The initial of the full name: that of Bob is r; "" where several are likely (Bert)."""
    if name not in _canonical_names():
        return name[0]
    forms = _count_forms()
    fulls = canonical_names(name)
    most = max(forms[full] for full in fulls)
    if 2 * forms[name] >= most:
        return name[0]
    likely = {full[0] for full in fulls if 2 * forms[full] >= most}
    return likely.pop() if len(likely) == 1 else ""


@lru_cache(maxsize=1)
def _count_forms() -> Counter[str]:
    """How many forms every full name has, without itself."""
    return Counter(
        full for name, fulls in _canonical_names().items() for full in fulls if full != name
    )


@lru_cache(maxsize=1)
def _given_names() -> frozenset[str]:
    return frozenset(_canonical_names()) | frozenset().union(*_canonical_names().values())


def is_given_name(name: str) -> bool:
    """Whether a folded name is a given name of the tables here."""
    return name in _given_names()
