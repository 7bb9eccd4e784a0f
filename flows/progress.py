"""The steps of the main path in the order they are taken, and what people are told meanwhile."""

from typing import Final

__all__ = ["STEPS", "WORDS", "place_of"]

# In place of the names of the functions.
WORDS: Final = {
    "extract": "reading the file",
    "map_columns": "mapping its columns",
    "standardize": "standardizing values",
    "look_up_mail_domains": "asking which mail domains there are",
    "validate": "checking values",
    "quarantine": "setting bad rows apart",
    "keep_out": "keeping out who was erased",
    "mend_companies": "comparing companies with known ones",
    "watch": "comparing with the last imports",
    "skip_seen": "leaving out what was seen before",
    "look_up": "looking for known people",
    "match": "matching",
    "merge": "merging",
    "load": "loading",
    "remember": "remembering what this import looked like",
    "report": "writing the report",
}
STEPS: Final = len(WORDS)


def place_of(step: str) -> int:
    """The place of a step among all, from 1; 0 for one that is not of the main path.

    Some steps are left out at times, and some are done again where the store changed meanwhile:
    the place says how far an import is, the number of steps done does not.
    """
    return list(WORDS).index(step) + 1 if step in WORDS else 0
