"""How a step does its work: on this machine, or by workers where there are some."""

from functools import partial

from dedupe.pairs import Pairing, block
from flows.distributed.cleaning import work_on
from flows.distributed.pairing import pair_on
from flows.distributed.workers import Workers
from validators.standardize.frame import WorkOn
from validators.standardize.pieces import on_this_machine

__all__ = ["pairing_of", "work_of"]


def work_of(workers: Workers | None) -> WorkOn:
    """How pieces of a table are standardized."""
    return partial(work_on, workers) if workers else on_this_machine


def pairing_of(workers: Workers | None) -> Pairing:
    """How pairs are found and weighed."""
    return partial(pair_on, workers) if workers else block
