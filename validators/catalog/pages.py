"""The reference pages docs/issues.md and docs/fields.md, made from the catalog and the fields.

`python -m validators.catalog.pages issues > docs/issues.md` makes the one, `fields` the other; a
test keeps them in step.
"""

import sys
from typing import Final

from validators.catalog.kinds import IssueKind
from validators.fields import FIELDS
from validators.issues import CATALOG
from validators.mapping.synonyms import SYNONYMS
from validators.words import phrases

FAMILIES: Final = {
    "file": "The file",
    "row": "The row",
    "schema": "The schema",
    "rule": "Rules of one's own",
    "cell": "Any cell",
    "email": "E-mail addresses",
    "phone": "Phone numbers",
    "url": "Web addresses",
    "name": "Names",
    "company": "Companies",
    "country": "Countries",
    "spelling": "Spelling",
    "postal_code": "Postal codes",
    "date": "Dates",
    "number": "Numbers",
    "language": "Languages",
    "flag": "Flags",
    "duplicate": "Duplicates inside a file",
    "drift": "A batch beside earlier ones",
    "figures": "Sales and costs",
    "resubmit": "Rows sent again from quarantine",
}
ISSUES_INTRO: Final = """# Issues

Everything Leadgate can find in a file, by code. An **error** sends the row to quarantine until
somebody repairs or discards it. A **warning** loads; where it is marked *doubtful*, the value never
beats one without doubt when records are merged. **Repaired** means that a value's meaning was
mended, and that before and after are kept. Bringing a value into its standard form (case, spaces,
E.164) is no issue.

The severity of a code can be changed under `[checks]` in `leadgate.toml`.
"""
FIELDS_INTRO: Final = """# Fields

What a column can be mapped to, and the headers that are recognized (case, accents and punctuation
do not matter; slips and longer headers are recognized, too, and values decide where a header is
silent or ambiguous). Any other column is mapped with `--map COLUMN=FIELD` or under
`[sources.NAME.map]`.

| field | for people | kind | headers |
|---|---|---|---|
"""
SHOWN_HEADERS: Final = 8


def render_issues() -> str:
    """Return docs/issues.md: a section a code, by family."""
    parts = [ISSUES_INTRO]
    for family, title in FAMILIES.items():
        kinds = [kind for code, kind in CATALOG.items() if code.partition(".")[0] == family]
        parts += [f"## {title}\n", *map(_section, kinds)]
    return "\n".join(parts)


def render_fields() -> str:
    """Return docs/fields.md: a line a field."""
    lines = [
        f"| `{field.name}` | {field.label} | {field.kind} | {_headers(field.name)} |"
        for field in FIELDS.values()
    ]
    return FIELDS_INTRO + "\n".join(lines) + "\n"


def _section(kind: IssueKind) -> str:
    grade = f"{kind.severity}, doubtful" if kind.doubtful else kind.severity
    example = f"Example: `{kind.example}`\n\n" if kind.example else ""
    said = f"*… {kind.title}.* {kind.explanation}"
    return f"### {kind.code}\n\n**{grade}**\n\n{said}\n\n{example}What to do: {kind.advice}\n"


def _headers(field: str) -> str:
    known = sorted(phrases(SYNONYMS.get(field, "")), key=lambda name: (len(name), name))
    return ", ".join(known[:SHOWN_HEADERS]) + (", …" if len(known) > SHOWN_HEADERS else "")


if __name__ == "__main__":
    sys.stdout.write({"issues": render_issues, "fields": render_fields}[sys.argv[1]]())
