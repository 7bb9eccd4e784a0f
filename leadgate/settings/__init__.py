"""`leadgate.toml`, read into plain values."""

from leadgate.settings.loading import SQLITE, Settings, load_settings
from leadgate.settings.sections import Checks, Source

__all__ = ["SQLITE", "Checks", "Settings", "Source", "load_settings"]
