"""What stands before or behind every line of a text and is none of its cells.

A mail's `>`, a list's `-`, the numbers of a listing, the name of a file as `grep` gives it, the
brackets of a program. Found by what all lines share, the header too, digits aside.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import takewhile
from typing import Final

SAMPLE_LINES: Final = 200
LEAST_LINES: Final = 3
LONGEST: Final = 200  # of a mark; to look further takes time that grows with the cube of it
# Breaks that few programs know: NEL, the separators of Unicode, the vertical tab.
OTHER_BREAKS: Final = "\x85\u2028\u2029\x0b"
# What a mark ends with, spaces aside; the name or quote that has to follow it.
ENDS: Final = re.compile(
    r"[\W_]*[-+*•·%]|[\W_]*\w*[(\[{]|.*(?:[:>)\]|]|9\.|9[-/.]9[-/.]9[\sT].*9Z?)", re.DOTALL
)
FOLLOWS: Final = re.compile(r"""\s*['"\[({]*[^\W\d_]""")
PAIRS: Final = {"(": ")", "[": "]", "{": "}"}
DIGITS: Final = re.compile(r"\d+")
COUNT: Final = re.compile(r"\s*\d{1,18}\s+")
NUMBER: Final = re.compile(r"\s*\d{1,18}\s*[:.)]\s+")
# Behind every line: delimiters of another kind, a backslash. Runs are looked at once, as a whole.
BEHIND: Final = re.compile(r"(?:(?<![;|])[;|]++|(?<!,),++|(?<![\s\\])(?:\s*\\)++) *+$")


@dataclass(frozen=True)
class Affixes:
    """What to take off lines: patterns of what stands before and behind, and breaks to split at.

    `shown`: what stood around the first line, for people; empty where it was space alone.
    """

    before: "re.Pattern[str] | None" = None
    behind: "re.Pattern[str] | None" = None
    breaks: str = ""
    shown: str = ""

    def __bool__(self) -> bool:
        return bool(self.before or self.behind or self.breaks)

    def strip(self, lines: Iterable[str]) -> Iterator[str]:
        """Take them off lines, each with its line break."""
        for line in self._split(lines):
            at = self.before.match(line) if self.before else None
            text = line[at.end() :] if at else line
            if self.behind is not None:
                content = text.rstrip("\r\n")
                text = self.behind.sub("", content) + text[len(content) :]
            yield text

    def _split(self, lines: Iterable[str]) -> Iterator[str]:
        if not self.breaks:
            yield from lines
            return
        sign = re.compile(f"[{self.breaks}]")
        for line in lines:
            *parts, last = sign.split(line)
            yield from (f"{part}\n" for part in parts)
            if last:
                yield last


def find_affixes(sample: str, delimiter: str) -> Affixes:
    """Find what stands around the lines of a text whose cells the delimiter parts."""
    breaks = "" if re.search(r"[\r\n]", sample.rstrip()) else _find_breaks(sample)
    split = re.split(f"[{breaks}]", sample) if breaks else re.split(r"\r\n|\r|\n", sample)
    lines = [line for line in split[:-1] or split if line.strip()][:SAMPLE_LINES]
    if len(lines) < LEAST_LINES:
        return Affixes(breaks=breaks)
    before = _find_before(lines, delimiter)
    rest = [line[at.end() :] for line in lines if before and (at := before.match(line))] or lines
    behind = _find_behind(lines, rest, delimiter)
    front = lines[0].removesuffix(rest[0])
    end = behind.search(rest[0]) if behind else None
    shown = " … ".join(each for each in (front.strip(), end[0].strip() if end else "") if each)
    return Affixes(before, behind, breaks, shown)


def _find_breaks(sample: str) -> str:
    counts = {each: sample.count(each) for each in OTHER_BREAKS}
    best = max(counts, key=counts.__getitem__)
    return best if counts[best] >= LEAST_LINES - 1 else ""


def _find_before(lines: list[str], delimiter: str) -> "re.Pattern[str] | None":
    """The longest beginning that all lines share, digits aside, and that ends as marks do."""
    shapes = [re.sub(r"[ \u00a0]+", " ", DIGITS.sub("9", line)) for line in lines]
    shared = re.split(rf"[{re.escape(delimiter)}'\"]", _shared(shapes))[0]
    if shared and not shared.strip():
        return re.compile(r"[ \t\u00a0]+")
    if shared.strip().startswith("9") and _counts_up(lines, COUNT, delimiter):
        return COUNT
    if len(lines) > LEAST_LINES and _counts_up(lines[1:], NUMBER, delimiter):
        return NUMBER  # the header may have none
    for stop in range(min(len(shared), LONGEST), 0, -1):
        if not ENDS.fullmatch(shared[:stop].rstrip()):
            continue
        pattern = _pattern(shared[:stop].rstrip())
        found = [pattern.match(line) for line in lines]
        if not all(
            at and FOLLOWS.match(line, at.end()) for at, line in zip(found, lines, strict=True)
        ):
            continue
        opened = PAIRS.get(shared[:stop].rstrip()[-1])
        if opened is None or _closes(lines, pattern, opened):
            return pattern
    return None


def _shared(texts: list[str]) -> str:
    """The beginning that all texts share."""
    alike = takewhile(lambda pair: pair[0] == pair[1], zip(min(texts), max(texts), strict=False))
    return "".join(sign for sign, _ in alike)


def _pattern(shape: str) -> "re.Pattern[str]":
    """A pattern of the lines that begin with a shape, and of the spaces behind it."""
    signs = {"9": r"\d+", " ": r"[ \u00a0]+", ">": r">(?:\s*>)*"}
    leading = re.sub(r">(?:\s*>)*", ">", shape.removeprefix(" "))
    return re.compile(r"[ \u00a0]*" + "".join(signs.get(c, re.escape(c)) for c in leading) + r"\s*")


def _counts_up(lines: list[str], counted: "re.Pattern[str]", delimiter: str) -> bool:
    """Whether lines begin with numbers, each one more than the one before it."""
    found = [at[0] for line in lines if (at := counted.match(line)) and delimiter not in at[0]]
    counts = [int(each.strip(" \t:.)")) for each in found]
    return len(counts) == len(lines) and counts == [*range(counts[0], counts[0] + len(counts))]


def _closes(lines: list[str], pattern: "re.Pattern[str]", closing: str) -> bool:
    """Whether the bracket that opens each line closes at its end, and not before."""
    opening = next(each for each, other in PAIRS.items() if other == closing)
    for line in lines:
        at = pattern.match(line)
        inside = line[at.end() if at else 0 :].rstrip(" ,;")
        depth, body = 1, inside[:-1]
        for sign in re.findall(rf"[{re.escape(opening + closing)}]", body):
            depth += 1 if sign == opening else -1
            if not depth:
                return False
        if not inside.endswith(closing):
            return False
    return True


def _find_behind(lines: list[str], rest: list[str], delimiter: str) -> "re.Pattern[str] | None":
    """What stands behind all lines: the other bracket, or signs that end no text."""
    front = lines[0].removesuffix(rest[0]).rstrip()
    if front and front[-1] in PAIRS:
        return re.compile(rf"{re.escape(PAIRS[front[-1]])}[\s,;]*$")
    ends = [end[0] for line in rest if (end := BEHIND.search(line))]
    shared = {end.strip(" ") for end in ends}
    if len(ends) < len(rest) or len(shared) > 1 or any(delimiter in end for end in ends):
        return None
    return re.compile(rf"(?<! ) *+{re.escape(shared.pop())} *+$")
