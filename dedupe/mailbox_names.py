"""Given names read from mailboxes: whose given name is missing or an initial may write it there."""

import re
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from dedupe.features import Features

_CUT = re.compile(r"[._\-]+")
_NO_LETTERS = re.compile(r"[^a-z._\-]+")


def complete_given_names(features: "Features") -> None:
    """Fill missing given names and spell out initials, where the mailbox holds the family name.

    "S. Hirsch" with sabine_hirsch@... is compared as "sabine", a missing given name with
    jsmith@... as "j".
    """
    if not {"family", "mailbox"} <= features.keys():
        return
    features.setdefault("given", features["family"].emptied())
    given, family, mailbox = features["given"], features["family"], features["mailbox"]
    short = np.append(given.sizes == 1, True)[given.first]
    rows = np.flatnonzero(short & (family.first >= 0) & (mailbox.codes >= 0).any(axis=1))
    texts = {int(row): _name_of(features, int(row)) for row in rows}
    found = {row: text for row, text in texts.items() if text}
    if not found:
        return
    features["given"] = given.put(np.fromiter(found, np.int64, len(found)), list(found.values()))


def _name_of(features: "Features", row: int) -> str | None:
    """The given name, or its initial, that a record's mailboxes tell; null where none does."""
    given, family, mailbox = features["given"], features["family"], features["mailbox"]
    code = given.first[row]
    known = str(given.texts[code]) if code >= 0 else ""
    name = str(family.texts[family.first[row]]).replace(" ", "")
    for slot in mailbox.codes[row]:
        read = read_given_name(str(mailbox.texts[slot]), name) if slot >= 0 else None
        if read and read.startswith(known) and len(read) > len(known):
            return read
    return None


def read_given_name(mailbox: str, family: str) -> str | None:
    """Read the given name (or its initial) from a mailbox made of it and the family name."""
    words = [word for word in _CUT.split(_NO_LETTERS.sub("", mailbox)) if word]
    if len(words) == 2 and family in words:
        return words[1 - words.index(family)]
    if len(words) == 1 and len(family) >= 4 and words[0].endswith(family):
        return words[0].removesuffix(family) or None
    return None
