"""Bring a store's tables to this version, inside the caller's transaction."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection

from crm.models import HEAD

__all__ = ["config", "upgrade"]


def upgrade(connection: Connection) -> None:
    """Run the revisions the store does not have yet."""
    settings = config()
    settings.attributes["connection"] = connection
    command.upgrade(settings, HEAD)


def config() -> Config:
    """Return where Alembic finds the revisions that ship with the program."""
    settings = Config()
    settings.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    settings.set_main_option("path_separator", "os")
    return settings
