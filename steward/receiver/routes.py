"""`/in/SOURCE`: verify, put into the inbox, and only then answer.

An answer names a code and counts, never a value: it may end up in other people's logs.
"""

import logging
import re
import time
from collections.abc import Mapping
from typing import Final

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse, PlainTextResponse

from connectors.forms.delivery import Delivery, Event, Refusal, receive
from connectors.forms.meta_leads import answer_challenge
from crm.errors import StoreError
from crm.inbox import Letter
from leadgate.settings.webhooks import Receiver
from steward.receiver.bodies import BodyRefusedError, read_body
from steward.receiver.hooks import Hook
from steward.receiver.intake import Intake, IntakeFullError

log = logging.getLogger(__name__)

HOST: Final = re.compile(r"[A-Za-z0-9.\-]{1,255}(:[0-9]{1,5})?", re.ASCII)
RETRY_SECONDS: Final = "5"


def make_receiver(hooks: Mapping[str, Hook], intake: Intake, settings: Receiver) -> APIRouter:
    """The routes of the receiver."""
    router = APIRouter()

    @router.post("/in/{source}")
    @router.post("/in/{source}/", include_in_schema=False)  # who posts follows no redirect
    @router.post("/in/{source}/{word}")
    async def take(request: Request, source: str, word: str = "") -> Response:
        hook = hooks.get(source)
        if hook is None or (bool(word) and not hook.in_address):
            return refuse(404, "webhook.unknown")
        try:
            body = await read_body(request, settings.max_body)
        except BodyRefusedError as refused:
            return refuse(refused.status, refused.code)
        delivery = _delivery(request, body, word, settings.public_url)
        found = receive(hook.provider, delivery, hook.secrets, time.time())
        if isinstance(found, Refusal):
            log.info("source %s: refused, %s", hook.source, found.code)
            return refuse(found.status, found.code)
        return await _put(hook, found, intake)

    @router.get("/in/{source}")
    async def challenge(request: Request, source: str) -> Response:
        hook = hooks.get(source)
        echo = answer_challenge(request.query_params, hook.words) if hook else None
        if echo is None:
            return refuse(404 if hook is None else 403, "webhook.unknown")
        return PlainTextResponse(echo)

    return router


def refuse(status: int, code: str) -> Response:
    """An answer that says no, and why, by a code."""
    headers = {"retry-after": RETRY_SECONDS} if status == 503 else None
    return JSONResponse({"code": code}, status, headers)


async def _put(hook: Hook, events: tuple[Event, ...], intake: Intake) -> Response:
    if not events:
        return JSONResponse({"stored": 0, "repeated": 0})
    letters = [Letter(hook.source, each.id, each.values, each.occurred_at) for each in events]
    try:
        results = await intake.put(letters)
    except IntakeFullError:
        return refuse(503, "receiver.busy")
    except StoreError as error:
        log.error("source %s: not stored, %s", hook.source, type(error).__name__)  # noqa: TRY400
        return refuse(503, "receiver.no_store")
    if hook.ids_are_ours and "changed" in results:
        log.warning("source %s: an id came with two contents", hook.source)
        return refuse(409, "webhook.id_reused")
    stored = results.count("stored")
    return JSONResponse({"stored": stored, "repeated": len(results) - stored})


def _delivery(request: Request, body: bytes, word: str, public_url: str | None) -> Delivery:
    headers = tuple((key.lower(), value) for key, value in request.headers.items())
    if word:
        named = (each for each in headers if each[0] != "authorization")
        headers = (*named, ("authorization", f"Bearer {word}"))
    return Delivery(request.method, _address(request, public_url), headers, body)


def _address(request: Request, public_url: str | None) -> str:
    """The address the sender knows: as the settings say, else as the request does."""
    host = request.headers.get("host", "")
    known = host if HOST.fullmatch(host) else "localhost"
    # Not from `request.url`: it refuses some hosts that a sender can make up.
    start = public_url or f"{request.scope['scheme']}://{known}"
    path: bytes = request.scope.get("raw_path") or request.scope["path"].encode()
    query = request.scope.get("query_string", b"")
    sent = path.partition(b"?")[0] + (b"?" + query if query else b"")
    return start + sent.decode("latin-1")
