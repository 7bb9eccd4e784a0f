"""A program that ends with the one that started it: `python -m leadgate.cli.leashed COMMAND…`.

Where `leadgate up` is killed it cannot end what it started; the kernel does, on Linux.
"""

import ctypes
import os
import signal
import sys
from typing import Final

PARENT_DEATH: Final = 1  # PR_SET_PDEATHSIG of prctl(2)

if __name__ == "__main__":
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PARENT_DEATH, signal.SIGTERM)
    os.execvp(sys.argv[1], sys.argv[1:])  # noqa: S606 - what leadgate up was asked to start
