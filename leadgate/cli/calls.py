"""`leadgate calls`: the calls on the timelines, all or those to act upon."""

import json
import sys
from pathlib import Path

import pandas as pd

from crm.calls import read_calls
from crm.ids import show
from leadgate.cli.inspect import open_existing
from leadgate.settings import load_settings


def run_calls(
    config: Path | None, store: str | None, *, missed: bool, repeated: bool, as_json: bool
) -> int:
    """Print calls, oldest first: all, those nobody answered so far, or of those who call again."""
    with open_existing(store or load_settings(config).store) as opened:
        calls = read_calls(opened)
    if missed:
        calls = calls[calls["missed"] & calls["answered_at"].isna()]
    if repeated:
        calls = calls[calls["calls"] > 1]
    if calls.empty:
        print("There are no such calls.", file=sys.stderr)
    plain = calls.astype(object).mask(calls.isna(), None)
    for line in plain.to_dict("records"):
        line["contact"] = show("contact", line["contact"])
        print(json.dumps(line, ensure_ascii=False) if as_json else _told(pd.Series(line)))
    return 0


def _told(call: "pd.Series[str]") -> str:
    state = call["status"] or ""
    if call["missed"]:
        state += f", spoke at {call['answered_at']}" if call["answered_at"] else ", not answered"
    elif call["seconds"]:
        state += f", {call['seconds']} s"
    who = call["name"] or "(no name)"
    return (
        f"{call['at']}  {call['contact']:<6} {who:<28} {call['phone'] or '':<16} "
        f"{call['direction'] or '':<9} {state}  (calls: {call['calls']})"
    )
