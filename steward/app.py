"""The desk as a web application, put together from its parts."""

from pathlib import Path
from typing import Final

from fastapi import FastAPI, Security
from fastapi.security import HTTPBearer
from starlette.responses import FileResponse
from starlette.routing import Route
from starlette.staticfiles import StaticFiles

from steward.access.body_limit import PAGE, BodyLimit
from steward.access.headers import SecureHeaders
from steward.access.noting import Noting
from steward.api import accounts as api_accounts
from steward.api import audit as api_audit
from steward.api import contacts as api_contacts
from steward.api import deliveries as api_deliveries
from steward.api import erasing as api_erasing
from steward.api import health
from steward.api import holds as api_holds
from steward.api import imports as api_imports
from steward.api import insights as api_insights
from steward.api import quarantine as api_quarantine
from steward.api import review as api_review
from steward.api import selling as api_selling
from steward.api import tokens as api_tokens
from steward.api import uploads as api_uploads
from steward.desk import Desk
from steward.pages import (
    accounts,
    audit,
    compare,
    contacts,
    deliveries,
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
    sign_in_elsewhere,
    tokens,
)
from steward.problems import PROBLEMS, Faults, answer, answer_problems

STATIC: Final = Path(__file__).parent / "static"
UPLOADS: Final = {
    "/imports/files",
    "/quarantine/workbook",
    "/review/workbook",
    "/api/uploads",
    "/api/quarantine/workbook",
}
PAGES: Final = (
    sign_in,
    sign_in_elsewhere,
    home,
    review,
    compare,
    contacts,
    erasing,
    accounts,
    reversals,
    imports,
    holds,
    quarantine,
    insights,
    reports,
    deliveries,
    audit,
    tokens,
)
API: Final = (
    api_review,
    api_contacts,
    api_selling,
    api_erasing,
    api_accounts,
    api_quarantine,
    api_imports,
    api_uploads,
    api_holds,
    api_insights,
    api_deliveries,
    api_audit,
    api_tokens,
)


def create_app(desk: Desk) -> FastAPI:
    """Build the application over an open store."""
    app = FastAPI(title="Leadgate", docs_url=None, redoc_url=None, openapi_url="/api/openapi.json")
    app.state.desk = desk
    for page in PAGES:
        app.include_router(page.router, include_in_schema=False)
    # Described alone: the guard of each route reads the token.
    described = [Security(HTTPBearer(auto_error=False, description="leadgate user token"))]
    for part in API:
        app.include_router(part.router, responses=PROBLEMS, dependencies=described)
    app.include_router(health.router, responses={503: PROBLEMS[503]})
    app.mount("/static", StaticFiles(directory=STATIC), "static")
    # Browsers ask for it by themselves, of every answer that is no page of ours.
    app.router.routes.append(Route("/favicon.ico", FileResponse(STATIC / "icon.svg")))
    answer_problems(app)

    def limit_of(path: str) -> int:
        return desk.max_upload if path in UPLOADS else PAGE

    app.add_middleware(Noting, store=desk.store)
    app.add_middleware(Faults)
    app.add_middleware(BodyLimit, limit_of=limit_of, refuse=answer)
    app.add_middleware(SecureHeaders, https=desk.is_https)
    return app
