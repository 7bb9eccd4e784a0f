"""Home: what waits for a person, what came in, and how good it was."""

from collections.abc import Mapping
from typing import Annotated, Any

import pandas as pd
from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from crm.ids import show
from crm.overview import (
    COMPLETE,
    FUNNEL,
    count_funnel,
    count_waiting,
    read_completeness,
    read_quality,
)
from crm.store import Store
from reports.plots import bar_width, stack_fates
from steward.access.guard import Needs, Visitor
from steward.plots.lines import draw_lines
from steward.rendering import render

router = APIRouter()
SHARES = ("flagged", "duplicates", "rejected")


@router.get("/")
def show_home(request: Request, _visitor: Annotated[Visitor, Depends(Needs("viewer"))]) -> Response:
    """What waits, the latest imports, quality over time and by source, and the funnel."""
    store: Store = request.app.state.desk.store
    quality = read_quality(store)
    lines, top = draw_lines({name: quality[name].tolist() for name in SHARES})
    return render(
        request,
        "home.html",
        waiting=count_waiting(store),
        imports=_read_imports(store),
        quality=_records(quality),
        lines=lines,
        top=top,
        complete=_records(read_completeness(store)),
        aspects=tuple(COMPLETE),
        funnel=_read_funnel(store),
    )


def _read_imports(store: Store) -> list[dict[str, Any]]:
    latest = store.batches().tail(12).iloc[::-1]
    return [
        each | {"id": show("batch", int(each["batch"])), "fates": stack_fates(_whole(each))}
        for each in _records(latest)
    ]


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    return [{str(name): value for name, value in each.items()} for each in frame.to_dict("records")]


def _whole(counts: Mapping[Any, Any]) -> dict[str, int]:
    fates = ("created", "merged", "held", "quarantined", "already_seen")
    return {fate: int(counts[fate]) for fate in fates}


def _read_funnel(store: Store) -> list[dict[str, Any]]:
    """Each step: how many came so far, the width of its bar, and the share of the step before."""
    counts = count_funnel(store)
    steps: list[dict[str, Any]] = []
    before = 0
    for name in FUNNEL:
        count = counts[name]
        share = count / before if before else None
        width = bar_width(count, counts[FUNNEL[0]])
        steps.append({"name": name, "count": count, "width": width, "share": share})
        before = count
    return steps
