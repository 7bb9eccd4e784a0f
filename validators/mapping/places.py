"""The columns of one address, chosen together.

A table can hold a street of the office, one of the home, and a town that is neither's: the parts
of an address are taken from the columns that go together.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from validators.mapping import morphemes
from validators.mapping.headers import fold_header
from validators.mapping.lookup import spell_out
from validators.mapping.naming import Candidate
from validators.words import words

PARTS: Final = words("street city region postal_code country")
# An address of so many parts takes precedence over a part that stands alone.
WHOLE: Final = 3
LONELY: Final = 0.9


def join_places(settled: Mapping[str, Candidate]) -> dict[str, Candidate]:
    """Weaken the part of an address that stands alone, where another one has all of them."""
    places = {h: c.fields[0] for h, c in settled.items() if len(c.fields) == 1}
    group = {header: _qualifiers(header) for header, field in places.items() if field in PARTS}
    size = Counter(group.values())
    weaker = dict(settled)
    for header, own in group.items():
        if size[own] > 1:
            continue
        rivals = [
            each
            for each, theirs in group.items()
            if places[each] == places[header] and size[theirs] >= WHOLE
        ]
        best = max((settled[each].confidence for each in rivals), default=None)
        if best is not None and best <= settled[header].confidence:
            weaker[header] = replace(settled[header], confidence=round(best * LONELY, 3))
    return weaker


def _qualifiers(header: str) -> frozenset[str]:
    found = frozenset(spell_out(fold_header(header)))
    return found & (morphemes.BUSINESS | morphemes.PRIVATE | {"mailing", "billing", "shipping"})
