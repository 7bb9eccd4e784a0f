"""The desk as a web application, put together from its parts."""

from pathlib import Path

from fastapi import FastAPI
from starlette.staticfiles import StaticFiles

from steward.access.body_limit import PAGE, BodyLimit
from steward.access.headers import SecureHeaders
from steward.api import contacts as api_contacts
from steward.api import imports as api_imports
from steward.api import review as api_review
from steward.desk import Desk
from steward.pages import (
    compare,
    contacts,
    erasing,
    holds,
    home,
    imports,
    insights,
    quarantine,
    reports,
    reversals,
    review,
    sign_in,
)
from steward.problems import Faults, answer_problems

UPLOADS = {"/imports/files", "/quarantine/workbook"}


def create_app(desk: Desk) -> FastAPI:
    """Build the application over an open store."""
    app = FastAPI(title="Leadgate", docs_url=None, redoc_url=None, openapi_url="/api/openapi.json")
    app.state.desk = desk
    app.include_router(sign_in.router, include_in_schema=False)
    for page in (
        home,
        review,
        compare,
        contacts,
        erasing,
        reversals,
        imports,
        holds,
        quarantine,
        insights,
        reports,
    ):
        app.include_router(page.router, include_in_schema=False)
    for part in (api_review, api_contacts, api_imports):
        app.include_router(part.router)
    app.mount("/static", StaticFiles(directory=Path(__file__).parent / "static"), "static")
    answer_problems(app)

    def limit_of(path: str) -> int:
        return desk.max_upload if path in UPLOADS else PAGE

    app.add_middleware(Faults)
    app.add_middleware(BodyLimit, limit_of=limit_of)
    app.add_middleware(SecureHeaders, https=desk.is_https)
    return app
