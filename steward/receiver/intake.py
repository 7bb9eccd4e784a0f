"""Puts events into the inbox: many deliveries in one transaction, one after the other.

A transaction costs a write to the disk that nothing makes faster; deliveries that come meanwhile
wait for the next one together, so that a hundred a second cost hardly more than one.
"""

import asyncio
import queue
import threading
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

from crm.checkpoints import checkpoint, defer_checkpoints
from crm.errors import StoreError
from crm.inbox import Letter, Put, put_letters, rehearse
from crm.store import Store

TOGETHER: Final = 200
WAITING: Final = 2_000
CHECKPOINT_SECONDS: Final = 5.0


class IntakeFullError(Exception):
    """More deliveries wait for the disk than can be kept in memory."""


@dataclass(frozen=True)
class _Waiting:
    letters: Sequence[Letter]
    loop: asyncio.AbstractEventLoop
    answer: "asyncio.Future[list[Put]]"

    def tell(self, results: list[Put] | BaseException) -> None:
        """Answer the one who waits, in their own thread."""
        self.loop.call_soon_threadsafe(self._set, results)

    def _set(self, results: list[Put] | BaseException) -> None:
        if self.answer.done():  # gone meanwhile
            return
        if isinstance(results, BaseException):
            self.answer.set_exception(results)
        else:
            self.answer.set_result(results)


class Intake:
    """The one thread of this process that writes the inbox; close it to let it finish."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._queue: queue.Queue[_Waiting | None] = queue.Queue(WAITING)
        self._thread = threading.Thread(target=self._run, name="inbox", daemon=True)
        self._closed = threading.Event()
        if defer_checkpoints(store):
            threading.Thread(target=self._tidy, name="checkpoints", daemon=True).start()
        self._thread.start()

    def warm_up(self) -> None:
        """Do everything once that is slow the first time; nothing of it stays."""
        with suppress(StoreError):  # one that cannot be written now: whoever delivers is told
            rehearse(self._store)

    async def put(self, letters: Sequence[Letter]) -> list[Put]:
        """Put the letters of one delivery down; when this returns they are durable.

        Raises `IntakeFullError`, or the `StoreError` that kept them from being written.
        """
        loop = asyncio.get_running_loop()
        waiting = _Waiting(letters, loop, loop.create_future())
        try:
            self._queue.put_nowait(waiting)
        except queue.Full:
            raise IntakeFullError from None
        return await waiting.answer

    def close(self) -> None:
        """Write what is waiting, and stop."""
        self._closed.set()
        self._queue.put(None)
        self._thread.join()

    def _run(self) -> None:
        while True:
            batch = [self._queue.get()]
            while len(batch) < TOGETHER and not self._queue.empty():
                batch.append(self._queue.get())
            self._write([each for each in batch if each is not None])
            if None in batch:
                return

    def _tidy(self) -> None:
        while not self._closed.wait(CHECKPOINT_SECONDS):
            with suppress(StoreError):  # the next time will do
                checkpoint(self._store)

    def _write(self, batch: list[_Waiting]) -> None:
        if not batch:
            return
        try:
            results = put_letters(
                self._store, [letter for each in batch for letter in each.letters]
            )
        except Exception as error:  # noqa: BLE001 - told to whoever waits
            if len(batch) == 1:
                batch[0].tell(error)
                return
            for each in batch:  # one that cannot be written takes no other with it
                self._write([each])
            return
        start = 0
        for each in batch:
            end = start + len(each.letters)
            each.tell(results[start:end])
            start = end
