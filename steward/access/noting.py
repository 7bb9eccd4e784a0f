"""Every change a person made goes into the audit, under the name of its route.

The guard of a route says who is about to do what; once the answer is not a refusal, it is noted.
So no route can forget to. What is only looked at is noted by its route, where it is about a person.
"""

import logging
from dataclasses import dataclass, replace
from typing import Any

from fastapi import Request
from starlette.concurrency import run_in_threadpool
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from crm import ids
from crm.audit import note_action
from crm.errors import StoreError

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Act:
    """What is being done: by whom, in words, and to what where it has an id."""

    user: int
    words: str
    subject: str | None


def begin_act(request: Request, user: int) -> None:
    """Say that a person is about to do what this route is for."""
    route = request.scope["route"]
    values = [str(value) for value in request.path_params.values()]
    subject = next((text for text in values if text.isdecimal() or ids.read(text)), None)
    request.state.act = Act(user, route.name.replace("_", " "), subject)


def name_subject(request: Request, subject: str | None) -> None:
    """Say what was changed, where the address does not."""
    request.state.act = replace(request.state.act, subject=subject)


def note_nothing(request: Request) -> None:
    """Say that nothing came of it."""
    request.state.act = None


class Noting:
    """Notes what was done before its answer goes out."""

    def __init__(self, app: ASGIApp, *, store: Any) -> None:
        self.app = app
        self.store = store

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and note what came of it."""

        async def send_noted(message: Message) -> None:
            act: Act | None = scope.get("state", {}).get("act")
            if act and message["type"] == "http.response.start" and message["status"] < 400:
                await run_in_threadpool(self._note, act)
            await send(message)

        await self.app(scope, receive, send_noted)

    def _note(self, act: Act) -> None:
        try:
            note_action(self.store, act.user, act.words, act.subject)
        except StoreError as error:  # it is done, and in the merge log; to say otherwise were wrong
            log.error(  # noqa: TRY400 - its text names the store
                "not noted in the audit: %s (%s)", act.words, type(error).__name__
            )
