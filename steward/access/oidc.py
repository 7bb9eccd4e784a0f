"""Signing in at an OpenID Connect provider: authorization code, PKCE, a verified ID token.

Source: OpenID Connect Core 1.0 (3.1), RFC 7636 (PKCE), RFC 9207 (issuer in the answer).
"""

import base64
import hashlib
import hmac
import secrets
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import urlencode

import httpx
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from leadgate.settings.desk_section import Oidc
from steward.access.outside import Outsider
from steward.access.refusals import NotWelcome

SECONDS: Final = 10.0
KEPT_SECONDS: Final = 600.0  # how long what the provider says of itself is believed
LEEWAY: Final = 60  # seconds two clocks may differ
# Signatures by a key of the provider's own; "none" and shared secrets are not among them.
ALGORITHMS: Final = [
    "RS256",
    "RS384",
    "RS512",
    "PS256",
    "PS384",
    "PS512",
    "ES256",
    "ES384",
    "EdDSA",
]
FAILED: Final = "Signing in did not work. Try it again."


@dataclass(frozen=True)
class Ticket:
    """What a browser keeps while its person is at the provider."""

    state: str
    nonce: str
    verifier: str

    @classmethod
    def make(cls) -> "Ticket":
        """A new one, of random parts."""
        return cls(*(secrets.token_urlsafe(32) for _ in range(3)))

    @classmethod
    def read(cls, text: str) -> "Ticket | None":
        """The ticket a cookie holds."""
        parts = text.split(".")
        return cls(*parts) if len(parts) == 3 and all(parts) else None

    def write(self) -> str:
        """The text for a cookie."""
        return f"{self.state}.{self.nonce}.{self.verifier}"


@dataclass(frozen=True)
class Provider:
    """The provider of `[desk.oidc]`; `back` is where it sends people back to."""

    settings: Oidc
    back: str
    secret: str | None = field(default=None, repr=False)
    _kept: dict[str, tuple[float, Any]] = field(default_factory=dict, repr=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def send(self, ticket: Ticket) -> str:
        """The address at the provider to send a person to."""
        challenge = hashlib.sha256(ticket.verifier.encode()).digest()
        asked = {
            "response_type": "code",
            "client_id": self.settings.client_id,
            "redirect_uri": self.back,
            "scope": " ".join(self.settings.scopes),
            "state": ticket.state,
            "nonce": ticket.nonce,
            "code_challenge": base64.urlsafe_b64encode(challenge).rstrip(b"=").decode(),
            "code_challenge_method": "S256",
        }
        address = str(self._describe()["authorization_endpoint"])
        return address + ("&" if "?" in address else "?") + urlencode(asked)

    def take_back(self, ticket: Ticket, said: Mapping[str, str]) -> Outsider:
        """Who came back; raises `NotWelcome` where that is not beyond doubt."""
        if not hmac.compare_digest(said.get("state", "").encode(), ticket.state.encode()):
            raise NotWelcome(FAILED)
        if said.get("iss", self.settings.issuer) != self.settings.issuer or "code" not in said:
            raise NotWelcome(FAILED)
        tokens = self._exchange(said["code"], ticket)
        claims = self._verify(str(tokens.get("id_token", "")), ticket.nonce)
        return self._tell(claims, str(tokens.get("access_token", "")))

    def _exchange(self, code: str, ticket: Ticket) -> dict[str, Any]:
        about = self._describe()
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self.back,
            "code_verifier": ticket.verifier,
            "client_id": self.settings.client_id,
        }
        known = about.get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
        auth = None
        if self.secret and "client_secret_basic" in known:
            auth = httpx.BasicAuth(self.settings.client_id, self.secret)
        elif self.secret:
            form["client_secret"] = self.secret
        return _ask("POST", str(about["token_endpoint"]), data=form, auth=auth)

    def _verify(self, token: str, nonce: str) -> dict[str, Any]:
        """The claims of an ID token that is the provider's, for us, of now and of this sign-in."""
        mine = self.settings.client_id
        rules = jwt.JWTClaimsRegistry(
            leeway=LEEWAY,
            iss={"essential": True, "value": self.settings.issuer},
            aud={"essential": True, "value": mine},
            sub={"essential": True},
            exp={"essential": True},
            iat={"essential": True},
            nonce={"essential": True, "value": nonce},
        )
        try:
            claims = self._decode(token)
            rules.validate(claims)
        except (JoseError, ValueError):
            raise NotWelcome(FAILED) from None
        several = isinstance(claims["aud"], list) and len(claims["aud"]) > 1
        if claims.get("azp", None if several else mine) != mine:
            raise NotWelcome(FAILED)
        return claims

    def _decode(self, token: str) -> dict[str, Any]:
        """Check the signature; with keys asked for anew where they were changed since."""
        try:
            return dict(jwt.decode(token, self._keys(), algorithms=ALGORITHMS).claims)
        except (JoseError, ValueError):
            self._kept.clear()
            return dict(jwt.decode(token, self._keys(), algorithms=ALGORITHMS).claims)

    def _tell(self, claims: dict[str, Any], access: str) -> Outsider:
        wanted = (self.settings.name_claim, self.settings.groups_claim)
        address = self._describe().get("userinfo_endpoint")
        if address and access and not all(name in claims for name in wanted):
            more = _ask("GET", str(address), headers={"authorization": f"Bearer {access}"})
            if more.get("sub") == claims["sub"]:
                claims = more | claims
        name, groups = (claims.get(each) for each in wanted)
        if not isinstance(name, str) or not name.strip():
            raise NotWelcome("The provider does not say your name. Ask an admin.")
        listed = groups if isinstance(groups, list) else [groups]
        known = frozenset(each for each in listed if isinstance(each, str))
        return Outsider(f"{self.settings.issuer} {claims['sub']}", name.strip(), known)

    def _describe(self) -> dict[str, Any]:
        about = self._keep(f"{self.settings.issuer}/.well-known/openid-configuration")
        if about.get("issuer") != self.settings.issuer:
            raise NotWelcome(FAILED)
        return about

    def _keys(self) -> KeySet:
        return KeySet.import_key_set(self._keep(str(self._describe()["jwks_uri"])))  # type: ignore[arg-type]  # checked by it

    def _keep(self, url: str) -> dict[str, Any]:
        with self._lock:
            until, value = self._kept.get(url, (0.0, {}))
            if time.monotonic() > until:
                value = _ask("GET", url)
                self._kept[url] = (time.monotonic() + KEPT_SECONDS, value)
            return dict(value)


def _ask(method: str, url: str, **options: Any) -> dict[str, Any]:
    """What the provider answers; no redirect is followed with a secret."""
    try:
        answer = httpx.request(method, url, timeout=SECONDS, **options)
        value = answer.json() if answer.status_code == 200 else None
    except (httpx.HTTPError, httpx.InvalidURL, ValueError):
        value = None
    if not isinstance(value, dict):
        raise NotWelcome("The service that signs you in does not answer as it should. Try again.")
    return value
