"""`[desk]`: where the desk keeps what is handed in, and how people reach it."""

from pathlib import Path

from pydantic import Field

from leadgate.settings.section import Section


class DeskSection(Section):
    """The stewards' desk."""

    # The address in people's browsers, where a proxy stands before the desk.
    public_url: str | None = Field(None, pattern=r"^https?://[A-Za-z0-9.\-]+(:[0-9]{1,5})?$")
    uploads: Path = Path("leadgate-uploads")
    max_upload_mb: int = Field(200, ge=1, le=2_000)
