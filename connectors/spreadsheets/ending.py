"""Whether a text ends in the middle: no line break behind it, and a last row unlike the others."""

import csv
import re
from collections.abc import Sequence
from typing import Final

from connectors.spreadsheets.columnar import PLAIN
from connectors.spreadsheets.header import EMAIL
from connectors.spreadsheets.windows import Text

TAIL: Final = 2**16
# Copies break off at the end of a block.
BLOCK: Final = 4_096
LEAST_ROWS: Final = 3
BREAKS: Final = (b"\n", b"\r", b"\x1a", b"\0")


def seems_cut(text: Text) -> bool:
    """Whether a text may have been cut off, by its last 64 KB.

    Many programs write no line break at the end, so that alone says nothing: the last row is
    narrower than all others, or its last cell is empty, cut or of no shape, where all others are
    alike; or the text is as long as blocks are.
    """
    size = text.file.content.stat().st_size
    with text.file.content.open("rb") as opened:
        opened.seek(max(0, size - TAIL))
        tail = opened.read(TAIL)
    if not tail or tail.endswith(BREAKS) or text.encoding.name not in PLAIN:
        return False
    if size % BLOCK == 0:
        return True
    lines = tail.decode(text.encoding.name, "replace").splitlines()[size > TAIL :]
    if not lines or not lines[-1].strip():
        return False
    try:
        rows = [row for row in csv.reader(lines, **text.dialect.options()) if row]
    except csv.Error:
        return False
    return len(rows) > LEAST_ROWS and _ends_early(rows[1:-1], rows[-1])


def _ends_early(rows: Sequence[Sequence[str]], last: Sequence[str]) -> bool:
    widths = {len(row) for row in rows}
    if len(widths) > 1:
        return False
    width = widths.pop()
    if len(last) != width:
        return len(last) < width
    cells, cell = [row[-1] for row in rows], last[-1]
    if width < 2 or not all(cells):
        return False
    shapes = {_shape(each) for each in cells}
    return (
        not cell
        or (all(map(EMAIL.fullmatch, cells)) and not EMAIL.fullmatch(cell))
        or (len(shapes) == 1 and "9" in min(shapes) and _is_begun(_shape(cell), shapes))
        or (len(set(cells)) <= len(cells) / 2 and _is_begun(cell, set(cells)))
    )


def _is_begun(text: str, others: set[str]) -> bool:
    """Whether a text is the beginning of another, and none of them."""
    return text not in others and any(each.startswith(text) for each in others)


def _shape(cell: str) -> str:
    """A text with every digit and letter like the other ones."""
    return re.sub(r"[^\W\d_]", "a", re.sub(r"\d", "9", cell))
