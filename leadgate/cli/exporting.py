"""`leadgate export`: what is in the store, to take elsewhere."""

from pathlib import Path

from crm.export_frames import read_export
from leadgate.cli.inspect import open_existing
from leadgate.errors import InvalidValueError
from leadgate.settings import load_settings
from reports.tabular import FORMATS, write_frame


def run_export(
    config: Path | None, store: str | None, what: str, output: Path, form: str | None
) -> int:
    """Write contacts, accounts or leads; the format is that of the file's name by default."""
    chosen = form or output.suffix[1:].lower()
    if chosen not in FORMATS:
        raise InvalidValueError(f"{output.name}: name a format, one of {', '.join(FORMATS)}.")
    with open_existing(store or load_settings(config).store) as opened:
        frame = read_export(opened, what)
    write_frame(frame, output, chosen)
    print(f"{output}: {len(frame):,} {what}")
    return 0
