"""Several contacts side by side: choose field by field what the merged one will say."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import RedirectResponse, Response

from crm.acts import Who
from crm.editing import edit
from crm.merging import MergePreview, merge, preview_merge
from crm.store import Store
from crm.trace import trace
from steward.access.guard import Needs, Visitor
from steward.rendering import render
from validators.fields import FIELDS

router = APIRouter(prefix="/compare")
Steward = Annotated[Visitor, Depends(Needs("steward"))]
AUTOMATIC = ""


@router.get("")
def show_compare(
    request: Request,
    _visitor: Steward,
    contacts: Annotated[str, Query(max_length=400)],
    into: str | None = None,
) -> Response:
    """The contacts (`c3,c9,c12`), and the golden record that merging them would give."""
    store: Store = request.app.state.desk.store
    named = _split(contacts)
    preview = preview_merge(store, named, into)
    stories = [trace(store, each) for each in preview.versions]
    values = [{each["field"]: each["value"] for each in story["fields"]} for story in stories]
    rows = [_row(name, preview, values) for name in FIELDS if any(name in has for has in values)]
    return render(
        request, "compare.html", preview=preview, stories=stories, rows=rows, contacts=named
    )


@router.post("")
async def save_merge(request: Request, visitor: Steward) -> Response:
    """Merge, then pin what was chosen against the policy's proposal."""
    store: Store = request.app.state.desk.store
    form = {name: str(value) for name, value in (await request.form()).items()}
    contacts, into = _split(form.get("contacts", "")), form.get("into")
    proposed = {row["field"]: row["value"] for row in preview_merge(store, contacts, into).fields}
    expected = {
        name.removeprefix("version_"): int(value)
        for name, value in form.items()
        if name.startswith("version_") and value.isdigit()
    }
    who = Who(visitor.user.name, form.get("reason") or None, expected)
    done = merge(store, contacts, who, into=into)
    survivor = next(iter(done.contacts))
    chosen = {
        name: value
        for name in FIELDS
        if (value := form.get(f"field_{name}", AUTOMATIC)) != AUTOMATIC
        and value != proposed.get(name)
    }
    if chosen:
        edit(store, survivor, chosen, Who(visitor.user.name, expected=done.contacts))
    return RedirectResponse(f"/contacts/{survivor}", 303)


def _split(text: str) -> list[str]:
    return list(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))


def _row(field: str, preview: MergePreview, values: list[dict[str, Any]]) -> dict[str, Any]:
    """One field: what each contact says, what is proposed, and what one can choose from."""
    told = next((row for row in preview.fields if row["field"] == field), None)
    proposed = told["value"] if told else None
    said = [has.get(field) for has in values]
    rivals = [each["value"] for each in told["rivals"]] if told else []
    choices = dict.fromkeys(value for value in [proposed, *said, *rivals] if value)
    return {
        "field": field,
        "label": FIELDS[field].label,
        "said": said,
        "proposed": proposed,
        "choices": list(choices),
        "differs": len({value for value in said if value}) > 1,
    }
