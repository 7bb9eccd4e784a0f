"""Values as files of a folder that all workers see; large arrays are mapped, not read."""

import mmap
import pickle
from pathlib import Path
from typing import Any, Final
from uuid import uuid4

__all__ = ["share", "shared"]

_ALIGNED: Final = 64  # bytes; what Arrow and numpy like best


def share(value: object, path: Path) -> None:
    """Write a value; whoever looks sees all of it or nothing, also if the writer is killed."""
    buffers: list[pickle.PickleBuffer] = []
    body = pickle.dumps(value, protocol=5, buffer_callback=buffers.append)
    views = [buffer.raw() for buffer in buffers]
    head = pickle.dumps((body, [len(view) for view in views]))
    fresh = path.with_name(f"{path.name}.{uuid4().hex}")
    with fresh.open("wb") as file:
        file.write(len(head).to_bytes(8, "little"))
        file.write(head)
        for view in views:
            file.write(b"\0" * (-file.tell() % _ALIGNED))
            file.write(view)
    fresh.replace(path)


def shared(path: Path) -> Any:
    """Read a value; its arrays are read-only, and cost memory only where they are looked at."""
    with path.open("rb") as file:
        whole = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
    at = 8 + int.from_bytes(whole[:8], "little")
    body, sizes = pickle.loads(whole[8:at])  # noqa: S301 - our own workers wrote it
    buffers = []
    for size in sizes:
        at += -at % _ALIGNED
        buffers.append(whole[at : at + size])
        at += size
    return pickle.loads(body, buffers=buffers)  # noqa: S301 - our own workers wrote it
