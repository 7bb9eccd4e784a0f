"""What `leadgate user …` does."""

import getpass
import sys
import warnings
from collections.abc import Callable
from pathlib import Path

from crm.desk_access import (
    User,
    add_token,
    add_user,
    change_user,
    end_token,
    find_user,
    list_tokens,
    list_users,
)
from crm.store import open_store
from leadgate.cli.inspect import open_existing
from leadgate.errors import InvalidValueError
from leadgate.settings import load_settings
from steward.access.passwords import find_fault, hash_password
from steward.access.tokens import hash_token, make_token


def add_person(config: Path | None, url: str | None, name: str, role: str, *, stdin: bool) -> int:
    """Add a person; a name that is taken or a weak password is a named error."""
    name = _named(name)

    def ask() -> str:
        return hash_password(_ask_password(name, stdin=stdin))

    return _add(_store(config, url), name, role, ask)


def add_outsider(config: Path | None, url: str | None, name: str, role: str) -> int:
    """Add a person whom another service signs in under this name."""
    return _add(_store(config, url), _named(name), role, lambda: None)


def _named(name: str) -> str:
    if not name.strip():
        raise InvalidValueError("NAME is empty; give the name to sign in with.")
    return name.strip()


def _add(url: str, name: str, role: str, ask: Callable[[], str | None]) -> int:
    """Add somebody; the password is asked for where the store can be used."""
    with open_store(url) as store:
        if add_user(store, name, role, ask()) is None:
            raise InvalidValueError(
                f'The name "{name}" is taken; `leadgate user password` gives a new password.'
            )
    print(f"{name} can sign in, with the role {role}.")
    return 0


def change_password(config: Path | None, url: str | None, name: str, *, stdin: bool) -> int:
    """Give a person a new password."""
    with open_existing(_store(config, url)) as store:
        user = _found(find_user(store, name), name)
        kept = hash_password(_ask_password(name, stdin=stdin))
        change_user(store, user.id, password_hash=kept)
    print(f"{user.name} has a new password; open sessions have ended.")
    return 0


def change_person(
    config: Path | None, url: str | None, name: str, *, role: str | None, active: bool | None
) -> int:
    """Change what a person may do."""
    changes = {"role": role, "active": active}
    wanted = {key: value for key, value in changes.items() if value is not None}
    if not wanted:
        raise InvalidValueError("Nothing to change; give --role, --active or --inactive.")
    with open_existing(_store(config, url)) as store:
        user = _found(find_user(store, name), name)
        change_user(store, user.id, **wanted)
    print(f"{user.name} was changed; open sessions have ended.")
    return 0


def list_people(config: Path | None, url: str | None) -> int:
    """Print name, role and whether the person may sign in."""
    with open_existing(_store(config, url)) as store:
        people = list_users(store)
    for user in people:
        print(f"{user.name}\t{user.role}\t{'active' if user.active else 'inactive'}")
    if not people:
        print("Nobody yet; `leadgate user add NAME --role admin` adds the first.", file=sys.stderr)
    return 0


def make_api_token(config: Path | None, url: str | None, name: str, purpose: str) -> int:
    """Print a new token; only its hash is kept."""
    token = make_token()
    with open_existing(_store(config, url)) as store:
        user = _found(find_user(store, name), name)
        add_token(store, user.id, purpose, hash_token(token))
    print(token)
    print("Keep it now: it is not shown again.", file=sys.stderr)
    return 0


def list_person_tokens(config: Path | None, url: str | None, name: str, end: int | None) -> int:
    """Print number, purpose, when it was made and when it ended; or end one."""
    with open_existing(_store(config, url)) as store:
        user = _found(find_user(store, name), name)
        if end is not None and not end_token(store, user.id, end):
            raise InvalidValueError(f"--end {end}: {user.name} has no such token that still opens.")
        found = list_tokens(store, user.id)
    for number, purpose, made, ended in found.to_numpy().tolist():
        until = f"ended {ended}" if isinstance(ended, str) else "open"
        print(f"{number}\t{purpose}\t{made}\t{until}")
    if found.empty:
        print(f"{user.name} has no token; `leadgate user token` makes one.", file=sys.stderr)
    return 0


def _store(config: Path | None, url: str | None) -> str:
    return url or load_settings(config).store


def _found(found: tuple[User, str | None] | None, name: str) -> User:
    if found is None:
        raise InvalidValueError(f'There is no "{name}"; `leadgate user list` shows who there is.')
    return found[0]


def _ask_password(name: str, *, stdin: bool) -> str:
    password = sys.stdin.readline().rstrip("\r\n") if stdin else _ask_unseen("Password: ")
    if not stdin and password != _ask_unseen("Again: "):
        raise InvalidValueError("The two passwords differ; nothing was changed.")
    if fault := find_fault(password, name):
        raise InvalidValueError(f"{fault} Nothing was changed.")
    return password


def _ask_unseen(prompt: str) -> str:
    """Ask at a terminal; where there is none, Python would read along for all to see."""
    with warnings.catch_warnings():
        warnings.simplefilter("error", getpass.GetPassWarning)
        try:
            return getpass.getpass(prompt)
        except (getpass.GetPassWarning, EOFError):
            raise InvalidValueError(
                "There is no terminal to ask for the password; give it with --password-stdin."
            ) from None
