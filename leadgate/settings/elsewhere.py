"""`[sources.NAME.files]` and `[sources.NAME.sql]`: files and tables that are fetched."""

from pydantic import Field

from leadgate.settings.section import Section


class Files(Section):
    """Files that appear in a folder: here, on S3, on an SFTP server, or at an HTTPS address."""

    at: str
    # Seconds a file must not have changed before it is taken.
    settle: float = Field(5.0, ge=0.0)
    endpoint: str | None = None
    host_key: str | None = None
    allow_loopback: bool = False


class Sql(Section):
    """A table or view of another database."""

    table: str
    # Without a password; one with a password is in LEADGATE_URL_NAME.
    url: str | None = None
