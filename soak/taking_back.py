"""Random sequences of import, merge, edit, judge, unmerge: taken back, all is as it was.

`python -m soak.taking_back [SEQUENCES] [SEED] [URL]`. After each sequence every act is undone, the
last first, and the store has to say of everybody what it said before. Where no URL is given, every
`STRETCH` sequences have a new store; of two seeds at once each takes a core.
"""

import random
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import Select, select

from crm.acts import Who
from crm.canonical import canon
from crm.consents import give, withdraw
from crm.editing import add_note, edit
from crm.errors import RefusedError, UnknownIdError
from crm.merging import merge
from crm.models import contact, link
from crm.opening import reading
from crm.store import Store, open_store
from crm.undoing import undo
from crm.unmerging import unmerge
from crm.verify import verify
from flows.import_leads import load_cleaned
from flows.job import ImportJob
from flows.running import directly

SEQUENCES = 10_000
STRETCH = 50  # sequences before the store is verified
WHO = Who("soak")
NAMES = ["Ann Lee", "Anna Lee", "Bob Stone", "Cy Day", "Dee Fox", "Eve Oak"]
CITIES = ["Salem", "Boston", "Reno", "Bonn"]


def main() -> None:
    """Run the sequences; the first that is not restored stops it."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else SEQUENCES
    chance = random.Random(int(sys.argv[2]) if len(sys.argv) > 2 else 7)  # noqa: S311 - repeatable
    done = 0
    for first in range(0, count, STRETCH):
        with tempfile.TemporaryDirectory() as folder:
            url = sys.argv[3] if len(sys.argv) > 3 else f"sqlite:///{folder}/soak.db"
            with open_store(url) as store:
                world = World(store, Path(folder), chance)
                world.import_rows(12)
                done += sum(world.run(one) for one in range(first, min(first + STRETCH, count)))
                wrong = verify(store)
        if wrong:
            print(f"sequences from {first}: {wrong}")
            sys.exit(1)
    print(f"{count:,} sequences of {done:,} acts restored exactly; 0 violations")


class World:
    """A store, and what may be done to it."""

    def __init__(self, store: Store, folder: Path, chance: random.Random) -> None:
        self.store = store
        self.folder = folder
        self.random = chance
        self.files = 0

    def run(self, number: int) -> int:
        """Do some acts, take them back; returns how many."""
        before = canon(self.store)
        acts = [self._act() for _ in range(self.random.randint(2, 5))]
        made = [act for act in acts if act is not None]
        for what in reversed(made):
            refused = undo(self.store, what, WHO).refused
            if refused:
                raise AssertionError(f"sequence {number}: {what} was refused")
        after = canon(self.store)
        # The id of a contact that was split off leads back to the one it was split from.
        after["merged"] = [row for row in after["merged"] if row in before["merged"]]
        if after != before:
            names = [name for name in before if before[name] != after[name]]
            raise AssertionError(f"sequence {number}: {names} are not what they were")
        return len(made)

    def _act(self) -> str | None:
        """Do something; null where the store refuses it."""
        acts: list[Callable[[], str | None]] = [
            lambda: self.import_rows(self.random.randint(1, 3)),
            lambda: merge(self.store, [self._contact(), self._contact()], WHO).event,
            lambda: unmerge(self.store, self._record(), WHO).event,
            lambda: edit(self.store, self._contact(), {"city": self._city()}, WHO).event,
            lambda: edit(self.store, self._contact(), {"email": self._email()}, WHO).event,
            lambda: add_note(self.store, self._contact(), "rang", WHO).event,
            lambda: withdraw(self.store, self._contact(), "email", WHO).event,
            lambda: give(self.store, self._contact(), "email", WHO).event,
        ]
        try:
            return self.random.choice(acts)()
        except (RefusedError, UnknownIdError):
            return None

    def import_rows(self, count: int) -> str | None:
        """Import rows of people who may be known; returns the batch."""
        self.files += 1
        path = self.folder / f"leads{self.files}.csv"
        path.write_text("given_name,family_name,email,city,notes\n" + self._rows(count))
        return import_file(self.store, path)

    def _rows(self, count: int) -> str:
        lines = []
        for number in range(count):
            given, family = self.random.choice(NAMES).split()
            email = _write_email(given, family)
            lines.append(f"{given},{family},{email},{self._city()},{self.files}-{number}\n")
        return "".join(lines)

    def _email(self) -> str:
        return _write_email(*self.random.choice(NAMES).split())

    def _city(self) -> str:
        return self.random.choice(CITIES)

    def _contact(self) -> str:
        return "c" + self._choose(select(contact.c.id).where(contact.c.state == "live"))

    def _record(self) -> str:
        return "r" + self._choose(select(link.c.source_record_id).where(link.c.active))

    def _choose(self, ids: Select[tuple[int]]) -> str:
        with reading(self.store.engine) as connection:
            return str(self.random.choice(sorted(connection.scalars(ids))))


def _write_email(given: str, family: str) -> str:
    return f"{given}.{family}@{family}.example".lower()


def import_file(store: Store, path: Path) -> str | None:
    """Import a file into an open store; returns the batch (`b3`)."""
    from flows import cleaning  # noqa: PLC0415 - as the main path does it

    job = ImportJob("soak", path, "", default_country="US")
    mapped = cleaning.map_columns(cleaning.extract(job), job)
    cleaned = cleaning.quarantine(cleaning.validate(cleaning.standardize(mapped, job), job))
    result = load_cleaned(store, mapped, cleaned, job, directly)
    return None if result.batch is None or not result.written else f"b{result.batch}"


if __name__ == "__main__":
    main()
