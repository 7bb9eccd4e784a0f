"""Which records are one person: blocking, comparison, weights, clustering, survivorship, why.

The names below are loaded when they are first used; importing the package loads nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dedupe.accounts import Accounts, resolve_accounts
    from dedupe.explanation import Explanation, explain
    from dedupe.keys import blocking_keys
    from dedupe.model import Model
    from dedupe.resolution import Resolution, resolve
    from dedupe.waterfall import draw_waterfall

_HOMES = {
    "Accounts": "dedupe.accounts",
    "Explanation": "dedupe.explanation",
    "Model": "dedupe.model",
    "Resolution": "dedupe.resolution",
    "blocking_keys": "dedupe.keys",
    "draw_waterfall": "dedupe.waterfall",
    "explain": "dedupe.explanation",
    "resolve": "dedupe.resolution",
    "resolve_accounts": "dedupe.accounts",
}

__all__ = [
    "Accounts",
    "Explanation",
    "Model",
    "Resolution",
    "blocking_keys",
    "draw_waterfall",
    "explain",
    "resolve",
    "resolve_accounts",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'dedupe' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
