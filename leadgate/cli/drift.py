"""What `leadgate drift` does."""

import json
from pathlib import Path

from crm.profiles import read_holds
from leadgate.cli.checking.plain import plain_line
from leadgate.cli.inspect import open_existing
from leadgate.settings import load_settings


def run_drift(config: Path | None, store: str | None, *, as_json: bool) -> int:
    """Print the files that wait, and why; 1 where there are any, else 0."""
    with open_existing(store or load_settings(config).store) as opened:
        holds = read_holds(opened)
    for held in holds.to_dict("records"):
        if as_json:
            print(json.dumps(held, ensure_ascii=False))
            continue
        print(plain_line(f"{held['source']}: {held['file']}, since {held['at']}"))
        for finding in held["findings"]:
            print(plain_line(f"  {finding['code']:<18} {finding['message']}"))
    if holds.empty and not as_json:
        print("No file waits.")
    return int(not holds.empty)
