"""E-mail addresses: syntax, mistyped providers, stand-ins, throw-away and role addresses.

In: one address as a person or an export wrote it. Out: the address in lower case, or None.
Nothing is looked up on the network.
"""

import re
import unicodedata
from functools import lru_cache
from typing import Final

from validators.standardize.distinct import Cell, Finding
from validators.standardize.mail_providers import correct_domain

ROLES: Final = frozenset(
    """
    abuse accounting accounts admin administration administrator all anfrage billing booking bookings
    buchhaltung buero careers comercial commercial compras contact contacto customerservice einkauf
    empfang enquiries enquiry export feedback finance frontdesk geschaeftsfuehrung hello help helpdesk
    hola hostmaster hr import info infos inquiries inquiry invoice invoices it jobs kontakt
    kundenservice legal mail mailbox marketing media news newsletter office orders personal
    postmaster poststelle praxis presse press privacy purchasing reception receptie recruiting
    rechnung reservations reservierung root sales secretariat security sekretariat service services
    shop support team tech ventas verkauf vertrieb webmaster welcome
    """.split()
)
NOBODY: Final = frozenset(
    """
    test tester testing test1 test2 test123 testuser testmail testemail mytest fake fakemail dummy
    none null nil nobody noone unknown undefined nomail noemail noaddress nope notreal notgiven
    notprovided noreply noreplies donotreply dontreply nospam spam bounce bounces mailerdaemon
    asdf asdfg asdfgh asdfghjkl asd asdasd asdfasdf qwe qwer qwerty qwertz qweqwe zxc zxcv yxcv
    abcdef xyz blah blabla foo foobar foobaz
    """.split()
)
# Nobody has a mailbox at these, whatever stands before the @.
NOBODYS_DOMAINS: Final = frozenset(
    """
    test fake none null nomail noemail noreply dummy asdf asdfg asdfgh asd qwerty qwertz abc123
    invalid nospam notreal nowhere noaddress
    """.split()
)
# Followed by the very same word as domain they are typed to get past a form.
ECHOES: Final = frozenset("a b c x y z aa aaa bb bbb xx xxx ab abc no na email mail you".split())
KEYS_IN_A_ROW: Final = re.compile(r"(?:asdf|qwer[tz]|zxcv|yxcv|hjkl)[a-z;]*")
ONE_CHARACTER: Final = re.compile(r"(.)\1{2,}")

ANGLE: Final = re.compile(r"<\s*(?:mailto:)?([^<>\s]+@[^<>\s]+?)\s*>\W*$", re.IGNORECASE)
MAILTO: Final = re.compile(r"^\s*mailto:\s*", re.IGNORECASE)
PLAIN_LOCAL: Final = re.compile(r"[a-z0-9_+\-]+(?:\.[a-z0-9_+\-]+)*")


def standardize_email(text: str) -> Cell:
    """Bring one address into its standard form, or say why it is none."""
    address = _unwrap(text)
    local, at, domain = address.rpartition("@")
    valid = is_valid(address)
    findings: list[Finding] = []
    if at:
        corrected, sure = correct_domain(domain)
        candidate = f"{local}@{corrected}"
        if corrected != domain and is_valid(candidate):
            if sure or not valid:
                findings.append(Finding("email.domain_corrected", candidate))
                address, domain, valid = candidate, corrected, True
            else:
                findings.append(Finding("email.domain_suspicious", candidate))
    if not valid:
        return Cell(None, (Finding("email.invalid"),))
    address = standard_form(address)
    local, _, domain = address.rpartition("@")
    if is_nobodys(local, domain):
        return Cell(None, (Finding("email.placeholder"),))
    if is_disposable(domain):
        findings.append(Finding("email.disposable"))
    if is_role(local):
        findings.append(Finding("email.role"))
    return Cell(address, tuple(findings))


def is_valid(address: str) -> bool:
    """Tell whether an address could be delivered to, by its form alone (RFC 5321, 5322, 6531)."""
    return standard_form(address) != ""


def standard_form(address: str) -> str:
    """Return the address normalized and in lower case, or "" where it is invalid."""
    local, _, domain = address.rpartition("@")
    if PLAIN_LOCAL.fullmatch(local) and len(local) <= 64:
        domain = domain_form(domain)
        # 254: the longest path a mail server takes (RFC 5321, 4.5.3.1.3), without its brackets.
        return f"{local}@{domain}" if domain and _short_enough(local, domain) else ""
    return _library_form(address)


def _short_enough(local: str, domain: str) -> bool:
    if domain.isascii():
        return len(local) + 1 + len(domain) <= 254
    return _library_form(f"{local}@{domain}") != ""


@lru_cache(maxsize=65_536)
def domain_form(domain: str) -> str:
    """Return a domain normalized, or "" where no address can have it; one look a domain."""
    form = _library_form(f"x@{domain}")
    return form.removeprefix("x@")


def _library_form(address: str) -> str:
    from email_validator import EmailNotValidError, validate_email  # noqa: PLC0415 (slow import)

    try:
        # `test_environment` lets the reserved domain .test pass, which samples use.
        found = validate_email(address, check_deliverability=False, test_environment=True)
    except EmailNotValidError:
        return ""
    if "." not in found.domain:
        return ""
    lowered = f"{found.local_part}@{found.domain}".lower()
    return lowered if lowered == address else _settled(lowered)


def _settled(lowered: str) -> str:
    """Lower case can decompose a letter (İ); take the form only where it is stable."""
    composed = unicodedata.normalize("NFC", lowered)
    return composed if composed.lower() == composed else ""


def is_nobodys(local: str, domain: str) -> bool:
    """Tell whether an address is a stand-in: test@…, noreply@…, asdf@…, a@a.com."""
    name = local.partition("+")[0]
    bare = re.sub(r"[._\-]", "", name)
    first = domain.partition(".")[0]
    return (
        bare in NOBODY
        or first in NOBODYS_DOMAINS
        or KEYS_IN_A_ROW.fullmatch(bare) is not None
        or (ONE_CHARACTER.fullmatch(bare) is not None and not bare.isdigit())
        or (bare in ECHOES and bare == first)
    )


def is_role(local: str) -> bool:
    """Tell whether the part before the @ names a function (info, sales) rather than a person."""
    bare = local.partition("+")[0]
    return bare in ROLES or re.sub(r"[._\-]", "", bare) in ROLES


@lru_cache(maxsize=65_536)
def is_disposable(domain: str) -> bool:
    """Tell whether a domain, or one above it, gives out throw-away addresses."""
    from disposable_email_domains import blocklist  # noqa: PLC0415 (ten thousand entries)

    labels = domain.split(".")
    return any(".".join(labels[at:]) in blocklist for at in range(len(labels) - 1))


def _unwrap(text: str) -> str:
    """Take an address out of what mail programs and people put around it."""
    address = unicodedata.normalize("NFKC", text).strip()
    angle = ANGLE.search(address)
    if angle:
        address = angle[1]
    address = MAILTO.sub("", address).partition("?")[0] if MAILTO.match(address) else address
    address = address.strip(" \t\r\n<>()[]{}\"'`´‘’“”,;:.")
    return re.sub(r"\s*([@.])\s*", r"\1", address).lower()
