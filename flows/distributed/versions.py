"""Which code a process runs: two machines with different code would decide differently."""

import hashlib
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Final

__all__ = ["fingerprint"]

_PACKAGES: Final = ("dedupe", "validators", "flows.distributed")


@cache
def fingerprint() -> str:
    """Digest of the modules that workers run."""
    digest = hashlib.sha256()
    for package in _PACKAGES:
        spec = find_spec(package)
        for folder in (spec and spec.submodule_search_locations) or ():
            for module in sorted(Path(folder).rglob("*.py")):
                digest.update(module.read_bytes())
    return digest.hexdigest()
