"""Memory between the steps of a large import."""

import ctypes
import sys

import pyarrow as pa

__all__ = ["give_back"]


def give_back() -> None:
    """Give memory that earlier steps have let go of back to the system.

    Arrow and the C library keep what was freed, each for its own next use, and a step that needs
    much of the one kind would come on top of what lies idle in the other.
    """
    pa.default_memory_pool().release_unused()
    if sys.platform == "linux":
        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)  # not every C library has it
        if trim is not None:
            trim(0)
