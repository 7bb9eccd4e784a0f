"""Leads of Meta: the webhook names them, the Graph API has their answers."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from connectors.forms.meta_leads import LEAD, read_lead
from connectors.remote.addresses import Allowed
from connectors.remote.errors import RemoteAnswerError
from connectors.remote.http import Api
from crm.inbox import Taken
from leadgate.settings import Settings
from leadgate.settings.secrets import require_secrets

GRAPH: Final = "https://graph.facebook.com/v24.0"
HOST: Final = "graph.facebook.com"

Complete = Callable[[Taken], Taken]


def completer_of(name: str, settings: Settings) -> Complete | None:
    """What fetches the answers of a source's letters; None where they come with them."""
    webhook = settings.sources[name].webhook
    if webhook is None or webhook.provider != "meta_leads":
        return None
    token = require_secrets(name, "TOKEN")[0]
    url = (webhook.api or GRAPH).rstrip("/")
    host = url.partition("://")[2].partition("/")[0]
    allowed = Allowed.of({HOST, host}, loopback=webhook.allow_loopback)
    return Completer(Api(allowed, {"authorization": f"Bearer {token}"}), url)


class Completer:
    """Fetches the answers of one lead after the other."""

    def __init__(self, api: Api, url: str) -> None:
        self._api, self._url = api, url

    def __call__(self, letter: Taken) -> Taken:
        """The letter with its answers; raises a `RemoteError`."""
        if set(letter.values) != {LEAD} or not letter.values[LEAD].isdigit():
            return letter
        fields = {"fields": "id,created_time,field_data"}
        lead = self._api.ask(f"{self._url}/{letter.values[LEAD]}", fields)
        answers = read_lead(lead) if isinstance(lead, dict) else {}
        if not answers:
            raise RemoteAnswerError(HOST, "answers a lead without answers.")
        return replace(letter, values=answers)
