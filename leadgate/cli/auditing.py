"""What `leadgate user audit` does."""

import json
import sys
from pathlib import Path

from crm.audit import Wanted, list_audit
from leadgate.cli.checking.plain import plain_line
from leadgate.cli.inspect import open_existing
from leadgate.settings import load_settings


def tell_audit(
    config: Path | None, url: str | None, wanted: Wanted, limit: int, *, as_json: bool
) -> int:
    """Print who saw and did what, latest first: one entry a line."""
    with open_existing(url or load_settings(config).store) as store:
        found = list_audit(store, wanted, limit=limit)
    for each in found.items:
        if as_json:
            print(json.dumps(each.as_json(), ensure_ascii=False))
        else:
            print(plain_line(f"{each.at}\t{each.name}\t{each.act}\t{each.subject or ''}".rstrip()))
    if not found.items and not as_json:
        print("Nothing of that kind was noted.", file=sys.stderr)
    if found.more and not as_json:
        print(f"There is more; --limit {limit * 10} shows it.", file=sys.stderr)
    return 0
