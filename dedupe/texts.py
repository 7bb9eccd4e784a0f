"""Operations on text, done on a whole Arrow column or on a Python list, with the same results.

Comparison values are described once, in terms of these. A batch brings millions of texts, for
which Arrow is ten times as fast as Python; a single lead brings a few, for which setting up one
Arrow call takes longer than all the work in Python. `fold` chooses. Missing texts stay missing.
"""

import re
from collections.abc import Callable, Sequence
from functools import lru_cache, wraps
from itertools import count, repeat
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

# A large_string array of Arrow, or a list of str and None.
Texts = Any
Fold = Callable[[Texts], Texts]

FEW = 500  # records whose texts Python looks at sooner than Arrow
_REMEMBERED = 20_000  # texts a fold
_UNSEEN = "\0"  # stands for what is not remembered; no comparison value holds it
# Letters and digits of all scripts; Python's `re` has no classes of Unicode categories.
LETTERS = r"\p{L}\p{N}"
_OTHERS = rf"[^{LETTERS}]+"


def fold(many: Fold) -> Fold:
    """Make a function of texts remember what came out of lists of them.

    For functions that look at each text alone and are made of the operations below. Of a list only
    texts that were not seen lately are folded, all of them together.
    """
    remembered: dict[str | None, str | None] = {None: None}

    @wraps(many)
    def either(texts: Texts) -> Texts:
        if not isinstance(texts, list):
            return many(texts)
        folded = list(map(remembered.get, texts, repeat(_UNSEEN)))
        if _UNSEEN not in folded:
            return folded
        seen = zip(texts, folded, strict=True)
        unseen = list(dict.fromkeys(text for text, was in seen if was is _UNSEEN))
        new = dict(zip(unseen, many(unseen), strict=True))
        if len(remembered) + len(new) > _REMEMBERED:
            remembered.clear()
            remembered[None] = None
        remembered.update(new)
        return [
            new[text] if was is _UNSEEN else was for text, was in zip(texts, folded, strict=True)
        ]

    return either


def as_column(texts: Sequence[str | None]) -> pa.Array:
    """Put texts into an Arrow array."""
    return pa.array(texts, pa.large_string())


def as_bytes(texts: pa.Array) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.uint8]]:
    """The UTF-8 of a column: text `i` is in the second from `first[i]` to `first[i + 1]`."""
    _, offsets, data = texts.buffers()
    if not len(texts) or data is None:
        return np.zeros(len(texts) + 1, dtype=np.int64), np.empty(0, dtype=np.uint8)
    starts = np.frombuffer(offsets, dtype=np.int64)[texts.offset : texts.offset + len(texts) + 1]
    return starts - starts[0], np.frombuffer(data, dtype=np.uint8)[starts[0] : starts[-1]]


def as_list(texts: Texts) -> list[str]:
    """Put texts, none of which is missing, into a list."""
    return texts if isinstance(texts, list) else texts.to_pylist()


def join(one: Texts, other: Texts) -> Texts:
    """Put one after the other."""
    return one + other if isinstance(one, list) else pa.concat_arrays([one, other])


def encode(texts: Texts) -> tuple[npt.NDArray[np.int32], Texts]:
    """Codes (-1 where missing) of texts in their distinct values, in the order they come."""
    if isinstance(texts, list):
        distinct = dict.fromkeys(texts)
        distinct.pop(None, None)
        place: dict[str | None, int] = dict(zip(distinct, count()))
        place[None] = -1
        return np.array(list(map(place.__getitem__, texts)), np.int32), list(distinct)
    coded = texts.dictionary_encode()
    indices = pc.fill_null(coded.indices, -1).to_numpy(zero_copy_only=False)
    return indices.astype(np.int32), coded.dictionary


def count_letters(texts: Texts) -> npt.NDArray[np.int64]:
    """The length of each text; none may be missing."""
    if isinstance(texts, list):
        return np.array([len(text) for text in texts], dtype=np.int64)
    lengths = pc.utf8_length(texts).to_numpy(zero_copy_only=False)
    return lengths.astype(np.int64)  # type: ignore[no-any-return] # Arrow is untyped


def are_among(texts: Texts, words: frozenset[str]) -> npt.NDArray[np.bool_]:
    """Whether each text is one of the words; none may be missing."""
    if isinstance(texts, list):
        return np.array([text in words for text in texts], dtype=np.bool_)
    found = pc.is_in(texts, as_column(sorted(words)))
    return found.to_numpy(zero_copy_only=False)  # type: ignore[no-any-return] # Arrow is untyped


def replace(texts: Texts, pattern: str, by: str, most: int | None = None) -> Texts:
    r"""Replace every match (at most so many) of a regular expression; `\1` is its first group."""
    if isinstance(texts, list):
        substitute, count = _compile(pattern).sub, most or 0
        return [None if text is None else substitute(by, text, count) for text in texts]
    return pc.replace_substring_regex(texts, pattern, by, max_replacements=most)


def replace_plain(texts: Texts, what: str, by: str) -> Texts:
    """Replace every occurrence of a plain text."""
    if isinstance(texts, list):
        return [None if text is None else text.replace(what, by) for text in texts]
    return pc.replace_substring(texts, what, by)


def cut(texts: Texts, start: int, stop: int | None = None) -> Texts:
    """Cut a part out of each text, by positions as in a slice."""
    if isinstance(texts, list):
        return [None if text is None else text[start:stop] for text in texts]
    return pc.utf8_slice_codeunits(texts, start, stop)


def lower(texts: Texts) -> Texts:
    """Write in lower case."""
    if isinstance(texts, list):
        return [None if text is None else text.lower() for text in texts]
    return pc.utf8_lower(texts)


def trim(texts: Texts) -> Texts:
    """Take spaces off both ends."""
    if isinstance(texts, list):
        return [None if text is None else text.strip() for text in texts]
    return pc.utf8_trim_whitespace(texts)


def trim_left(texts: Texts, letters: str) -> Texts:
    """Take some letters off the beginning."""
    if isinstance(texts, list):
        return [None if text is None else text.lstrip(letters) for text in texts]
    return pc.utf8_ltrim(texts, letters)


def trim_right(texts: Texts, letters: str) -> Texts:
    """Take some letters off the end."""
    if isinstance(texts, list):
        return [None if text is None else text.rstrip(letters) for text in texts]
    return pc.utf8_rtrim(texts, letters)


def drop_blank(texts: Texts) -> Texts:
    """Make empty texts missing."""
    if isinstance(texts, list):
        return [text or None for text in texts]
    return pc.if_else(pc.equal(texts, ""), None, texts)


def keep(texts: Texts, pattern: str) -> Texts:
    """Make texts missing that a regular expression finds nothing in."""
    if isinstance(texts, list):
        search = _compile(pattern).search
        return [None if text is None or not search(text) else text for text in texts]
    found = pc.fill_null(pc.match_substring_regex(texts, pattern), fill_value=False)
    return pc.if_else(found, texts, None)


def drop(texts: Texts, pattern: str) -> Texts:
    """Make texts missing that a regular expression finds something in."""
    if isinstance(texts, list):
        search = _compile(pattern).search
        return [None if text is None or search(text) else text for text in texts]
    found = pc.fill_null(pc.match_substring_regex(texts, pattern), fill_value=False)
    return pc.if_else(found, None, texts)


def change(texts: Texts, where: str, how: Fold) -> Texts:
    """Change only the texts that a regular expression finds something in."""
    if isinstance(texts, list):
        search = _compile(where).search
        return [how([text])[0] if text is not None and search(text) else text for text in texts]
    found = pc.fill_null(pc.match_substring_regex(texts, where), fill_value=False)
    return pc.replace_with_mask(texts, found, how(texts.filter(found)))


def change_foreign(texts: Texts, how: Callable[[str], str]) -> Texts:
    """Change only the texts that have letters beyond ASCII."""
    if isinstance(texts, list):
        return [text if text is None or text.isascii() else how(text) for text in texts]
    foreign = pc.fill_null(pc.invert(pc.string_is_ascii(texts)), fill_value=False)
    if not pc.any(foreign).as_py():
        return texts
    changed = [how(text) for text in texts.filter(foreign).to_pylist()]
    return pc.replace_with_mask(texts, foreign, as_column(changed))


def sort_letters(texts: Texts) -> Texts:
    """Put the letters of each text in order."""
    if isinstance(texts, list):
        return [None if text is None else "".join(sorted(text)) for text in texts]
    plain = pc.fill_null(pc.string_is_ascii(texts), fill_value=True)
    if not pc.all(plain, min_count=0).as_py():
        foreign = pc.invert(plain)
        others = as_column(sort_letters(texts.filter(foreign).to_pylist()))
        return pc.replace_with_mask(sort_letters(pc.if_else(plain, texts, "")), foreign, others)
    starts, letters = as_bytes(texts)
    which = np.repeat(np.arange(len(texts)), np.diff(starts))
    letters = np.sort((which << 8) | letters).astype(np.uint8)
    ordered = pa.LargeStringArray.from_buffers(
        len(texts), pa.py_buffer(starts), pa.py_buffer(letters)
    )
    return pc.if_else(pc.is_valid(texts), ordered, None) if texts.null_count else ordered


def fill(texts: Texts, others: Texts) -> Texts:
    """Take the other text where one is missing."""
    if isinstance(texts, list):
        return [b if a is None else a for a, b in zip(texts, others, strict=True)]
    return pc.coalesce(texts, others)


def look_up(texts: Texts, answer: Callable[[str], str | None]) -> Texts:
    """Ask for the answer to each distinct text."""
    if isinstance(texts, list):
        return [None if text is None else answer(text) for text in texts]
    coded = texts.dictionary_encode()
    return as_column([answer(text) for text in coded.dictionary.to_pylist()]).take(coded.indices)


def look_up_words(texts: Texts, answers: dict[str, str]) -> Texts:
    """Replace whole words; a word whose answer is empty is cut."""
    if isinstance(texts, list):
        return [
            None
            if text is None
            else " ".join(filter(None, [answers.get(word, word) for word in text.split(" ")]))
            for text in texts
        ]
    words = pc.split_pattern(texts, " ")
    flat = words.flatten().dictionary_encode()
    spelled = [answers.get(word, word) for word in flat.dictionary.to_pylist()]
    mapped = pa.array(spelled, pa.large_string()).take(flat.indices)
    offsets = np.asarray(words.offsets, dtype=np.int64)
    rebuilt = pa.LargeListArray.from_arrays(offsets, mapped)
    joined = pc.binary_join(rebuilt, pa.scalar(" ", pa.large_string()))
    return pc.utf8_trim_whitespace(pc.replace_substring_regex(joined, " +", " "))


@lru_cache(maxsize=512)
def _compile(pattern: str) -> re.Pattern[str]:
    """Compile for Python what is written for RE2 (where words are ASCII, and `$` is the end)."""
    if pattern == _OTHERS:
        return re.compile(r"[\W_]+")
    return re.compile(pattern.replace("$", r"\Z"), re.ASCII)
