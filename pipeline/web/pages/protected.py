"""Protected documents (เอกสารลับ): existence, day and class, for the named few; nothing else for anyone."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response

from pipeline.web.gate import house, person
from pipeline.web.render import page

router = APIRouter(include_in_schema=False)


@router.get("/protected")
def protected(request: Request) -> Response:
    """The list; that somebody looked at it is written down."""
    home = house(request)
    home.store.log("protected.listed", person(request).name)
    entries = [(entry.received_at.astimezone().date(), entry.secrecy) for entry in home.store.protected()]
    return page(request, "protected.html", entries=entries)
