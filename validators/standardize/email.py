"""E-mail addresses: syntax, mistyped providers, stand-ins, throw-away and role addresses.

In: one address as a person or an export wrote it. Out: the address in lower case, or None.
Nothing is looked up on the network.
"""

import re
import unicodedata
from functools import cache, lru_cache
from typing import Final

from validators.standardize.distinct import Cell, Finding
from validators.standardize.mail_providers import correct_domain
from validators.words import words

ROLES: Final = words(
    """
    abuse accounting accounts admin administration administrator all anfrage billing booking
    bookings buchhaltung buero careers comercial commercial compras contact contacto
    customerservice einkauf empfang enquiries enquiry export feedback finance frontdesk
    geschaeftsfuehrung hello help helpdesk hola hostmaster hr info infos inquiries inquiry invoice
    invoices it jobs kontakt kundenservice legal mail mailbox marketing media news newsletter
    office orders postmaster poststelle praxis presse press privacy purchasing reception receptie
    recruiting rechnung reservations reservierung root sales secretariat security sekretariat
    service services shop support team tech ventas verkauf vertrieb webmaster welcome
    """
)
NOBODY: Final = words(
    """
    test tester testing test1 test2 test123 testuser testmail testemail mytest fake fakemail dummy
    none null nil nobody noone unknown undefined nomail noemail noaddress nope notreal notgiven
    notprovided noreply noreplies donotreply dontreply nospam spam bounce bounces mailerdaemon
    asd asdasd asdfasdf qwe qweqwe zxc abcdef xyz blah blabla foo foobar foobaz
    """
)
# Nobody has a mailbox at these, whatever stands before the @.
NOBODYS_DOMAINS: Final = words(
    """
    test fake none null nomail noemail noreply dummy asdf asdfg asdfgh asd qwerty qwertz abc123
    nospam notreal nowhere noaddress
    """
)
# Followed by the very same word as domain they are typed to get past a form.
ECHOES: Final = words("a b c x y z aa aaa bb bbb xx xxx ab abc no na email mail you")
KEYS_IN_A_ROW: Final = re.compile(r"(?:asdf|qwer[tz]|zxcv|yxcv|hjkl)[a-z;]*")
ONE_LETTER: Final = re.compile(r"([a-z])\1{2,}")

ANGLE: Final = re.compile(r"<\s*(?:mailto:)?([^<>\s]+@[^<>\s]+?)\s*>\W*$", re.IGNORECASE)
MAILTO: Final = re.compile(r"^\s*mailto:\s*", re.IGNORECASE)
QUOTED: Final = re.compile(
    "(?:'(?=.*')|`(?=.*`)|\"(?=.*\")|\\((?=.*\\))|\\[(?=.*\\])|\\{(?=.*\\})|<(?=.*>)"
    "|[\u2018\u2019\u201c\u201d\u00b4])(?P<inside>[^@]+@.+)['`\")\\]}>\u2018\u2019\u201c\u201d\u00b4]"
)
# Stray marks: before an address ' ` { could be its own, behind a domain nothing is.
BEFORE: Final = ' \t\r\n<>()[]"\u00b4\u2018\u2019\u201c\u201d,;:.'
BEHIND: Final = BEFORE + "{}'`"
SPACED: Final = re.compile(r"\s*([@.])\s*")
PLAIN_LOCAL: Final = r"[a-z0-9_+\-]+(?:\.[a-z0-9_+\-]+)*"
LOCAL: Final = re.compile(PLAIN_LOCAL)
# RFC 5321, 4.5.3.1: 64 before the @; 254 in all, a mail server's path without its brackets.
LONGEST_LOCAL: Final = 64
LONGEST: Final = 254
LONGEST_DOMAIN: Final = LONGEST - 2
# Domains no mail is delivered to (RFC 6761 and the like).
SPECIAL_USE: Final = ("arpa", "invalid", "local", "localhost", "onion", "test")
# The law: the library returns such a domain as it is.
PLAIN_DOMAIN: Final = re.compile(
    r"(?:(?!..--)[a-z0-9](?:[a-z0-9\-]{{0,61}}[a-z0-9])?\.)+(?!(?:{})$)[a-z]{{2,63}}".format(
        "|".join(SPECIAL_USE)
    )
)
# The longest cell that is an address: see `cells.LONGEST`.
LONGEST_WRITTEN: Final = 320


def standardize_email(text: str) -> Cell:
    """Bring one address into its standard form, or say why it is none."""
    if len(text) > LONGEST_WRITTEN:
        return Cell(None, (Finding("email.invalid"),))
    taken, written = take_out(text), unwrap(text)
    local, _, domain = written.rpartition("@")
    meant, sure = correct_domain(domain)
    address, corrected = standard_form(written), standard_form(f"{local}@{meant}")
    findings: list[Finding] = []
    if taken.rstrip(" .,;:") != written and address:
        findings.append(Finding("email.tidied", address))
    if meant != domain and corrected:
        if sure or not address:
            findings.append(Finding("email.domain_corrected", corrected))
            address = corrected
        else:
            findings.append(Finding("email.domain_suspicious", corrected))
    if not address:
        return Cell(None, (Finding("email.invalid"),))
    local, _, domain = address.rpartition("@")
    if is_nobodys(local, domain):
        return Cell(None, (Finding("email.placeholder"),))
    if is_disposable(domain):
        findings.append(Finding("email.disposable"))
    if is_role(local):
        findings.append(Finding("email.role"))
    return Cell(address, tuple(findings))


def unwrap(text: str) -> str:
    """Take an address out of what stands around it, without stray marks and spaces in it."""
    address = take_out(text)
    while True:
        tidied = SPACED.sub(r"\1", address.rstrip(BEHIND).lstrip(BEFORE))
        if tidied == address:
            return address
        address = tidied


def take_out(text: str) -> str:
    """Take an address out of what mail programs and people put around it; in lower case."""
    address = unicodedata.normalize("NFKC", text).strip()
    angle = ANGLE.search(address)
    if angle:
        address = angle[1]
    if MAILTO.match(address):
        address = MAILTO.sub("", address).partition("?")[0]
    quoted = QUOTED.fullmatch(address)
    while quoted:
        address = quoted["inside"].strip()
        quoted = QUOTED.fullmatch(address)
    return address.lower()


def standard_form(address: str) -> str:
    """Return an address (lower case) normalized, or "" where nothing can be delivered to it.

    By its form alone: RFC 5321, 5322 and 6531, as the library email-validator reads them.
    """
    local, _, domain = address.rpartition("@")
    if not LOCAL.fullmatch(local) or len(local) > LONGEST_LOCAL or not domain.isascii():
        return _library_form(address)
    domain = domain_form(domain)
    if not domain.isascii():
        return _library_form(f"{local}@{domain}")
    return f"{local}@{domain}" if domain and len(local) + 1 + len(domain) <= LONGEST else ""


@lru_cache(maxsize=65_536)
def domain_form(domain: str) -> str:
    """Return a domain normalized, or "" where no address can have it: one look a domain."""
    if PLAIN_DOMAIN.fullmatch(domain) and len(domain) <= LONGEST_DOMAIN:
        return domain
    return _library_form(f"x@{domain}").removeprefix("x@")


def _library_form(address: str) -> str:
    from email_validator import EmailNotValidError, validate_email  # noqa: PLC0415 (slow import)

    try:
        # `test_environment` lets the reserved domain .test pass, which samples use.
        found = validate_email(
            address, check_deliverability=False, test_environment=True, strict=True
        )
    except EmailNotValidError:
        return ""
    lowered = unicodedata.normalize("NFKC", f"{found.local_part}@{found.domain}".lower())
    # Some letters change again when lowered or composed (İ): such a form would not be stable.
    stable = unwrap(lowered) == lowered and "." in found.domain
    return lowered if stable else ""


def is_nobodys(local: str, domain: str) -> bool:
    """Tell whether an address is a stand-in: test@…, noreply@…, asdf@…, a@a.com."""
    bare = _bare(local)
    first = domain.partition(".")[0]
    return (
        bare in NOBODY
        or is_nobodys_domain(domain)
        or KEYS_IN_A_ROW.fullmatch(bare) is not None
        or ONE_LETTER.fullmatch(bare) is not None
        or (bare in ECHOES and bare == first)
    )


def is_nobodys_domain(domain: str) -> bool:
    """Tell whether whatever stands before the @ of a domain is a stand-in."""
    return domain.partition(".")[0] in NOBODYS_DOMAINS


def is_role(local: str) -> bool:
    """Tell whether the part before the @ names a function (info, sales) rather than a person."""
    return _bare(local) in ROLES


def _bare(local: str) -> str:
    return re.sub(r"[._\-]", "", local.partition("+")[0])


@lru_cache(maxsize=65_536)
def is_disposable(domain: str) -> bool:
    """Tell whether a domain, or one above it, gives out throw-away addresses."""
    blocklist = _disposable_domains()
    while "." in domain:
        if domain in blocklist:
            return True
        domain = domain.partition(".")[2]
    return False


@cache
def _disposable_domains() -> frozenset[str]:
    from disposable_email_domains import blocklist  # noqa: PLC0415 (ten thousand entries)

    return frozenset(blocklist)
