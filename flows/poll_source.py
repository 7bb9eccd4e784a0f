"""Asking a source for its rows: into the inbox, with how far it was read, in one transaction."""

from dataclasses import dataclass

from connectors.forms.mapped import Shape
from connectors.remote.addresses import Allowed, check_url
from connectors.remote.http import Api
from connectors.remote.polls import ADDRESSES, Poll, poll
from crm.inbox import Letter, put_letters, read_cursor
from crm.store import Store
from leadgate.errors import InvalidValueError
from leadgate.settings import Settings
from leadgate.settings.polls import Polled
from leadgate.settings.secrets import find_secrets


@dataclass(frozen=True)
class Received:
    """How many rows were new, and how many were known."""

    stored: int
    repeated: int


def poll_of(name: str, settings: Settings) -> tuple[Poll, Api]:
    """What to ask for a source, and how; a named error where the settings do not say it."""
    source = settings.sources.get(name)
    if source is None or source.poll is None:
        raise InvalidValueError(f'no source "{name}" with a poll is described in leadgate.toml.')
    said = source.poll
    url = (said.url or ADDRESSES.get(said.provider, "")).rstrip("/")
    if not url:
        raise InvalidValueError(f'[sources.{name}.poll] needs "url", the address of the API.')
    if said.provider in ADDRESSES and not said.form:
        raise InvalidValueError(f'[sources.{name}.poll] needs "form", the id of the form or sheet.')
    what = Poll(
        provider=said.provider,
        url=url,
        form=said.form,
        range=said.range,
        shape=Shape(said.items, said.record, said.id, said.time),
        next=said.next,
        next_param=said.next_param,
        cursor=said.cursor,
        cursor_param=said.cursor_param,
    )
    return what, _api(name, said)


def poll_source(store: Store, name: str, what: Poll, api: Api) -> Received:
    """Put what is new into the inbox; a run that is killed goes on where its last page ended."""
    stored = repeated = 0
    for page in poll(what, api.ask, read_cursor(store, name)):
        letters = [Letter(name, each.id, each.values, each.occurred_at) for each in page.events]
        cursors = {} if page.cursor is None else {name: page.cursor}
        results = put_letters(store, letters, cursors)
        stored += results.count("stored")
        repeated += len(results) - results.count("stored")
    return Received(stored, repeated)


def _api(name: str, said: Polled) -> Api:
    own = {host for address in ADDRESSES.values() if (host := address.partition("://")[2])}
    allowed = Allowed.of({*own, *said.allow}, loopback=said.allow_loopback)
    if said.url:
        check_url(said.url, allowed)
    token = next(iter(find_secrets(name, "TOKEN")), "")
    headers = {said.token_header.lower(): said.token_prefix + token} if token else {}
    return Api(allowed, headers)
