"""Which delimiter and quote a delimited text uses: those under which its lines agree."""

import csv
from collections import Counter
from dataclasses import dataclass
from itertools import islice
from typing import Final

DELIMITERS: Final = (",", ";", "\t", "|")
SAMPLE_LINES: Final = 200


@dataclass(frozen=True)
class Dialect:
    """How cells are set apart; `escape` is the backslash where quotes are not doubled."""

    delimiter: str
    quote: str = '"'
    escape: str | None = None

    def reader_options(self) -> dict[str, object]:
        """The options of Python's csv reader."""
        return {
            "delimiter": self.delimiter,
            "quotechar": self.quote,
            "escapechar": self.escape,
            "doublequote": self.escape is None,
        }


def find_dialect(text: str, delimiter: str | None = None) -> Dialect:
    """Find the dialect of a text; a given delimiter is taken as it is.

    Each delimiter is tried on the first lines, and wins by the share of lines that agree on one
    width, then by that width. Where none makes two columns, the file has one.
    """
    lines = [line for line in islice(text.splitlines(keepends=True), SAMPLE_LINES) if line.strip()]
    quote = _find_quote(lines)
    escape = "\\" if f"\\{quote}" in "".join(lines) and quote * 2 not in "".join(lines) else None
    if delimiter:
        return Dialect(delimiter, quote, escape)
    tried = {each: _agreement(lines, Dialect(each, quote, escape)) for each in DELIMITERS}
    best = max(tried, key=lambda each: tried[each])
    return Dialect(best if tried[best] > (0, 0) else ",", quote, escape)


def _agreement(lines: list[str], dialect: Dialect) -> tuple[float, int]:
    """Share of rows that have the commonest width over one, and that width."""
    reader = csv.reader(lines, **dialect.reader_options())  # type: ignore[arg-type] # a plain dict
    try:
        widths = Counter(len(row) for row in reader if row)
    except csv.Error:
        return (0, 0)
    several = {width: count for width, count in widths.items() if width > 1}
    if not several:
        return (0, 0)
    width = max(several, key=lambda each: (several[each], each))
    return (several[width] / sum(widths.values()), width)


def _find_quote(lines: list[str]) -> str:
    """The apostrophe quotes only where cells begin and end with it, line after line."""
    single = sum(line.startswith("'") and line.rstrip("\r\n,;\t|").endswith("'") for line in lines)
    return "'" if lines and single > len(lines) / 2 else '"'
