"""`leadgate review`: possible matches out to a table, and verdicts back in."""

import json
from dataclasses import asdict
from pathlib import Path

from connectors.reading import read
from crm.acts import Who
from crm.judging import judge_many
from crm.review import ReviewFilter, ReviewItem, list_review
from leadgate.cli.deciding import who_is_logged_in
from leadgate.cli.inspect import open_existing
from leadgate.errors import InvalidValueError
from leadgate.settings import load_settings
from reports.review_sheet import lay_out_review, read_verdicts
from reports.tabular import write_frame

PAGE = 1_000


def run_list(
    config: Path | None,
    store: str | None,
    which: tuple[str | None, str | None],
    limit: int,
    *,
    as_json: bool,
) -> int:
    """Print possible matches."""
    status, batch = which
    with open_existing(store or load_settings(config).store) as opened:
        page = list_review(opened, ReviewFilter(status, batch), limit=limit)
    for item in page.items:
        print(json.dumps(asdict(item), ensure_ascii=False) if as_json else _line(item))
    if not as_json:
        print(f"{len(page.items):,} of {page.total:,} possible matches")
    return 0


def run_export(config: Path | None, store: str | None, batch: str | None, output: Path) -> int:
    """Write what waits into a table of two rows a pair."""
    form = _format(output)
    items: list[ReviewItem] = []
    total = 1
    with open_existing(store or load_settings(config).store) as opened:
        while len(items) < total:
            page = list_review(opened, ReviewFilter("open", batch), limit=PAGE, offset=len(items))
            items += page.items
            total = page.total
    write_frame(lay_out_review(items), output, form)
    print(f"{output}: {len(items):,} possible matches; fill the column verdict with")
    print("same, different or household, then: leadgate review apply " + str(output))
    return 0


def run_apply(
    config: Path | None, store: str | None, file: Path, actor: str | None, *, as_json: bool
) -> int:
    """Apply the verdicts of a table; 1 where one could not be."""
    try:
        lines = read_verdicts(table.rows for table in read(file))
    except InvalidValueError as error:
        raise InvalidValueError(f"{file.name}: {error}") from None
    with open_existing(store or load_settings(config).store) as opened:
        done = judge_many(opened, lines, Who(actor or who_is_logged_in()))
    for line in done:
        if as_json:
            print(json.dumps(asdict(line), ensure_ascii=False))
        elif line.error:
            print(f"{line.item}: {line.error}")
    failed = sum(line.error is not None for line in done)
    if not as_json:
        print(f"{len(done) - failed:,} judged, {failed:,} not")
    return int(failed > 0)


def _format(output: Path) -> str:
    """What a person can fill in."""
    if output.suffix not in {".csv", ".xlsx"}:
        raise InvalidValueError(f"{output.name}: write it as .csv or .xlsx.")
    return output.suffix[1:]


def _line(item: ReviewItem) -> str:
    words = ", ".join(each["words"] for each in item.evidence[:4])
    ends = (item.left, item.right)
    names = " | ".join(
        " ".join(
            str(end.standard[name])
            for name in ("given_name", "family_name", "email", "company")
            if name in end.standard
        )
        for end in ends
    )
    where = " and ".join(end.contact or f"{end.record} (held)" for end in ends)
    return f"{item.id}  {item.weight:+.1f} bits  {where}  {names}  ({words})"
