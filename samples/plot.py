"""The plot of one sample file: its lines as they will stand there, and what happens to each.

A plot is a text file. A line that starts with `@` announces the lines after it, up to the
next such line:

    @ P07 | merged | her name decides, the landline is her husband's too
    ...the row of P07, word for word...
    @ -- a remark: the lines after it are no data row (a header, a blank line)
    @ sheet Day 1
"""

from dataclasses import dataclass
from pathlib import Path

FATES = ("created", "merged", "quarantined", "already_seen", "blank")
PLOTS = Path(__file__).parent / "plots"


@dataclass(frozen=True)
class Fate:
    """What is planned for one data row: whose it is, what becomes of it, what is planted in it."""

    who: str
    fate: str
    planted: str


@dataclass(frozen=True)
class Passage:
    """Some consecutive lines of a file; `fate` where they are one data row.

    `line` is the 1-based line, in the file or on the sheet, where the passage starts.
    """

    sheet: str | None
    line: int
    lines: tuple[str, ...]
    fate: Fate | None

    @property
    def place(self) -> str:
        """The place as people write it: `17`, or `Day 1!17` on a sheet."""
        return f"{self.sheet}!{self.line}" if self.sheet else str(self.line)


def read_plot(name: str) -> list[Passage]:
    """Read the passages of the plot `name`; raise `ValueError` on an unknown fate."""
    passages: list[Passage] = []
    sheet, line = None, 1
    for announcement, *lines in _announced((PLOTS / f"{name}.txt").read_text(encoding="utf-8")):
        if announcement.startswith("sheet "):
            sheet, line = announcement.removeprefix("sheet "), 1
            continue
        passages.append(Passage(sheet, line, tuple(lines), _fate(announcement)))
        line += len(lines)
    return passages


def _announced(text: str) -> list[list[str]]:
    blocks: list[list[str]] = []
    for line in text.removesuffix("\n").split("\n"):
        if line.startswith("@ "):
            blocks.append([line.removeprefix("@ ")])
        else:
            blocks[-1].append(line)
    return blocks


def _fate(announcement: str) -> Fate | None:
    if announcement.startswith("--"):
        return None
    fate = Fate(*(part.strip() for part in announcement.split("|")))
    if fate.fate not in FATES:
        raise ValueError(f"{fate.fate!r} is no fate; known: {', '.join(FATES)}.")
    return fate
