"""`[mail_domains]`: whether the DNS is asked if mail can be delivered, and for how long."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import Field

from leadgate.settings.section import Section

if TYPE_CHECKING:
    from connectors.remote.mail_domains import LookUp


class MailDomains(Section):
    """Nobody is asked, unless it is wished."""

    look_up: bool = False
    seconds_each: float = Field(2.0, gt=0, le=60)
    seconds: float = Field(30.0, gt=0, le=3_600)
    keep_days: float = Field(7.0, ge=0, le=365)
    # Without it the user's folder of caches.
    cache: Path | None = None
    # ADDRESS or ADDRESS:PORT; none: those the system asks.
    servers: tuple[str, ...] = ()

    def how(self) -> "LookUp":
        """Return it as the look-up knows it."""
        from connectors.remote.mail_domains import LookUp  # noqa: PLC0415 - only where asked

        return LookUp(
            each=self.seconds_each,
            all=self.seconds,
            keep=self.keep_days * 86_400,
            cache=self.cache or _folder_of_caches() / "leadgate" / "mail_domains.sqlite",
            servers=self.servers,
        )


def _folder_of_caches() -> Path:
    named = os.environ.get("XDG_CACHE_HOME")
    return Path(named) if named else Path("~/.cache").expanduser()
