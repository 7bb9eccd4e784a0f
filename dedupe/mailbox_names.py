"""Names read from mailboxes: given names that are missing or an initial, and former family names.

An address outlives a marriage and fills a gap: "S. Hirsch" with sabine_hirsch@... is Sabine, and
Petra Brunner with p.reichert@... was once, or is also, called Reichert.
"""

import re
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from dedupe import texts as of
from dedupe.nicknames import is_given_name
from dedupe.normalize import first_letter, first_word, last_word, without_spaces
from dedupe.texts import Texts, as_list

if TYPE_CHECKING:
    from dedupe.features import Feature, Features

_CUT = re.compile(r"[._\-]+")
_NO_LETTERS = re.compile(r"[^a-z._\-]+")
# Given name or initial, and a family name of four letters at least.
_NAMES = r"^(?:[a-z]+[._\-]|[a-z])([a-z]{4,})$"


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
    names = str(family.texts[family.first[row]])
    for name in dict.fromkeys((names.replace(" ", ""), names.split(" ", 1)[0])):
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


def complete_family_names(features: "Features", *, alone: bool) -> "Feature | None":
    """Fill missing family names; return other family names that mailboxes tell, null where none.

    A mailbox is read as given name (or initial) and family name where the given name agrees and,
    unless `alone`, other records hold that family name.
    """
    if not {"given", "mailbox"} <= features.keys():
        return None
    features.setdefault("family", features["given"].emptied())
    given, family, mailbox = features["given"], features["family"], features["mailbox"]
    held = None if alone else frozenset(as_list(family.distinct))
    read = mailbox.derive(lambda boxes: _read_family_names(boxes, held))
    initial = mailbox.derive(first_letter)
    agrees = _text_of(given.derive(first_letter)) == _text_of(initial)
    own = [_text_of(family.derive(part)) for part in (first_word, last_word, without_spaces)]
    told = _text_of(read)
    other = (told != "") & agrees & np.logical_and.reduce([told != text for text in own])
    missing = np.flatnonzero(other & (family.first < 0))
    if len(missing):
        features["family"] = family.put(missing, told[missing].tolist())
    known = np.where(other & (family.first >= 0), read.first, -1)
    return (
        type(read)(known[:, None].astype(np.int32), read.distinct) if (known >= 0).any() else None
    )


def _read_family_names(boxes: Texts, held: frozenset[str | None] | None) -> Texts:
    """The family name in each mailbox, if it is one of `held` (null: any), else null."""
    parts = of.keep(of.replace(boxes, "[0-9]+", ""), _NAMES)

    def admit(name: str) -> str | None:
        return name if (held is None or name in held) and not is_given_name(name) else None

    return of.look_up(of.replace(parts, _NAMES, r"\1"), admit)


def _text_of(feature: "Feature") -> npt.NDArray[np.object_]:
    """The text of each record's first value, "" where missing."""
    return np.append(feature.texts, "")[feature.first]
