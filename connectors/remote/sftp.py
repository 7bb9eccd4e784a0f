"""SFTP with a server that is known: by the key the settings name, else by `known_hosts`."""

import base64
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import SplitResult

import paramiko
from fsspec.implementations.sftp import SFTPFileSystem

SECONDS: Final = 20.0


class KnownSftp(SFTPFileSystem):  # type: ignore[misc]  # fsspec publishes no types
    """fsspec's file system, which trusts any server by itself; this one does not."""

    cachable = False

    def _connect(self) -> None:
        """Connect only where the server's key is the one that is expected."""
        options = dict(self.ssh_kwargs)
        expected = options.pop("host_key", None)
        client = paramiko.SSHClient()
        port = options.get("port", 22)
        if expected:
            kind, _, text = expected.partition(" ")
            key = paramiko.PKey.from_type_string(kind, base64.b64decode(text.split()[0]))
            name = self.host if port == 22 else f"[{self.host}]:{port}"
            client.get_host_keys().add(name, kind, key)
        else:
            client.load_system_host_keys()
        client.set_missing_host_key_policy(paramiko.RejectPolicy())
        client.connect(self.host, timeout=SECONDS, auth_timeout=SECONDS, **options)
        self.client = client
        self.ftp = client.open_sftp()


def open_sftp(parts: SplitResult, options: Mapping[str, Any]) -> SFTPFileSystem:
    """Open the server of an address; `options`: `password`, `host_key`, `key_filename`."""
    given = {key: value for key, value in options.items() if value}
    if parts.username:
        given["username"] = parts.username
    return KnownSftp(parts.hostname or "", port=parts.port or 22, **given)
