"""The issues of a batch, grouped by kind, gravest and commonest first, each with examples."""

from collections.abc import Iterator
from typing import Any

import pandas as pd

from reports.model import Example, IssueGroup, Place
from validators.fields import FIELDS
from validators.issues import CATALOG, TABLE_ROW, message, name_field

_GRAVITY = {"error": 0, "warning": 1, "repaired": 2}


def group_issues(issues: pd.DataFrame, examples: int) -> tuple[IssueGroup, ...]:
    """One group a code and severity, with the first `examples` findings of different values.

    `issues` has the columns of `Store.batch_issues`, and `column` of `reports.headers`, if wanted.
    """
    groups = [
        _describe(str(code), str(severity), found, examples)
        for (code, severity), found in issues.groupby(["code", "severity"], sort=True)
    ]
    return tuple(sorted(groups, key=lambda each: (_GRAVITY[each.severity], -each.findings)))


def sentences(issues: pd.DataFrame) -> list[str]:
    """The sentence for people about each issue, in order; `column` is said where there is one."""
    columns = [
        issues[name] for name in ("code", "field", "before", "after", "column") if name in issues
    ]
    return [
        _sentence(code, *(_text(value) for value in rest))
        for code, *rest in zip(*columns, strict=True)
    ]


def sentence_of(issue: Any, *, shown: bool = False, column: str | None = None) -> str:
    """The sentence about one issue (`code`, `field`, `before`, `after`).

    `shown`: the value stands beside it already, and is not said again. `column`: what the field is
    called in the file.
    """
    before = None if shown else _text(issue.before)
    return _sentence(issue.code, _text(issue.field), before, _text(issue.after), column)


def label(name: str, column: str | None = None) -> str:
    """A field's name for people, and its column's; the header of a column is a name already."""
    return name_field(name, column) if name in FIELDS else name


def place_of(row: Any) -> Place:
    """Where a line of a frame with `row`, `file`, `sheet` and `line` came from."""
    number = None if pd.isna(row.row) or row.row == TABLE_ROW else int(row.row)
    line = None if pd.isna(row.line) else int(row.line)
    return Place(_text(row.file), _text(row.sheet), number, line)


def _describe(code: str, severity: str, found: pd.DataFrame, examples: int) -> IssueGroup:
    kind = CATALOG.get(code)
    first = _pick_examples(found, examples)
    changed = first["before"].notna() & first["after"].notna()
    told = sentences(first.assign(before=first["before"].mask(changed)))
    return IssueGroup(
        code=code,
        severity=severity,
        title=kind.title if kind else _spell_out(code),
        explanation=kind.explanation if kind else "",
        advice=kind.advice if kind else "",
        findings=len(found),
        rows=int(found.loc[found["row"] != TABLE_ROW, "row"].nunique()),
        fields=tuple(_names(found)),
        examples=tuple(
            Example(place_of(row), _text(row.before), _text(row.after), sentence)
            for row, sentence in zip(first.itertuples(), told, strict=True)
        ),
    )


def _pick_examples(found: pd.DataFrame, examples: int) -> pd.DataFrame:
    """The first few, of different values as far as there are any, in the order of the rows."""
    again = found.duplicated(["field", "before"])
    return pd.concat([found[~again], found[again]]).head(examples).sort_index()


def _names(found: pd.DataFrame) -> Iterator[str]:
    """The fields that findings are about, each as the files call it."""
    named = found.reindex(columns=["field", "column"]).dropna(subset="field").drop_duplicates()
    for row in named.itertuples():
        yield label(str(row.field), _text(row.column))


def _sentence(
    code: str,
    field: str | None,
    before: str | None,
    after: str | None,
    column: str | None = None,
) -> str:
    if code in CATALOG:
        return message(code, field, before, after, column)
    where = f"{label(field)}: " if field else ""
    return f"{where}{_spell_out(code)}{f': “{before}”' if before else ''}."


def _spell_out(code: str) -> str:
    """A store outlives a catalog: a code that is known no longer is told by its own words."""
    return code.rpartition(".")[2].replace("_", " ")


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None
