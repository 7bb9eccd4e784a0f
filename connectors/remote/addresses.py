"""Which addresses may be asked: an allow-list of hosts, and never a network that is not public.

Whoever can change an address in a form's settings, a DNS record or a redirect must not be able to
make Leadgate ask a machine inside.
"""

import ipaddress
import socket
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import SplitResult, urlsplit

from connectors.remote.errors import AddressRefusedError

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network
Resolve = Callable[[str, int], list[str]]
# Addresses of IPv6 that lead to some address of IPv4.
TUNNELS: Final = tuple(
    ipaddress.ip_network(net)
    for net in ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32")
)


@dataclass(frozen=True)
class Allowed:
    """The hosts that may be asked, each with its port where that is not 443.

    `loopback`: also this machine, and without TLS there; for tests and for what runs beside.
    `inside`: networks that are not public and may be asked all the same, also without TLS. Without
    TLS no other network may.
    """

    hosts: frozenset[str]
    loopback: bool = False
    inside: tuple[Network, ...] = ()
    public: bool = True

    @classmethod
    def of(cls, hosts: Iterable[str], *, loopback: bool = False) -> "Allowed":
        """Allow these hosts, in whatever case they are written."""
        return cls(frozenset(host.lower() for host in hosts), loopback)


def check_url(url: str, allowed: Allowed) -> SplitResult:
    """Take an address apart; raises `AddressRefusedError` where it may not be asked."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise AddressRefusedError("(unreadable address)", "is no address.") from None
    host = (parts.hostname or "").rstrip(".").lower()
    if (
        not host
        or not host.isascii()
        or any(char.isspace() or not char.isprintable() for char in url)
    ):
        raise AddressRefusedError("(unreadable address)", "is no address.")
    if parts.username is not None or parts.password is not None:
        raise AddressRefusedError(host, "has a name or password in its address; use a token.")
    secure = parts.scheme == "https"
    plain = parts.scheme == "http" and (allowed.loopback or allowed.inside)
    if not secure and not plain:
        raise AddressRefusedError(host, "is not asked over HTTPS.")
    named = host if port in {None, 443 if secure else 80} else f"{host}:{port}"
    if named not in allowed.hosts:
        raise AddressRefusedError(host, f'is not allowed; add "{named}" to "allow" of the source.')
    return parts


def keep_inside(parts: SplitResult, allowed: Allowed) -> Allowed:
    """What an address without TLS may lead to: this machine or the networks inside, no other."""
    return allowed if parts.scheme == "https" else replace(allowed, public=False)


def choose_address(host: str, port: int, allowed: Allowed, resolve: Resolve | None = None) -> str:
    """The address to connect to, which has been checked itself: no name is looked up again.

    One forbidden address among several is enough to refuse the host.
    """
    try:
        found = (resolve or _resolve)(host, port)
    except (OSError, UnicodeError):
        found = []
    if not found:
        raise AddressRefusedError(host, "has no address; check its name.")
    for each in found:
        if not _may_connect(ipaddress.ip_address(each.partition("%")[0]), allowed):
            raise AddressRefusedError(host, "leads into a network that is not public.")
    return found[0]


def _may_connect(address: Address, allowed: Allowed) -> bool:
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped:
            return _may_connect(address.ipv4_mapped, allowed)
        if any(address in tunnel for tunnel in TUNNELS):
            return False
    if any(address in network for network in allowed.inside):
        return True
    if address.is_loopback:
        return allowed.loopback
    return (
        allowed.public
        and address.is_global
        and not (
            address.is_multicast
            or address.is_private
            or address.is_reserved
            or address.is_link_local
        )
    )


def _resolve(host: str, port: int) -> list[str]:
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(sockaddr[0]) for *_, sockaddr in found]
