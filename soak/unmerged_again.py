"""A steward unmerges, then the same import comes again: nobody is merged again.

`python -m soak.unmerged_again [PAIRS]`. Pairs of rows that the rules merge are taken apart, one by
one. Then the same file comes again, then the same people with a column more, then once more after
the first import was undone.
"""

import sys
import tempfile
from pathlib import Path

from sqlalchemy import select

from crm.acts import Who
from crm.models import link
from crm.opening import reading
from crm.store import Store, open_store
from crm.undoing import undo
from crm.unmerging import unmerge
from crm.verify import verify
from soak.taking_back import import_file

PAIRS = 1_000
WHO = Who("soak")


def main() -> None:
    """Print how many of the pairs came together again."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else PAIRS
    with tempfile.TemporaryDirectory() as name, open_store(f"sqlite:///{name}/soak.db") as store:
        folder = Path(name)
        import_file(store, _write(folder / "first.csv", count, ""))
        merged = [pair for pair in range(count) if _together(store, 2 * pair + 1)]
        for pair in merged:
            unmerge(store, f"r{2 * pair + 2}", WHO)
        import_file(store, folder / "first.csv")
        again = sum(_together(store, 2 * pair + 1) for pair in merged)
        import_file(store, _write(folder / "second.csv", count, "again"))
        first = 2 * count
        again += sum(_together(store, first + 2 * pair + 1) for pair in merged)
        undo(store, "b2", WHO)
        undo(store, "b1", WHO)
        import_file(store, _write(folder / "third.csv", count, "once more"))
        again += sum(_together(store, 2 * first + 2 * pair + 1) for pair in merged)
        wrong = verify(store)
    print(f"{again} of {len(merged):,} merged again; {len(wrong)} violations")
    sys.exit(bool(again or wrong or not merged))


def _write(path: Path, count: int, note: str) -> Path:
    """Pairs of rows of one e-mail and name in different cities."""
    lines = ["given_name,family_name,email,city,job_title,notes\n"]
    for pair in range(count):
        who = f"Given{_letters(pair)},Family{_letters(pair)},m{pair}@firm{pair}.example"
        lines += [f"{who},Salem,,{note}\n", f"{who},Boston,CEO,{note}\n"]
    path.write_text("".join(lines))
    return path


def _letters(number: int) -> str:
    return "".join(chr(97 + int(digit)) for digit in str(number))


def _together(store: Store, record: int) -> bool:
    """Whether a record and the next one are of one contact."""
    with reading(store.engine) as connection:
        owners = connection.scalars(
            select(link.c.contact_id).where(
                link.c.active, link.c.source_record_id.in_([record, record + 1])
            )
        ).all()
    return len(owners) == 2 and owners[0] == owners[1]


if __name__ == "__main__":
    main()
