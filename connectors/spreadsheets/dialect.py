"""Which delimiter and quote a delimited text uses: those under which its lines agree."""

import csv
import re
from collections import Counter
from dataclasses import dataclass, replace
from typing import Any, Final

DELIMITERS: Final = (",", ";", "\t", "|")
# Stands in no text, so that a file of one column is not split.
NO_DELIMITER: Final = "\x1f"
SAMPLE_CHARACTERS: Final = 2**18
SAMPLE_LINES: Final = 200
# Titles apart, so many lines at least have the width that makes a delimiter one.
LEAST_SHARE: Final = 0.2
PADDED: Final = 0.9
# A cell in apostrophes with a delimiter in it; a quotation mark that opens a cell.
NEEDED_APOSTROPHES: Final = re.compile(
    r"(?:^|([,;\t|]))'[^'\s](?:[^']|'\w)*(?(1)\1|,)[^']*'\s*(?:[,;\t|]|$)"
)
OPENING_MARK: Final = re.compile(r'(^|[,;\t|]) *"', re.MULTILINE)
SEPARATOR_LINE: Final = re.compile(r'"?sep=(.)"?\s*$', re.IGNORECASE)


@dataclass(frozen=True)
class Dialect:
    """How cells are set apart.

    `escape` is the backslash where quotes are not doubled; `spaced` where a space may stand
    between a delimiter and a quote. `padded` where one follows nearly every delimiter.
    """

    delimiter: str
    quote: str = '"'
    escape: str | None = None
    spaced: bool = False
    padded: bool = False

    @property
    def shown(self) -> str | None:
        """The delimiter, or None where there is one column."""
        return None if self.delimiter == NO_DELIMITER else self.delimiter

    def options(self) -> dict[str, Any]:
        """The options of Python's csv reader."""
        return {
            "delimiter": self.delimiter,
            "quotechar": self.quote,
            "escapechar": self.escape,
            "doublequote": self.escape is None,
            "skipinitialspace": self.spaced,
        }


def find_dialect(sample: str, delimiter: str | None = None) -> Dialect:
    """Find the dialect of a text by its beginning; a given delimiter is taken as it is."""
    quote = _find_quote(sample)
    found = delimiter or _find_delimiter(sample, quote)
    spaced = _is_spaced(sample, found, quote)
    padded = _is_padded(sample, found, quote)
    dialect = Dialect(found, quote, spaced=spaced, padded=padded)
    escaped = replace(dialect, escape="\\")
    if f"\\{quote}" in sample and _faults(sample, escaped) < _faults(sample, dialect):
        return escaped
    if f"\\{found}" in sample and _widths(sample, escaped) == 1 < _widths(sample, dialect):
        return escaped
    return dialect


def _find_delimiter(sample: str, quote: str) -> str:
    """The delimiter under which the lines agree best; none where the text has one column.

    A delimiter that gives every line the same width beats one that does not; then the share of
    the lines that agree counts, and the width they agree on.
    """
    lines = [line for line in re.split(r"\r\n|\r|\n", _without_quoted(sample, quote)) if line]
    lines = lines[:SAMPLE_LINES]
    said = SEPARATOR_LINE.match(lines[0]) if lines else None
    if said and any(said[1] in line for line in lines[1:]):
        return said[1]
    best, score = NO_DELIMITER, (False, 0.0)
    for delimiter in DELIMITERS:
        tried = _agreement(lines, delimiter)
        if tried > score:
            best, score = delimiter, tried
    return best


def _agreement(lines: list[str], delimiter: str) -> tuple[bool, float]:
    """Whether all lines have one width over one, and how well they agree."""
    widths = Counter(line.count(delimiter) + 1 for line in lines)
    several = {width: count for width, count in widths.items() if width > 1}
    if not several:
        return (False, 0.0)
    first = lines[0].count(delimiter) + 1
    width = max(several, key=lambda each: (several[each], each == first, each))
    share = several[width] / len(lines)
    stable = several[width] >= 0.6 * sum(several.values())
    if share < LEAST_SHARE or not (stable or first > 1):
        return (False, 0.0)
    if not (stable and first > 1) and _is_prose(lines, delimiter):
        return (False, 0.0)
    return (len(widths) == 1, share * (1 - 1 / width))


def _is_prose(lines: list[str], delimiter: str) -> bool:
    """Whether the delimiter is punctuation: a space follows it every time, as in “Doe, Jane”."""
    return all(f"{delimiter} " in line or delimiter not in line for line in lines) and not any(
        re.search(rf"{re.escape(delimiter)}(\S|$)", line) for line in lines
    )


def _find_quote(sample: str) -> str:
    """The apostrophe quotes only where no quotation mark does.

    Lines begin and end with it, or hold cells that need it, as there is a delimiter in them.
    """
    lines = [line for line in re.split(r"[\r\n]+", sample) if line][:SAMPLE_LINES]
    single = sum(line.startswith("'") and line.rstrip(",;\t|").endswith("'") for line in lines)
    if '"' not in sample and single > len(lines) / 2:
        return "'"
    needed = sum(bool(NEEDED_APOSTROPHES.search(line)) for line in lines)
    return "'" if needed > len(lines) / 2 and not OPENING_MARK.search(sample) else '"'


def _is_spaced(sample: str, delimiter: str, quote: str) -> bool:
    """Whether quotes open after a delimiter and a space."""
    between = rf"{re.escape(delimiter)}%s{quote}[^{quote}\r\n]*{quote}\s*({re.escape(delimiter)}|$)"
    spaced = re.findall(between % " +", sample, re.MULTILINE)
    return len(spaced) > len(re.findall(between % "", sample, re.MULTILINE))


def _is_padded(sample: str, delimiter: str, quote: str) -> bool:
    """Whether space follows nearly every delimiter that anything but a rule follows, or all lines.

    A delimiter at the end of a line may be a space or a tab itself.
    """
    text = _without_quoted(sample, quote)
    lines = [line for line in text.splitlines() if line][:SAMPLE_LINES]
    blank = tuple(sign for sign in " \t" if sign != delimiter)
    if len(lines) > 2 and all(line.endswith(blank) for line in lines):
        return True
    followed = re.findall(rf"{re.escape(delimiter)}([^\r\n{re.escape(delimiter)}=:-])", text)
    return len(followed) > 2 and sum(map(str.isspace, followed)) >= PADDED * len(followed)


def _without_quoted(sample: str, quote: str) -> str:
    """The text with every quoted cell replaced by a letter, so that only delimiters are left."""
    quoted = rf"(^|[,;\t|]) *{quote}(?:[^{quote}]|{quote}{quote})*+{quote}(?=\s*(?:[,;\t|]|$))"
    return re.sub(quoted, r"\1Q", sample, flags=re.MULTILINE)


def _widths(sample: str, dialect: Dialect) -> int:
    """How many different widths the first records of a text have."""
    lines = sample.splitlines(keepends=True)[:-1]
    try:
        rows = list(csv.reader(lines[:SAMPLE_LINES], **dialect.options()))
    except csv.Error:
        return 0
    return len({len(row) for row in rows if row})


def _faults(sample: str, dialect: Dialect) -> int:
    """How many records of a text are not as the dialect would write them."""
    reader = csv.reader(sample.splitlines(keepends=True), strict=True, **dialect.options())
    faults = 0
    while True:
        try:
            next(reader)
        except StopIteration:
            return faults
        except csv.Error:
            faults += 1
