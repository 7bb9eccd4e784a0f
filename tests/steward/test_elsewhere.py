"""People whom a proxy or an OpenID Connect provider signs in, and those it does not."""

import base64
import hashlib
import hmac
import json
import time
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlencode, urlsplit

import httpx
import pytest
from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey
from starlette.applications import Starlette
from starlette.responses import JSONResponse, RedirectResponse
from starlette.routing import Route

from crm.desk_access import add_user, change_user, find_user
from leadgate.settings.desk_section import DeskSection
from steward.access.oidc import Provider
from tests.steward.conftest import free_port, serving

GROUPS = {"admins": ("bosses",), "stewards": ("data",)}
CLIENT = "leadgate"


@dataclass
class Issuer:
    """A provider of OpenID Connect on loopback, as honest or as wrong as a test wants it."""

    url: str
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "one"}))
    claims: dict = field(default_factory=dict)
    codes: dict = field(default_factory=dict)
    sign: object = None  # another way to sign
    form: dict = field(default_factory=dict)

    def app(self):
        """The provider as an application."""
        known = ".well-known/openid-configuration"
        return Starlette(
            routes=[
                Route(f"/{known}", self.describe),
                Route("/keys", self.keys),
                Route("/authorize", self.authorize),
                Route("/token", self.token, methods=["POST"]),
            ]
        )

    async def describe(self, _request):
        """What the provider says of itself."""
        return JSONResponse(
            {
                "issuer": self.url,
                "authorization_endpoint": f"{self.url}/authorize",
                "token_endpoint": f"{self.url}/token",
                "jwks_uri": f"{self.url}/keys",
            }
        )

    async def keys(self, _request):
        """The public keys."""
        return JSONResponse(KeySet([self.key]).as_dict(private=False))

    async def authorize(self, request):
        """Who asks is let through at once, with a code."""
        asked = dict(request.query_params)
        code = f"code{len(self.codes)}"
        self.codes[code] = asked
        back = urlencode({"code": code, "state": asked["state"], "iss": self.url})
        return RedirectResponse(f"{asked['redirect_uri']}?{back}", 303)

    async def token(self, request):
        """An ID token for a code, where the verifier fits the challenge (RFC 7636)."""
        self.form = dict(parse_qs((await request.body()).decode()))
        asked = self.codes.pop(self.form["code"][0], None)
        digest = hashlib.sha256(self.form["code_verifier"][0].encode()).digest()
        fits = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        if asked is None or asked["code_challenge"] != fits:
            return JSONResponse({"error": "invalid_grant"}, 400)
        now = int(time.time())
        claims = {"iss": self.url, "aud": CLIENT, "sub": "s-1", "iat": now, "exp": now + 60}
        claims |= {"nonce": asked["nonce"], "preferred_username": "nora", "groups": ["data"]}
        claims |= self.claims
        header = {"alg": "RS256", "kid": "one"}
        signed = self.sign(claims) if self.sign else jwt.encode(header, claims, self.key)
        return JSONResponse({"access_token": "a", "id_token": signed})


def pack(header, claims, sign):
    """A token signed as no honest library would."""
    parts = [base64.urlsafe_b64encode(json.dumps(each).encode()) for each in (header, claims)]
    text = b".".join(part.rstrip(b"=") for part in parts)
    return (text + b"." + base64.urlsafe_b64encode(sign(text)).rstrip(b"=")).decode()


@pytest.fixture(scope="module")
def issuer():
    port = free_port()
    made = Issuer(f"http://127.0.0.1:{port}")
    with serving(made.app(), port):
        yield made


@pytest.fixture
def proxy():
    """The address of a proxy that signs people in, where one does."""


@pytest.fixture
def altered(issuer, proxy):
    """A desk whose people are signed in by the issuer, or by a proxy."""
    issuer.claims, issuer.sign = {}, None
    if proxy:
        return {"settings": DeskSection(proxy={"trusted": [proxy], **GROUPS})}
    section = DeskSection(oidc={"issuer": issuer.url, "client_id": CLIENT, **GROUPS})
    return {"settings": section, "provider": Provider(section.oidc, "set later", None)}


@pytest.fixture
def browser(served):
    with httpx.Client(base_url=served.url, follow_redirects=True, timeout=60) as client:
        yield client


@pytest.fixture
def come(served, browser, altered):
    """Go through the provider and come back, as a browser does."""
    object.__setattr__(altered["provider"], "back", f"{served.url}/sign-in/back")
    return lambda **params: browser.get("/sign-in/there", params=params)


def test_a_person_comes_from_the_provider_with_the_role_of_its_groups(come, store, issuer):
    answer = come(next="/contacts/c1")
    assert answer.url.path == "/contacts/c1"
    user, password = find_user(store, "nora")
    assert (user.role, password) == ("steward", None)
    assert "client_secret" not in issuer.form
    issuer.claims = {"groups": ["bosses", "data"], "preferred_username": "nora.new"}
    assert come().status_code == 200
    assert find_user(store, "nora")[0].role == "admin", "the same person, by another name"
    assert find_user(store, "nora.new") is None


@pytest.mark.parametrize(
    "claims",
    [
        {"iss": "https://elsewhere.example"},
        {"aud": "another"},
        {"aud": ["leadgate", "another"]},
        {"azp": "another"},
        {"exp": 1},
        {"nonce": "of another sign-in"},
        {"groups": ["nobodies"]},
        {"preferred_username": None},
        {"preferred_username": "ada"},
    ],
    ids=str,
)
def test_a_token_that_is_not_beyond_doubt_lets_nobody_in(come, issuer, browser, claims):
    issuer.claims = claims
    assert come().status_code == 403
    assert "leadgate" not in browser.cookies


def test_a_token_with_the_wrong_signature_lets_nobody_in(come, issuer, browser):
    stranger = RSAKey.generate_key(2048, {"kid": "one"})
    public = issuer.key.as_pem(private=False)
    for sign in (
        lambda claims: jwt.encode({"alg": "RS256", "kid": "one"}, claims, stranger),
        lambda claims: pack(
            {"alg": "HS256"}, claims, lambda text: hmac.digest(public, text, "sha256")
        ),
        lambda claims: pack({"alg": "none"}, claims, lambda _: b""),
    ):
        issuer.sign = sign
        assert come().status_code == 403
    assert "leadgate" not in browser.cookies


@pytest.mark.usefixtures("come")
def test_a_code_of_another_browser_is_worth_nothing(served, issuer):
    first = httpx.get(served.url + "/sign-in/there")
    sent = first.headers["location"]
    back = httpx.get(sent).headers["location"]
    assert httpx.get(back).status_code == 403
    state = parse_qs(urlsplit(sent).query)["state"][0]
    name, ticket = next(iter(first.cookies.items()))
    forged = {name: ticket.replace(state, "x" * len(state))}
    assert httpx.get(back, cookies=forged).status_code == 403
    assert issuer.codes, "the code was not even shown to the provider"


def test_a_person_who_was_added_without_a_password_is_meant(come, store):
    add_user(store, "Nora", "viewer", None)
    assert come().status_code == 200
    user, _ = find_user(store, "nora")
    change_user(store, user.id, active=False)
    assert come().status_code == 403


@pytest.mark.parametrize("proxy", ["127.0.0.1/32"])
def test_a_trusted_proxy_says_who_it_is(browser, store):
    headers = {"x-forwarded-user": "paul", "x-forwarded-groups": "staff, bosses"}
    answer = browser.get("/contacts/c1", headers=headers)
    assert (answer.status_code, answer.url.path) == (200, "/contacts/c1")
    assert find_user(store, "paul")[0].role == "admin"
    other = {**headers, "x-forwarded-user": "pia", "x-forwarded-groups": "data"}
    assert "pia" in browser.get("/", headers=other).text, "a session is of one person alone"
    assert browser.get("/", headers={**other, "x-forwarded-groups": ""}).status_code == 200
    assert browser.get("/sign-in?out=1", headers=other).status_code == 200


@pytest.mark.parametrize("proxy", ["127.0.0.1/32"])
def test_a_proxy_that_names_two_or_nobody_signs_nobody_in(browser):
    twice = [("x-forwarded-user", "ada"), ("x-forwarded-user", "paul")]
    for headers in (twice, [("x-forwarded-user", "")], []):
        assert browser.get("/", headers=headers).url.path == "/sign-in"
    alone = [("x-forwarded-user", "paul"), ("x-forwarded-groups", "nobodies")]
    assert browser.get("/", headers=alone).status_code == 403


@pytest.mark.parametrize("proxy", ["10.0.0.1/32"])
@pytest.mark.parametrize("address", ["", "10.0.0.1", "127.0.0.1, 10.0.0.1"])
def test_a_header_that_no_trusted_proxy_sent_is_passed_over(browser, address):
    headers = {"x-forwarded-user": "ada", "x-forwarded-groups": "bosses"}
    headers |= {"x-forwarded-for": address} if address else {}
    assert browser.get("/", headers=headers).url.path == "/sign-in"
