"""Whether mail can be delivered to a domain: the DNS is asked, once a domain and within limits.

A domain takes mail where it has an MX record, or, without one, an address (RFC 5321, 5.1); a null
MX (RFC 7505) says that it does not. Whatever goes wrong on the way is “not checked”: no network,
no answer, a damaged cache. Nothing raises.
"""

import time
from collections.abc import Collection, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

from connectors.remote.answer_cache import keep_answers, kept_answers

if TYPE_CHECKING:
    from dns.name import Name
    from dns.resolver import Resolver

Answer = Literal["mail", "no_domain", "no_mail", "not_checked"]

AT_ONCE: Final = 16
# After so many questions without one answer there is no network.
DEAF: Final = 16
PORT: Final = 53


@dataclass(frozen=True)
class LookUp:
    """How long may be asked, and whom; times are in seconds.

    `each`: the longest for one domain; `all`: for all of them; `keep`: how long an answer is good
    that is kept in the file `cache` (none: not kept). `servers`: ADDRESS or ADDRESS:PORT; none:
    those the system asks.
    """

    each: float = 2.0
    all: float = 30.0
    keep: float = 7 * 86_400.0
    cache: Path | None = None
    servers: tuple[str, ...] = ()


def look_up_mail(domains: Iterable[str], how: LookUp) -> dict[str, Answer]:
    """Return what the DNS, or an answer kept of it, says of each domain."""
    wanted = dict.fromkeys(domains)
    found: dict[str, Answer] = dict.fromkeys(wanted, "not_checked")
    found |= kept_answers(how.cache, wanted, how.keep)
    resolver = _resolver(how)
    if resolver is None:
        return found
    asked = [domain for domain in wanted if found[domain] == "not_checked"]
    fresh = dict(_ask_all(resolver, asked, how.all))
    if fresh and "mail" not in fresh.values() and not _knows_the_world(resolver):
        return found
    keep_answers(how.cache, {d: said for d, said in fresh.items() if said != "not_checked"})
    return found | fresh


def _ask_all(
    resolver: "Resolver", domains: Collection[str], seconds: float
) -> Iterator[tuple[str, Answer]]:
    """Ask for domains at once, until all are told, the time is up, or nobody seems to answer."""
    deadline = time.monotonic() + seconds
    pool = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="mail-domains")
    waiting: dict[Future[Answer], str] = {pool.submit(_ask, resolver, d): d for d in domains}
    unanswered, answered = 0, 0
    while waiting and (answered or unanswered < DEAF):
        left = deadline - time.monotonic()
        done, _ = wait(waiting, max(left, 0.0), FIRST_COMPLETED) if left > 0 else (set(), set())
        if not done:
            break
        for each in done:
            said = each.result()
            unanswered += said == "not_checked"
            answered += said != "not_checked"
            yield waiting.pop(each), said
    pool.shutdown(wait=False, cancel_futures=True)


def _resolver(how: LookUp) -> "Resolver | None":
    from dns.exception import DNSException  # noqa: PLC0415 - only where it is asked for
    from dns.nameserver import Do53Nameserver  # noqa: PLC0415 - as above
    from dns.resolver import Resolver  # noqa: PLC0415 - as above

    try:
        resolver = Resolver(configure=not how.servers)
        if how.servers:
            resolver.nameservers = [
                Do53Nameserver(host, int(port or PORT))
                for host, _, port in (server.partition(":") for server in how.servers)
            ]
    except (DNSException, OSError, ValueError):
        return None
    resolver.lifetime = how.each
    resolver.timeout = how.each / 2
    return resolver


def _knows_the_world(resolver: "Resolver") -> bool:
    """Tell whether a server knows .com: one behind a closed network says no to every name."""
    from dns.exception import DNSException  # noqa: PLC0415 - only where it is asked for

    try:
        return bool(resolver.resolve("com.", "NS"))
    except (DNSException, OSError):
        return False


def _ask(resolver: "Resolver", domain: str) -> Answer:
    import dns.name  # noqa: PLC0415 - only where it is asked for
    from dns.exception import DNSException  # noqa: PLC0415 - as above
    from dns.resolver import NXDOMAIN, NoAnswer  # noqa: PLC0415 - as above

    try:
        name = dns.name.from_text(domain, idna_codec=dns.name.IDNA_2008_Practical)
        try:
            hosts = [each.exchange for each in resolver.resolve(name, "MX")]
        except NoAnswer:
            return "mail" if _has_address(resolver, name) else "no_mail"
        return "mail" if any(host != dns.name.root for host in hosts) else "no_mail"
    except NXDOMAIN:
        return "no_domain"
    except (DNSException, OSError, UnicodeError, ValueError):
        return "not_checked"


def _has_address(resolver: "Resolver", name: "Name") -> bool:
    from dns.resolver import NoAnswer  # noqa: PLC0415 - only where it is asked for

    for kind in ("A", "AAAA"):
        try:
            resolver.resolve(name, kind)
        except NoAnswer:
            continue
        return True
    return False
