"""From values to pages: Jinja with every value escaped, and what all pages share."""

from functools import cache
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse

from steward.access.guard import Visitor
from steward.access.roles import may
from steward.access.tokens import form_token

FOLDER: Final = Path(__file__).parent / "templates"


def render(request: Request, template: str, status: int = 200, **values: Any) -> HTMLResponse:
    """Render a template as an answer; `visitor` and `form_token` are known to every page."""
    visitor: Visitor | None = getattr(request.state, "visitor", None)
    token = form_token(visitor.session) if visitor and visitor.session else ""
    shared = {"visitor": visitor, "form_token": token, "path": request.url.path, "may": may}
    shared["max_upload"] = request.app.state.desk.max_upload
    text = _environment().get_template(template).render(shared | values)
    return HTMLResponse(text, status)


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
