"""What a reverse proxy says of who is asking, where its address is one that is trusted."""

import ipaddress
from typing import Final

from starlette.requests import Request

from leadgate.settings.desk_section import Network
from steward.access.outside import Outsider

LOOPBACK: Final[tuple[Network, ...]] = (
    ipaddress.ip_network("127.0.0.0/8"),
    ipaddress.ip_network("::1/128"),
)


def read_proxy(request: Request) -> Outsider | None:
    """Who the proxy has signed in; None where nobody is, or where no proxy is trusted."""
    proxy = request.app.state.desk.settings.proxy
    if proxy is None or not _is_in(_peer(request), proxy.trusted):
        return None
    # A header that came twice is one the proxy did not put there alone.
    names = request.headers.getlist(proxy.user_header)
    if len(names) != 1 or not names[0].strip():
        return None
    groups = ",".join(request.headers.getlist(proxy.groups_header)).split(",")
    return Outsider(None, names[0].strip(), frozenset(each.strip() for each in groups))


def find_address(request: Request) -> str:
    """The address of who is asking: what the last proxies say that are trusted, one by one."""
    proxy = request.app.state.desk.settings.proxy
    trusted = proxy.trusted if proxy else LOOPBACK
    address = _peer(request)
    passed = ",".join(request.headers.getlist("x-forwarded-for")).split(",")
    while passed and _is_in(address, trusted) and passed[-1].strip():
        address = passed.pop().strip()
    return address


def _peer(request: Request) -> str:
    return request.client.host if request.client else "unknown"


def _is_in(address: str, networks: tuple[Network, ...]) -> bool:
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        return False
    mapped = getattr(known, "ipv4_mapped", None) or known
    return any(mapped in network for network in networks)
