"""A program that is killed by SIGKILL at a chosen point: a statement, or a file operation.

Files change only where a system call asks for it, so a kill before each of these calls leaves
every state that a kill can leave. The calls are counted with ptrace (Linux).
"""

import ctypes
import os
import platform
import signal
import struct
from collections.abc import Callable
from typing import Any, Final

from sqlalchemy import Engine, event

__all__ = ["die_at"]

# write, pwrite64, writev, sendto, sendmsg, fsync, fdatasync, truncate, ftruncate, rename, mkdir,
# rmdir, unlink, pwritev, unlinkat, renameat, renameat2, open, openat
CALLS: Final = {
    "x86_64": {1, 18, 20, 44, 46, 74, 75, 76, 77, 82, 83, 84, 87, 296, 263, 264, 316, 2, 257},
    "aarch64": {64, 68, 66, 206, 211, 82, 83, 45, 46, 34, 35, 70, 38, 276, 56},
}
TRACEME, SYSCALL, SETOPTIONS, GET_SYSCALL_INFO = 0, 24, 0x4200, 0x420E
GOOD_OPTIONS: Final = 0x00100001  # die with the tracer; tell calls from other stops
ENTRY: Final = 1


def die_at(kind: str, number: int, act: Callable[[], object]) -> int:
    """Run `act` in a process of its own, killed at point `number`; returns how many it passed.

    Points are counted from 1; with 0 nothing is killed. `kind` is `statement` or `operation`.
    """
    if kind == "operation":
        return _trace(number, act)
    receiving, sending = os.pipe()
    child = os.fork()
    if not child:
        _run(lambda: _count_statements(number, act, sending))
    os.close(sending)
    with os.fdopen(receiving, "rb") as pipe:
        passed = len(pipe.read())
    _check(os.waitpid(child, 0)[1], number)
    return passed


def _run(act: Callable[[], object]) -> None:
    """Be the child: do it, and never come back."""
    code = 70
    try:
        act()
        code = 0
    finally:
        os._exit(code)


def _check(status: int, number: int) -> None:
    killed = os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
    if not (killed and number) and status != 0:
        raise RuntimeError(f"the program to be killed ended by itself with status {status:#x}")


def _count_statements(number: int, act: Callable[[], object], sending: int) -> None:
    passed = 0

    def before(*_: Any) -> None:
        nonlocal passed
        passed += 1
        os.write(sending, b".")
        if passed == number:
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(Engine, "before_cursor_execute", before)
    event.listen(Engine, "commit", before)
    act()


def _trace(number: int, act: Callable[[], object]) -> int:
    wanted = CALLS[platform.machine()]
    ptrace = ctypes.CDLL(None, use_errno=True).ptrace
    ptrace.restype = ctypes.c_long
    ptrace.argtypes = [ctypes.c_long, ctypes.c_long, ctypes.c_void_p, ctypes.c_void_p]
    child = os.fork()
    if not child:
        ptrace(TRACEME, 0, None, None)
        os.kill(os.getpid(), signal.SIGSTOP)
        _run(act)
    os.waitpid(child, 0)
    ptrace(SETOPTIONS, child, None, GOOD_OPTIONS)
    info = ctypes.create_string_buffer(88)
    passed, given = 0, 0
    while True:
        ptrace(SYSCALL, child, None, given)
        _, status = os.waitpid(child, 0)
        if not os.WIFSTOPPED(status):
            _check(status, number)
            return passed
        stop = os.WSTOPSIG(status)
        given = 0 if stop & 0x80 or stop in {signal.SIGTRAP, signal.SIGSTOP} else stop
        if not stop & 0x80:
            continue
        ptrace(GET_SYSCALL_INFO, child, len(info), ctypes.addressof(info))
        if info.raw[0] == ENTRY and struct.unpack_from("Q", info, 24)[0] in wanted:
            passed += 1
            if passed == number:
                os.kill(child, signal.SIGKILL)
