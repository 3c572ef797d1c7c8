"""Search: one box, with highlights."""

from __future__ import annotations

import datetime as dt

from fastapi import APIRouter, Request
from fastapi.responses import Response

from pipeline.errors import BadInputError
from pipeline.web.gate import house, lang_of
from pipeline.web.render import page

router = APIRouter(include_in_schema=False)
_ON_PAGE, _LONGEST = 30, 300


@router.get("/search")
def search(request: Request, q: str = "", after: str | None = None) -> Response:
    """The box and what it found; with HTMX only what it found."""
    q, found, error, status = q[:_LONGEST].strip(), None, "", 200
    if q:
        try:
            found = house(request).store.search(q, limit=_ON_PAGE, after=after, today=dt.date.today())
        except BadInputError as wrong:  # a filter that makes no sense: the box keeps what was typed
            error = wrong.message if lang_of(request) == "th" else wrong.message_en
    template = "search_hits.html" if request.headers.get("hx-request") else "search.html"
    return page(
        request, template, status=status, q=q, found=found, after=after, error=error, today=dt.date.today()
    )
