import json
import os
from pathlib import Path

import pytest
from email_validator import SPECIAL_USE_DOMAIN_NAMES, EmailNotValidError, validate_email
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from validators.standardize.email import (
    PLAIN_DOMAIN,
    SPECIAL_USE,
    domain_form,
    standard_form,
    standardize_email,
    unwrap,
)

CORPORA = os.environ.get("LEADGATE_CORPORA")


def codes(text):
    return [code for code, _ in standardize_email(text).findings]


@pytest.mark.parametrize(
    ("written", "standard"),
    [
        ("Anna.Meyer@Example.COM", "anna.meyer@example.com"),
        (" anna@example.com ", "anna@example.com"),
        ("mailto:anna@example.com?subject=Hi", "anna@example.com"),
        ("Anna Meyer <anna@example.com>", "anna@example.com"),
        ("<anna@example.com>", "anna@example.com"),
        ("anna@example.com.", "anna@example.com"),
        ("anna@example.com;", "anna@example.com"),
        ("'anna@example.com'", "anna@example.com"),
        ("(anna@example.com)", "anna@example.com"),
        ("{anna}@example.com", "{anna}@example.com"),
        ("\uff41nna@example.com", "anna@example.com"),
        ("o'brien+news@example.co.uk", "o'brien+news@example.co.uk"),
        ("anna@xn--bcher-kva.example", "anna@bücher.example"),
        ("jürgen@example.de", "jürgen@example.de"),
    ],
)
def test_writing_an_address_in_its_standard_form_is_no_issue(written, standard):
    assert standardize_email(written) == (standard, ())


@pytest.mark.parametrize("domain", ["example.com", "example.org", "shop.example", "shop.test"])
def test_the_domains_reserved_for_examples_pass(domain):
    assert standardize_email(f"anna@{domain}") == (f"anna@{domain}", ())


@pytest.mark.parametrize(
    "text",
    [
        "anna",
        "anna@",
        "@example.com",
        "anna@@example.com",
        "anna@example",
        "anna@localhost",
        "anna meyer@example.com",
        "anna..meyer@example.com",
        "anna@-example.com",
        "anna@example..com",
        "anna@exam_ple.com",
        "anna@1.2.3.4",
        "anna@b@example.com",
        "01/02/2024",
        "a" * 65 + "@example.com",
        "anna@" + "a" * 64 + ".com",
        "anna@" + "a." * 130 + "com",
        "a" * 400,
    ],
)
def test_what_is_no_address_is_refused(text):
    assert standardize_email(text) == (None, (("email.invalid", None),))


@pytest.mark.parametrize(
    "text",
    [
        "test@test.com", "test@example.com", "Test.User@example.com", "a@a.com", "none@none.com",
        "noreply@example.com", "no-reply@example.com", "do-not-reply@example.com", "asdf@asdf.de",
        "asdfghjkl@example.com", "qwertz@example.de", "aaa@example.com", "xxxx@xxx.com",
        "nobody@example.com", "fake+1@example.com", "anna@test.com",
    ],
)  # fmt: skip
def test_stand_ins_are_refused(text):
    assert standardize_email(text) == (None, (("email.placeholder", None),))


@pytest.mark.parametrize(
    "text",
    ["testa@example.com", "contest@example.com", "asa@example.com", "me@me.com", "aa@example.com",
     "noah@example.com", "fakeha@example.com", "hotel@hotel.de", "111@qq.com"],
)  # fmt: skip
def test_addresses_that_only_resemble_stand_ins_pass(text):
    assert standardize_email(text) == (text, ())


@pytest.mark.parametrize("local", ["info", "sales", "Kontakt", "IT", "ventas"])
def test_a_role_address_is_doubted(local):
    assert standardize_email(f"{local}@example.com") == (
        f"{local}@example.com".lower(),
        (("email.role", None),),
    )


def test_a_throw_away_address_is_doubted_at_any_depth():
    assert codes("anna@mailinator.com") == ["email.disposable"]
    assert codes("anna@inbox.mailinator.com") == ["email.disposable"]


def test_a_corrected_address_is_checked_as_corrected():
    assert standardize_email("info@gmial.com") == (
        "info@gmail.com",
        (("email.domain_corrected", "info@gmail.com"), ("email.role", None)),
    )


local_parts = st.from_regex(r"[a-zA-Z0-9._+\-']{1,70}", fullmatch=True)
labels = st.from_regex(r"[a-z0-9\-]{1,65}", fullmatch=True)
domains = st.lists(labels, min_size=1, max_size=4).map(".".join)


@settings(max_examples=150)
@given(local=local_parts, domain=domains)
@example(local="a" * 64, domain="b" * 63 + "." + "c" * 63 + "." + "d" * 62)
@example(local="a" * 64, domain="b" * 63 + "." + "c" * 63 + "." + "d" * 63)
@example(local="a.-b", domain="xn--bcher-kva.de")
@example(local="a", domain="ab--cd.de")
def test_the_short_way_decides_as_the_library_does(local, domain):
    address = f"{local}@{domain}".lower()
    assume(unwrap(address) == address)
    try:
        found = validate_email(
            address, check_deliverability=False, test_environment=True, strict=True
        )
    except EmailNotValidError:
        expected = ""
    else:
        expected = found.normalized.lower() if "." in found.domain else ""
    assert standard_form(address) == expected


@settings(max_examples=150)
@given(
    st.text(max_size=30) | st.from_regex(r"[\w.<>: ]{0,9}@[\w.<>: ]{0,9}\.\w{2,3}", fullmatch=True)
)
def test_standardizing_an_address_twice_changes_nothing(text):
    once = standardize_email(text).value
    if once is not None:
        assert standardize_email(once).value == once


@pytest.mark.parametrize(
    "written",
    [
        "anna @ example . com",
        ".anna@example.com",
        '"anna@example.com',
        "[anna@example.com",
    ],
)
def test_stray_marks_and_spaces_are_left_out_and_said(written):
    address = "anna@example.com"
    assert standardize_email(written) == (address, (("email.tidied", address),))


# The addresses of which we say something else than the library, by the reason.
DIFFERENCES = {
    "a stand-in": lambda text: "email.placeholder" in codes(text),
    "copied with a name, brackets, line breaks or a stray mark": lambda text: (
        standardize_email(text).value == standard_form(unwrap(text)) and unwrap(text) != text
    ),
    "no domain with a dot": lambda text: "." not in text.partition("@")[2],
    "two @ once written in their usual width": lambda text: text.startswith("\uff20@"),
}


@pytest.mark.skipif(CORPORA is None, reason="LEADGATE_CORPORA names no folder of public corpora")
@pytest.mark.parametrize("name", ["email_validator", "isemail"])
def test_every_public_address_has_the_verdict_of_the_library_or_a_reason(name):
    path = Path(str(CORPORA)) / "contacts" / f"{name}.jsonl"
    addresses = [json.loads(line)["address"] for line in path.read_text("utf-8").splitlines()]
    differing = [
        text for text in addresses if (standardize_email(text).value is None) == bool(library(text))
    ]
    unexplained = [text for text in differing if not any(why(text) for why in DIFFERENCES.values())]
    assert len(addresses) > 200
    assert unexplained == []


def library(address):
    try:
        return validate_email(
            address, check_deliverability=False, test_environment=True, strict=True
        ).normalized
    except EmailNotValidError:
        return ""


@pytest.mark.skipif(CORPORA is None, reason="LEADGATE_CORPORA names no folder of public corpora")
def test_public_verdicts_on_addresses_are_kept():
    """The library's own test addresses: valid ones pass, unless they are stand-ins by our rules."""
    path = Path(str(CORPORA)) / "contacts" / "email_validator.jsonl"
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    ours = [
        line for line in lines if line["test"] in {"test_email_valid", "test_email_invalid_syntax"}
    ]
    assert ours
    wrong = [
        line["address"]
        for line in ours
        if line["address"].isascii()
        and line["message"]
        and standardize_email(line["address"]).value == line["address"].lower()
    ]
    assert wrong == []


@settings(max_examples=150)
@example(domain="a.local")
@example(domain="ab--c.de")
@example(domain="xn--mller-kva.de")
@example(domain=f"{'a' * 63}.com")
@example(domain=".".join(["a" * 62] * 4) + ".de")
@given(domain=st.from_regex(PLAIN_DOMAIN, fullmatch=True))
def test_plain_domains_are_what_the_library_says_they_are(domain):
    assert domain_form(domain) == library_domain(domain)


def test_no_domain_of_special_use_is_plain():
    assert set(SPECIAL_USE_DOMAIN_NAMES) <= set(SPECIAL_USE)


def library_domain(domain):
    try:
        found = validate_email(
            f"x@{domain}", check_deliverability=False, test_environment=True, strict=True
        )
    except EmailNotValidError:
        return ""
    return found.domain
