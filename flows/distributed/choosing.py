"""How a step does its work: on this machine, or by workers where there are some.

What workers need is loaded where there are some: a check loads no matching.
"""

from functools import partial
from typing import TYPE_CHECKING

from validators.standardize.frame import WorkOn
from validators.standardize.pieces import on_this_machine

if TYPE_CHECKING:
    from dedupe.pairs import Pairing
    from flows.distributed.workers import Workers

__all__ = ["pairing_of", "work_of"]


def work_of(workers: "Workers | None") -> WorkOn:
    """How pieces of a table are standardized."""
    if workers is None:
        return on_this_machine
    from flows.distributed.cleaning import work_on  # noqa: PLC0415 - see above

    return partial(work_on, workers)


def pairing_of(workers: "Workers | None") -> "Pairing":
    """How pairs are found and weighed."""
    if workers is None:
        from dedupe.pairs import block  # noqa: PLC0415 - see above

        return block
    from flows.distributed.pairing import pair_on  # noqa: PLC0415 - see above

    return partial(pair_on, workers)
