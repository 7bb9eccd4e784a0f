"""`leadgate insights`: computed, printed or written."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from crm.figures import drop_figures, list_figures
from crm.insight_frames import read_facts
from leadgate.cli.inspect import open_existing
from leadgate.errors import InvalidValueError
from leadgate.settings import load_settings
from reports.insights import Insights, choose_terms, compute
from reports.tabular import write_frame


@dataclass(frozen=True)
class Asked:
    """What the options say; no tables: all of them."""

    tables: tuple[str, ...]
    since: date | None
    until: date | None
    output: Path | None
    json: bool


def run_insights(config: Path | None, store: str | None, asked: Asked) -> int:
    """Compute and tell; the default are the last twelve months."""
    settings = load_settings(config)
    terms = choose_terms(asked.since, asked.until, settings.insights.margin)
    if terms.since > terms.until:
        raise InvalidValueError(f"--since {terms.since} is after --until {terms.until}.")
    with open_existing(store or settings.store) as opened:
        facts = read_facts(opened)
    found = compute(facts, terms, settings.insights.currency)
    chosen = {name: found.tables[name] for name in asked.tables or found.tables}
    if asked.output is not None:
        asked.output.mkdir(parents=True, exist_ok=True)
        for name, frame in chosen.items():
            write_frame(frame, asked.output / f"{name}.csv", "csv")
            print(asked.output / f"{name}.csv")
    elif asked.json:
        print(json.dumps(_as_json(found, chosen)))
    else:
        print("\n".join(_as_text(found, chosen)))
    return 0


def run_list(config: Path | None, store: str | None, *, as_json: bool) -> int:
    """Print the files of figures, one a line."""
    with open_existing(store or load_settings(config).store) as opened:
        frame = list_figures(opened)
    for line in frame.to_dict("records"):
        if as_json:
            print(json.dumps(line))
        else:
            told = f"{line['rows_in']:,} rows, {line['rejected']:,} not counted"
            print(f"{line['id']}  {line['at']}  {line['source']} ({line['kind']}): {told}")
    return 0


def run_drop(config: Path | None, file: str, store: str | None) -> int:
    """Take a file of figures out."""
    with open_existing(store or load_settings(config).store) as opened:
        if not drop_figures(opened, file):
            raise InvalidValueError(f"there is no {file}; leadgate figures list names them.")
    print(f"{file} no longer counts.")
    return 0


def _as_json(found: Insights, chosen: dict[str, pd.DataFrame]) -> dict[str, Any]:
    tables = {
        name: frame.astype(object).where(frame.notna(), None).to_dict("records")
        for name, frame in chosen.items()
    }
    days = {"since": str(found.terms.since), "until": str(found.terms.until)}
    kept = {"unmatched": found.unmatched, "unattributed": found.unattributed}
    return {**days, **tables, **kept}


def _as_text(found: Insights, chosen: dict[str, pd.DataFrame]) -> Iterator[str]:
    yield f"{found.terms.since} to {found.terms.until}"
    for name, frame in chosen.items():
        shown = frame.to_string(index=False, na_rep="-", float_format=lambda each: f"{each:,.3f}")
        yield f"\n{name.replace('_', ' ')}\n{shown if len(frame) else '  nothing yet'}"
    yield f"\n{found.unmatched:,} deals of people nobody knows"
    yield f"{found.unattributed:,} won deals without a lead before them"
