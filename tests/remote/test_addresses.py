"""Nobody who can change an address makes Leadgate ask a machine inside."""

import pytest

from connectors.remote.addresses import Allowed, check_url, choose_address
from connectors.remote.errors import AddressRefusedError
from connectors.remote.http import Api

HOSTS = Allowed.of(["api.example.com", "other.example.com:8443"])
REFUSED = [
    "http://api.example.com/",
    "ftp://api.example.com/",
    "file:///etc/passwd",
    "gopher://api.example.com/",
    "//api.example.com/",
    "api.example.com",
    "",
    "https://",
    "https:///path",
    "https://example.com/",
    "https://api.example.com.evil.example/",
    "https://evil.example/api.example.com",
    "https://api.example.com@evil.example/",
    "https://evil.example#@api.example.com/",
    "https://user@api.example.com/",
    "https://user:pw@api.example.com/",
    "https://api.example.com:8443/",
    "https://api.example.com:22/",
    "https://other.example.com/",
    "https://api.example.com:99999/",
    "https://api.example.com:x/",
    "https://127.0.0.1/",
    "https://localhost/",
    "https://[::1]/",
    "https://[::ffff:127.0.0.1]/",
    "https://0.0.0.0/",
    "https://2130706433/",
    "https://0x7f000001/",
    "https://0177.0.0.1/",
    "https://169.254.169.254/latest/meta-data/",
    "https://metadata.google.internal/",
    "https://10.0.0.1/",
    "https://api.example.com\n.evil.example/",
    "https://api.example.com\t/",
    "https://api.example.com\\@evil.example/",
    "https://\u0430pi.example.com/",
    "https://api\u3002example\u3002com/",
    "https://[/",
    "javascript:alert(1)",
    "data:text/plain,x",
    "unix:///var/run/docker.sock",
    "https://api.example.com /",
]


@pytest.mark.parametrize("url", REFUSED)
def test_an_address_that_is_not_allowed_is_not_asked(url: str) -> None:
    with pytest.raises(AddressRefusedError):
        check_url(url, HOSTS)


@pytest.mark.parametrize(
    "url",
    [
        "https://api.example.com/forms?x=1",
        "https://API.example.com:443/",
        "https://other.example.com:8443/",
        "https://api.example.com./",
    ],
)
def test_an_allowed_address_is_asked(url: str) -> None:
    assert check_url(url, HOSTS)


INSIDE = [
    *("127.0.0.1", "127.9.9.9", "0.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "100.64.0.1"),
    *("169.254.169.254", "192.0.2.1", "198.18.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255"),
    *("::", "::1", "fe80::1", "fe80::1%eth0", "fc00::1", "fd00:ec2::254", "ff02::1", "2001:db8::1"),
    *("::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "2001:0:7f00:1::"),
]


@pytest.mark.parametrize("address", INSIDE)
def test_a_name_that_leads_inside_is_refused_alone_and_among_others(address: str) -> None:
    for found in ([address], ["93.184.216.34", address]):
        with pytest.raises(AddressRefusedError):
            choose_address("api.example.com", 443, HOSTS, lambda *_: found)  # noqa: B023


def test_a_public_address_is_the_one_that_is_connected_to() -> None:
    found = choose_address("api.example.com", 443, HOSTS, lambda *_: ["93.184.216.34"])
    assert found == "93.184.216.34"


def test_a_name_without_an_address_is_refused() -> None:
    with pytest.raises(AddressRefusedError):
        choose_address("api.example.com", 443, HOSTS, lambda *_: [])


def test_a_name_that_changes_between_check_and_connection_gains_nothing(web) -> None:
    """The address that was checked is the one connected to: the name is looked up once."""
    asked = []

    def rebinding(host: str, _port: int) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"] if len(asked) == 1 else ["10.0.0.1"]

    allowed = Allowed.of([f"rebound.example:{web.port}"], loopback=True)
    api = Api(allowed, resolve=rebinding)
    assert api.ask(f"http://rebound.example:{web.port}/") == {}
    assert asked == ["rebound.example"]


def test_this_machine_is_asked_only_where_that_is_said(web) -> None:
    with pytest.raises(AddressRefusedError):
        Api(Allowed.of([web.host])).ask(web.url)
    assert web.asked == []
    assert Api(Allowed.of([web.host], loopback=True)).ask(web.url) == {}


def test_a_redirect_is_checked_like_any_address(web) -> None:
    api = Api(Allowed.of([web.host], loopback=True), {"authorization": "Bearer secret"})
    for target in ("http://10.0.0.1/", "https://evil.example/", "file:///etc/passwd"):
        web.answer = lambda *_, target=target: (302, {"location": target}, b"")
        with pytest.raises(AddressRefusedError):
            api.ask(web.url + "/start")


def test_a_redirect_elsewhere_does_not_get_the_token(web) -> None:
    allowed = Allowed.of([web.host, f"localhost:{web.port}"], loopback=True)
    api = Api(allowed, {"authorization": "Bearer secret"}, resolve=lambda *_: ["127.0.0.1"])
    target = f"http://localhost:{web.port}/there"
    web.answer = lambda path, _: (
        (200, {}, b"{}") if path == "/there" else (307, {"location": target}, b"")
    )
    assert api.ask(web.url + "/start") == {}
    assert [headers.get("authorization") for _, headers in web.asked] == ["Bearer secret", None]
