"""What `leadgate deploy` does."""

import os
import sys
from pathlib import Path

from leadgate.errors import ConfigurationFileError
from leadgate.settings import load_settings
from leadgate.settings.loading import FILE_NAME

NO_SERVER = "no Prefect server is configured (PREFECT_API_URL); the file is written, no more."


def run_deploy(
    config: Path | None, file: Path | None, home: str | None, *, write_only: bool
) -> int:
    """Write `prefect.yaml` and register what is in it; 0, or a named error."""
    os.environ.setdefault("PREFECT_LOGGING_LEVEL", "WARNING")
    from flows.deploying import deploy, write_project  # noqa: PLC0415 - Prefect takes a second

    settings = load_settings(config)
    named = find_config(config)
    file = file or named.parent / "prefect.yaml"
    write_project(settings, named, file, home, pin=not write_only)
    if write_only:
        print(f"{file} written.")
        return 0
    done = deploy(settings, file)
    for name in done.names:
        print(name)
    for name in done.removed:
        print(f"{name} removed")
    for note in done.notes:
        print(f"leadgate: {note}", file=sys.stderr)
    return 0


def find_config(config: Path | None) -> Path:
    """The file the settings come from; deployments have to name one."""
    named = Path(config or os.environ.get("LEADGATE_CONFIG") or FILE_NAME)
    if not named.exists():
        raise ConfigurationFileError(
            f"{named}: there is no such file; deployments are made of the sources in it. "
            "leadgate source add NAME writes one."
        )
    return named
