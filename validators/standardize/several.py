"""Several e-mails or phones in one cell: the first stays, the others get free fields."""

import re
from collections import defaultdict
from typing import Final

import pandas as pd

from validators.fields import EMAIL_FIELDS, PHONE_FIELDS
from validators.issues import concat_issues, make_issues
from validators.standardize.distinct import Distinct
from validators.standardize.single_cells import cell_at, positions_of, write_cells

HOMES: Final = {"email": EMAIL_FIELDS, "phone": PHONE_FIELDS}
# A cheap look for cells that may hold several (RE2), then how to part them.
MAYBE: Final = {
    "email": r"@.*[\s,;|:/].*@",
    "phone": r"[0-9].*(?: ?::: ?|[;|,]| or | oder | ou | o | and | und | / ).*[0-9]{4}",
}
PARTED: Final = {
    "email": re.compile(r"\s*(?::::|[;,|/])\s*|\s+(?:and|or|und|oder|et|ou|y|o)\s+|\s+"),
    "phone": re.compile(r"\s*(?::::|[;|,])\s*|\s+(?:/|and|or|und|oder|et|ou|o)\s+"),
}
WHOLE: Final = {
    "email": re.compile(r"<?(?:mailto:)?[^@\s<>]+@[^@\s<>]+\.[^@\s<>]+>?"),
    "phone": re.compile(r"\+?[0-9(](?:[ ()./\-]*[0-9]){6,16}[ )]*"),
}


def part_several(columns: dict[str, Distinct]) -> tuple[dict[str, Distinct], pd.DataFrame]:
    """Part the cells that hold several e-mails or phones; return the columns and the issues."""
    edits: dict[str, dict[int, str | None]] = defaultdict(dict)
    issues = []
    for kind, homes in HOMES.items():
        for field in homes:
            if field not in columns:
                continue
            for at, text in positions_of(columns[field], MAYBE[kind]).items():
                first, *others = split_cell(text, kind)
                if not others:
                    continue
                free = [h for h in homes if cell_at(columns, h, at) is None and at not in edits[h]]
                edits[field][at] = first
                for home, other in zip(free, others, strict=False):
                    edits[home][at] = other
                code = "cell.split" if len(free) >= len(others) else f"{kind}.several"
                issues.append((int(columns[field].rows[at]), field, code, text, first))
    edits = {field: cells for field, cells in edits.items() if cells}
    return write_cells(columns, edits) if edits else columns, concat_issues([make_issues(issues)])


def split_cell(text: str, kind: str) -> list[str]:
    """Return the several values of a cell, each once; the text alone where it is not several."""
    parts = list(dict.fromkeys(part for part in PARTED[kind].split(text) if part))
    if len(parts) < 2 or not all(WHOLE[kind].fullmatch(part) for part in parts):
        return [text]
    return parts
