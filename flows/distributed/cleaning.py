"""Pieces of a table, standardized by the workers of a cluster."""

from collections.abc import Callable
from typing import TypeVar

import pandas as pd

from flows.distributed import tasks
from flows.distributed.sharing import share, shared
from flows.distributed.workers import Workers
from validators.standardize.pieces import cut

Result = TypeVar("Result")


def work_on(
    workers: Workers, records: pd.DataFrame, work: Callable[[pd.DataFrame], Result]
) -> list[Result]:
    """Do some work on every piece of a table; results in order."""
    workers = workers.in_new_folder()
    pieces = cut(records, workers.count)
    for number, piece in enumerate(pieces):
        share(piece, workers.folder / f"piece-{number}")
    workers.do(tasks.work_on_piece, range(len(pieces)), work)
    return [shared(workers.folder / f"done-{number}") for number in range(len(pieces))]
