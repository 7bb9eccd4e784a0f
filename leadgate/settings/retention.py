"""`[retention]`: after how many days something is forgotten."""

from pydantic import Field

from leadgate.settings.section import Section


class Retention(Section):
    """Nothing is forgotten where a key is left out; `leadgate retain` does it."""

    contacts_days: int | None = Field(None, ge=1)
    quarantine_days: int | None = Field(None, ge=1)
