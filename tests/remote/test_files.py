"""Files that appear here, on S3, on SFTP and at an address: each whole, and each once."""

from __future__ import annotations

import base64
import os
import socket
import sqlite3
import threading
import time
from pathlib import Path

import paramiko
import pytest
from moto.moto_server.threaded_moto_server import ThreadedMotoServer

from connectors.errors import SourceFileError
from connectors.remote.errors import AddressRefusedError, RemoteDeniedError, RemoteError
from connectors.remote.files import Found, Place, find_files
from crm.store import open_store
from flows.fetch_files import fetch_address, fetch_files, fetch_rows
from flows.import_leads import import_leads
from flows.job import ImportJob
from leadgate.settings.elsewhere import Files

LEADS = b"First Name,Last Name,Email\nAna,Almeida,ana@almeida.example\n"
MORE = b"First Name,Last Name,Email\nBob,Stone,bob@stone.example\nEva,Ray,eva@ray.example\n"
LONG_AGO = 1_700_000_000


@pytest.fixture
def job(tmp_path):
    return ImportJob("partner", Path("partner"), f"sqlite:///{tmp_path}/leads.db", None)


@pytest.fixture
def fetch(job):
    """Fetch what is new: the number of rows of each import, or the code of a refusal."""

    def run(files, how=fetch_files):
        with open_store(job.store) as store:
            return [
                each.code if isinstance(each, SourceFileError) else each.created
                for each in how(store, job, files, import_leads)
            ]

    return run


def drop(folder, name, content, at=LONG_AGO):
    folder.mkdir(exist_ok=True)
    (folder / name).write_bytes(content)
    os.utime(folder / name, (at, at))


def test_files_of_a_folder_are_taken_once_and_again_when_they_change(tmp_path, fetch):
    folder = tmp_path / "in"
    drop(folder, "a.csv", LEADS)
    files = Files(at=str(folder))
    assert fetch(files) == [1]
    assert fetch(files) == []
    drop(folder, "b.csv", MORE)
    assert fetch(files) == [2]
    drop(folder, "a.csv", LEADS + b"Ida,Well,ida@well.example\n", LONG_AGO + 60)
    assert fetch(files) == [1]


def test_a_file_that_is_being_written_is_left_for_the_next_look(tmp_path, fetch):
    folder = tmp_path / "in"
    drop(folder, "a.csv", LEADS, at=time.time())
    drop(folder, "empty.csv", b"")
    for name in ("b.csv.part", ".hidden.csv", "~$c.xlsx", "d.crdownload", "e.csv.tmp"):
        drop(folder, name, MORE)
    files = Files(at=str(folder))
    assert fetch(files) == []
    os.utime(folder / "a.csv", (LONG_AGO, LONG_AGO))
    assert fetch(files) == [1]


def test_a_file_that_grows_while_it_is_copied_is_not_taken(tmp_path, fetch, monkeypatch):
    folder = tmp_path / "in"
    drop(folder, "a.csv", LEADS)
    found = find_files(Place(str(folder)))
    monkeypatch.setattr("flows.fetch_files.find_files", lambda _place: found)
    drop(folder, "a.csv", MORE, LONG_AGO + 1)
    assert fetch(Files(at=str(folder))) == []
    monkeypatch.undo()
    assert fetch(Files(at=str(folder))) == [2]


def test_a_pattern_chooses_and_a_bad_file_keeps_no_other_back(tmp_path, fetch):
    folder = tmp_path / "in"
    drop(folder, "a.csv", b"\x89PNG\r\n\x1a\n" + bytes(100))
    drop(folder, "b.csv", LEADS)
    drop(folder, "notes.txt", b"x")
    files = Files(at=str(folder / "*.csv"))
    assert fetch(files) == ["file.unknown_format", 1]
    assert fetch(files) == []


NASTY = [
    "..",
    "a/../../b.csv",
    "..\\..\\c.csv",
    "d\x00e.csv",
    "\n.csv",
    "f" * 300 + ".csv",
    "",
    "/",
]


@pytest.mark.parametrize("path", NASTY)
def test_a_name_is_for_people_and_never_a_path(path):
    name = Found(path, 1, "", settled=True).name
    assert name
    assert not {"/", "\\", "\x00", "\n"} & set(name)
    assert not name.startswith(".")
    assert len(name) <= 100


def test_a_folder_that_is_not_there_has_a_name(tmp_path, fetch):
    with pytest.raises(RemoteDeniedError):
        fetch(Files(at=str(tmp_path / "nowhere" / "*.csv")))
    with pytest.raises(RemoteError):
        fetch(Files(at="ftp://host/folder"))


@pytest.fixture
def bucket(monkeypatch):
    """A server like S3 with an empty bucket."""
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "testing")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "testing")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    import boto3  # noqa: PLC0415 - slow, and only needed here

    client = boto3.client("s3", endpoint_url=f"http://{host}:{port}")
    client.create_bucket(Bucket="leads")
    yield client, f"http://{host}:{port}"
    client.close()
    server.stop()


@pytest.mark.filterwarnings("ignore")  # the server and its client warn about themselves
def test_objects_of_s3_are_taken_once(bucket, fetch):
    client, endpoint = bucket
    client.put_object(Bucket="leads", Key="in/a.csv", Body=LEADS)
    client.put_object(Bucket="leads", Key="in/a.txt", Body=b"x")
    files = Files(at="s3://leads/in/*.csv", endpoint=endpoint)
    assert fetch(files) == [1]
    assert fetch(files) == []
    client.put_object(Bucket="leads", Key="in/b.csv", Body=MORE)
    assert fetch(files) == [2]
    with pytest.raises(RemoteDeniedError):
        fetch(Files(at="s3://nowhere/*.csv", endpoint=endpoint))


@pytest.mark.filterwarnings("ignore")
def test_s3_without_credentials_says_which_ones_it_needs(bucket, fetch, tmp_path, monkeypatch):
    monkeypatch.delenv("AWS_ACCESS_KEY_ID")
    for name in ("AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE"):
        monkeypatch.setenv(name, str(tmp_path / "none"))
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    with pytest.raises(RemoteDeniedError, match="needs credentials: AWS_ACCESS_KEY_ID"):
        fetch(Files(at="s3://leads/*.csv", endpoint=bucket[1]))


class Server(paramiko.ServerInterface):
    """Lets one user in."""

    def check_auth_password(self, username, password):  # noqa: D102 - a word of paramiko
        good = (username, password) == ("ana", "secret")
        return paramiko.AUTH_SUCCESSFUL if good else paramiko.AUTH_FAILED

    def get_allowed_auths(self, _username):  # noqa: D102 - a word of paramiko
        return "password"

    def check_channel_request(self, _kind, _chanid):  # noqa: D102 - a word of paramiko
        return paramiko.OPEN_SUCCEEDED


class Folder(paramiko.SFTPServerInterface):
    """Serves one folder."""

    root: Path

    def _real(self, path):
        return str(self.root) + os.path.normpath("/" + path)

    def list_folder(self, path):  # noqa: D102 - a word of paramiko
        return [
            paramiko.SFTPAttributes.from_stat(each.stat(), each.name)
            for each in Path(self._real(path)).iterdir()
        ]

    def stat(self, path):  # noqa: D102 - a word of paramiko
        try:
            return paramiko.SFTPAttributes.from_stat(Path(self._real(path)).stat())
        except OSError as error:
            return paramiko.SFTPServer.convert_errno(error.errno)

    lstat = stat

    def open(self, path, _flags, _attr):  # noqa: D102 - a word of paramiko
        handle = paramiko.SFTPHandle()
        handle.readfile = Path(self._real(path)).open("rb")  # noqa: SIM115 - paramiko closes it
        return handle


@pytest.fixture
def sftp(tmp_path, monkeypatch):
    """An SFTP server over a folder; its port and its key."""
    monkeypatch.setattr(Folder, "root", tmp_path / "in", raising=False)
    (tmp_path / "in").mkdir()
    key = paramiko.RSAKey.generate(2048)
    listening = socket.create_server(("127.0.0.1", 0))
    transports = []

    def serve():
        while True:
            try:
                connection, _ = listening.accept()
            except OSError:
                return
            transport = paramiko.Transport(connection)
            transport.add_server_key(key)
            transport.set_subsystem_handler("sftp", paramiko.SFTPServer, Folder)
            transport.start_server(server=Server())
            transports.append(transport)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    text = f"{key.get_name()} {base64.b64encode(key.asbytes()).decode()}"
    yield listening.getsockname()[1], text
    listening.shutdown(socket.SHUT_RDWR)
    listening.close()
    for transport in transports:
        transport.close()
    thread.join()


@pytest.mark.filterwarnings("ignore")  # paramiko warns of ciphers
def test_files_of_an_sftp_server_are_taken_where_its_key_is_known(
    sftp, tmp_path, fetch, monkeypatch
):
    port, key = sftp
    monkeypatch.setenv("LEADGATE_TOKEN_PARTNER", "secret")
    drop(tmp_path / "in", "a.csv", LEADS)
    files = Files(at=f"sftp://ana@127.0.0.1:{port}/*.csv", host_key=key)
    assert fetch(files) == [1]
    assert fetch(files) == []
    for stranger in (
        None,
        "ssh-rsa " + base64.b64encode(paramiko.RSAKey.generate(2048).asbytes()).decode(),
    ):
        with pytest.raises(RemoteError):
            fetch(files.model_copy(update={"host_key": stranger}))
    monkeypatch.setenv("LEADGATE_TOKEN_PARTNER", "wrong")
    with pytest.raises(RemoteError) as caught:
        fetch(files)
    assert "wrong" not in str(caught.value)


def test_a_file_at_an_address_is_taken_when_it_is_another(web, fetch):
    content = [LEADS]
    web.answer = lambda *_: (200, {"etag": f'"{len(content[0])}"'}, content[0])
    files = Files(at=web.url + "/export/leads.csv", allow_loopback=True)
    assert fetch(files, fetch_address) == [1]
    assert fetch(files, fetch_address) == []
    content[0] = MORE
    assert fetch(files, fetch_address) == [2]
    with pytest.raises(AddressRefusedError):
        fetch(files.model_copy(update={"allow_loopback": False}), fetch_address)


def test_rows_of_a_view_are_taken_once(tmp_path, job):
    other = tmp_path / "other.db"
    connection = sqlite3.connect(other)
    connection.executescript(
        'CREATE TABLE "odd ""people" (id INTEGER, email TEXT, name TEXT, born DATE);'
        "INSERT INTO \"odd \"\"people\" VALUES (1, 'a@x.example', 'Ana Almeida', NULL),"
        " (2, 'b@x.example', 'Bob Stone', '1980-01-02');"
        'CREATE VIEW people AS SELECT * FROM "odd ""people"'
    )
    connection.close()
    url = f"sqlite:///{other}"

    def taken(table):
        return [each.created for each in fetch_rows(job, url, table, import_leads)]

    assert taken("people") == [2]
    assert taken("people") == [0]
    assert taken('odd "people') == [0]
    for wrong in ("nobody", "people; DROP TABLE people", ""):
        with pytest.raises(RemoteError):
            taken(wrong)
    with pytest.raises(RemoteError) as caught:
        list(fetch_rows(job, "nonsense://user:secret@host/db", "people", import_leads))
    assert "secret" not in str(caught.value)
