"""Erasing a person, and what is kept beside the store that holds them.

Reports and uploads of the imports that held the person are removed as a whole: they hold the
person too, and reports can be written again from the store.
"""

import shutil
from collections.abc import Iterable

from crm.acts import Who
from crm.erasure import Erased, erase
from steward.desk import Desk


def erase_person(desk: Desk, contact: str, who: Who) -> Erased:
    """Erase a person, for good, and the files that hold them."""
    done = erase(desk.store, contact, who)
    _remove_files(desk, done.batches)
    return done


def _remove_files(desk: Desk, batches: Iterable[str]) -> None:
    for batch in batches:
        shutil.rmtree(desk.reports / batch, ignore_errors=True)
    for folder in desk.uploads.glob("*/"):
        state = desk.pipeline.state_of(folder) if desk.pipeline else {"status": "new"}
        if state["status"] != "running":  # its import will meet the person's hash
            shutil.rmtree(folder, ignore_errors=True)
