"""What can go wrong with a store, by name.

StoreError
├── StoreUnreachableError  no such file, folder, server or database; not a database
├── StoreMissingError      there is none yet, and looking makes none
├── StoreForeignError      a database that holds other tables than ours
├── StoreNewerError        written by a newer Leadgate
├── StoreLockedError       another program holds it
├── StoreReadOnlyError     it cannot be written
├── StoreFullError         there is no room left for it
├── StoreFaultError        the disk does not read or write as it should
├── StoreChangedError      someone else wrote what an import depends on; run it again
├── ConflictError          someone else changed a contact a person is working on
├── ErasureKeyError        the key under which people were erased is not at hand
├── RefusedError           something stands against what a person wants
└── UnknownIdError         no such contact, batch, source record or quarantine row
"""

__all__ = [
    "ConflictError",
    "ErasureKeyError",
    "RefusedError",
    "StoreChangedError",
    "StoreError",
    "StoreFaultError",
    "StoreForeignError",
    "StoreFullError",
    "StoreLockedError",
    "StoreMissingError",
    "StoreNewerError",
    "StoreReadOnlyError",
    "StoreUnreachableError",
    "UnknownIdError",
]

SHOWN = 10


class StoreError(Exception):
    """A store cannot be used; `url` names it without its password. Nothing was changed."""

    problem: str = "cannot be used"
    advice: str = ""

    def __init__(self, url: str, detail: str = "") -> None:
        self.url = url
        self.detail = detail
        because = f" ({detail})" if detail else ""
        super().__init__(f"The store {url} {self.problem}{because}. {self.advice}".rstrip())

    def __reduce__(self) -> tuple[object, ...]:
        """Another process gets the very error: made anew, it would tell its message twice."""
        return _revive, (type(self), self.args, self.__dict__)


def _revive(kind: type[StoreError], args: tuple[object, ...], state: dict[str, object]) -> object:
    error = kind.__new__(kind, *args)
    error.__dict__.update(state)
    return error


class StoreUnreachableError(StoreError):
    """There is no such file, folder, server or database, or it is no database at all."""

    problem = "cannot be reached"
    advice = "Check the store's URL, and that the folder exists or the server runs."


class StoreMissingError(StoreError):
    """There is no store yet, and what was asked for makes none."""

    problem = "is not there"
    advice = "Import something, or name another: --store."


class StoreForeignError(StoreError):
    """The database belongs to something else."""

    problem = "holds tables that are not Leadgate's"
    advice = "Give Leadgate a database of its own."


class StoreNewerError(StoreError):
    """The schema is of a later release than this program."""

    problem = "was written by a newer Leadgate"
    advice = "Upgrade Leadgate, or restore a backup made by this version."


class StoreLockedError(StoreError):
    """Another program has held the store for longer than the busy timeout."""

    problem = "is locked by another program"
    advice = "Wait until that one is done, or stop it, then try again."


class StoreReadOnlyError(StoreError):
    """The file or the database cannot be written."""

    problem = "cannot be written"
    advice = "Make the file and its folder writable, or use another store."


class StoreFullError(StoreError):
    """The disk, or the room the database may take, is full; what is loaded stays."""

    problem = "has no room left"
    advice = "Make room, then run the import again: it continues where it stopped."


class StoreFaultError(StoreError):
    """The disk refused to read or write; what is loaded stays."""

    problem = "could not be read or written (I/O error)"
    advice = "Check the disk, quotas and limits on the size of files, then try again."


class StoreChangedError(StoreError):
    """Another import wrote contacts this one would have matched; what is loaded stays."""

    problem = "was changed by another import meanwhile"
    advice = "Run the import again: it continues where it stopped."


class ConflictError(StoreError):
    """Contacts are no longer what the person saw; `changed` are their ids. Nothing was written."""

    problem = "was changed by someone else meanwhile"
    advice = "Look at it again, and repeat what is still right."

    def __init__(self, url: str, changed: tuple[str, ...]) -> None:
        self.changed = changed
        super().__init__(url, ", ".join(changed))


class ErasureKeyError(StoreError):
    """Erased people cannot be known again: their key is missing, or is another."""

    problem = "remembers erased people under a key that is not at hand"
    advice = "Nothing was done; docs/stewardship.md tells of the key."


class RefusedError(StoreError):
    """What was asked for cannot be done; `because` are the ids of what stands against it."""

    problem = "was left as it is"
    advice = "Look at what stands against it first."

    def __init__(self, url: str, why: str, because: tuple[str, ...] = ()) -> None:
        self.because = because
        named = f": {', '.join(because[:SHOWN])}" if because else ""
        super().__init__(url, why + named)


class UnknownIdError(StoreError):
    """Nothing in the store has this id."""

    advice = "Ids look like c12 (contact), r3 (source record), b1 (batch) or q4 (quarantine row)."

    def __init__(self, url: str, unknown: str) -> None:
        self.problem = f"does not hold {unknown}"
        super().__init__(url)
        self.detail = f"there is no {unknown}"
