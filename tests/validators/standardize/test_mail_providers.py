import pytest

from validators.standardize.mail_providers import (
    FAMOUS,
    PROVIDERS,
    REAL_NEIGHBOURS,
    correct_domain,
)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("gmial.com", "gmail.com"),
        ("gamil.com", "gmail.com"),
        ("gmal.com", "gmail.com"),
        ("gmaill.com", "gmail.com"),
        ("gmail.con", "gmail.com"),
        ("gmail.comm", "gmail.com"),
        ("gmail.co", "gmail.com"),
        ("gmail,com", "gmail.com"),
        ("gmail..com", "gmail.com"),
        ("gmailcom", "gmail.com"),
        ("gmail", "gmail.com"),
        ("hotmial.com", "hotmail.com"),
        ("hotmal.com", "hotmail.com"),
        ("yahooo.com", "yahoo.com"),
        ("yaho.com", "yahoo.com"),
        ("outlok.com", "outlook.com"),
        ("iclod.com", "icloud.com"),
        ("web.d", "web.de"),
        ("t-onlin.de", "t-online.de"),
    ],
)
def test_a_slip_that_can_mean_nothing_else_is_corrected(typed, meant):
    assert correct_domain(typed) == (meant, True)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("gmaill.con", "gmail.com"),
        ("nmail.com", "gmail.com"),
        ("hotmail.co.k", "hotmail.co.uk"),
        ("gmail.om", "gmail.com"),
    ],
)
def test_a_slip_that_could_be_a_domain_of_its_own_is_only_suggested(typed, meant):
    assert correct_domain(typed) == (meant, False)


@pytest.mark.parametrize(
    "domain",
    [
        "mail.com", "email.com", "ymail.com", "gmail.de", "gmx.fr", "live.ie", "yahoo.com.vn",
        "hotmail.no", "outlook.pt", "acme.com", "charles.net", "roger.com", "gail.com", "small.com",
        "horizon.net", "example.com", "bayern.de", "yandex.com", "web.com", "free.de",
    ],
)  # fmt: skip
def test_a_domain_of_its_own_is_left_alone(domain):
    assert correct_domain(domain) == (domain, True)


@pytest.mark.parametrize("domain", sorted(PROVIDERS | REAL_NEIGHBOURS))
def test_no_provider_is_a_slip(domain):
    assert correct_domain(domain) == (domain, True)


def test_no_domain_is_famous_and_a_neighbour_at_once():
    assert not PROVIDERS & REAL_NEIGHBOURS
    assert FAMOUS < PROVIDERS


def test_what_is_corrected_needs_no_further_correction():
    for typed in ("gmial.com", "gmail.con", "web.d", "yahooo.com"):
        meant, _ = correct_domain(typed)
        assert correct_domain(meant) == (meant, True)
