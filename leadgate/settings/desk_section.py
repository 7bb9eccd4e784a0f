"""`[desk]`: where the desk keeps what is handed in, and how people reach it and sign in."""

import ipaddress
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from leadgate.settings.section import Section

Network = ipaddress.IPv4Network | ipaddress.IPv6Network


class RoleMap(Section):
    """Which groups of another service have which role here; the highest counts."""

    admins: tuple[str, ...] = ()
    stewards: tuple[str, ...] = ()
    viewers: tuple[str, ...] = ()
    # The role of who is in none of these groups; nobody is let in without one.
    everybody: Literal["viewer", "steward", "admin"] | None = None


class Proxy(RoleMap):
    """`[desk.proxy]`: a reverse proxy signs people in and says so in headers."""

    # The addresses whose headers are believed.
    trusted: Annotated[tuple[Network, ...], Field(min_length=1)]
    user_header: str = "x-forwarded-user"
    groups_header: str = "x-forwarded-groups"


class Oidc(RoleMap):
    """`[desk.oidc]`: people sign in at an OpenID Connect provider."""

    # Without TLS on this machine alone.
    issuer: str = Field(pattern=r"^(https://|http://(127\.0\.0\.1|localhost)[:/]).+[^/]$")
    client_id: str
    name_claim: str = "preferred_username"
    groups_claim: str = "groups"
    scopes: tuple[str, ...] = ("openid", "profile", "email")


class DeskSection(Section):
    """The stewards' desk."""

    # The address in people's browsers, where a proxy stands before the desk.
    public_url: str | None = Field(None, pattern=r"^https?://[A-Za-z0-9.\-]+(:[0-9]{1,5})?$")
    uploads: Path = Path("leadgate-uploads")
    max_upload_mb: int = Field(200, ge=1, le=2_000)
    # Whether people may sign in with a password of the desk.
    passwords: bool = True
    proxy: Proxy | None = None
    oidc: Oidc | None = None
