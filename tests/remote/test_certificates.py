"""A server whose certificate has run out is said to have one, and is asked once."""

import datetime as dt
import ipaddress
import ssl
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from connectors.remote.addresses import Allowed
from connectors.remote.errors import RemoteDeniedError
from connectors.remote.http import Api

LOOPBACK = "127.0.0.1"


def make_certificate(path: Path, days: int) -> None:
    """A certificate that signs itself and is good until so many days from now, with its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = dt.datetime.now(dt.UTC)
    names = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(LOOPBACK))])
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), 1)
        .not_valid_before(now - dt.timedelta(days=30))
        .not_valid_after(now + dt.timedelta(days=days))
        .add_extension(names, critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    text = made.public_bytes(serialization.Encoding.PEM)
    text += key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    path.write_bytes(text)


@pytest.fixture
def serve(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The address of a server whose certificate this machine trusts, until it ran out."""
    file = tmp_path / "expired.pem"
    make_certificate(file, -1)
    monkeypatch.setenv("SSL_CERT_FILE", str(file))
    server = ThreadingHTTPServer((LOOPBACK, 0), BaseHTTPRequestHandler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    server.handle_error = lambda *_: None  # type: ignore[method-assign]  # the refusal is wanted
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    yield f"{LOOPBACK}:{server.server_address[1]}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_certificate_that_ran_out_is_named_and_the_server_asked_once(serve: str) -> None:
    slept: list[float] = []
    api = Api(Allowed.of([serve], loopback=True), sleep=slept.append)
    with pytest.raises(RemoteDeniedError, match=r"certificate .* \(certificate has expired\)"):
        api.ask(f"https://{serve}")
    assert slept == []
