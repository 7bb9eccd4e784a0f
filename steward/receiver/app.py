"""The receiver as an application of its own: no page, no session, no cookie comes near it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI

from crm.store import open_store
from leadgate.settings import Settings
from steward.receiver.hooks import open_hooks
from steward.receiver.intake import Intake
from steward.receiver.routes import make_receiver


def create_receiver(settings: Settings) -> FastAPI:
    """Put the receiver together; it holds the store open until it shuts down.

    Raises a `ConfigurationError` where a secret is missing, a `StoreError` where the store is.
    """
    hooks = open_hooks(settings)
    store = open_store(settings.store)
    intake = Intake(store)

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        intake.warm_up()
        yield
        intake.close()
        store.close()

    app = FastAPI(lifespan=lifespan, docs_url=None, redoc_url=None, openapi_url=None)
    app.include_router(make_receiver(hooks, intake, settings.receiver))
    return app
