"""`leadgate backup` and `restore`: what they print, and their exit codes."""

from pathlib import Path

from flows.backups import back_up, restore
from leadgate.settings import Settings, load_settings


def run_backup(config: Path | None, folder: Path, store: str | None) -> int:
    """Back up, and say how much is in it."""
    settings = _settings(config, store)
    manifest = back_up(settings, folder)
    rows = sum(manifest.counts.values())
    print(
        f"{folder}: {rows:,} rows of {len(manifest.counts)} tables, {len(manifest.files):,} files"
    )
    return 0


def run_restore(config: Path | None, folder: Path, store: str | None) -> int:
    """Restore, and verify; 1 where the restored store does not hold an invariant."""
    done = restore(_settings(config, store), folder)
    rows = sum(done.manifest.counts.values())
    print(f"{folder} of {done.manifest.made_at}: {rows:,} rows are back.")
    for violation in done.violations:
        print(f"{violation.code}: {violation.text}")
    if not done.violations:
        print("The store holds every invariant.")
    print("Who was erased since then has to be erased again: docs/runbook.md.")
    return int(bool(done.violations))


def _settings(config: Path | None, store: str | None) -> Settings:
    settings = load_settings(config)
    return settings.model_copy(update={"store": store}) if store else settings
