"""One file: its letters, its pages as pictures, its original; splitting, merging and reading again."""

from __future__ import annotations

import hashlib
import re
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Query, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import FileResponse, RedirectResponse, Response

from pipeline import again
from pipeline.store import Stored
from pipeline.vault import find_original
from pipeline.web import view
from pipeline.web.gate import House, Refusal, house, lang_of, person
from pipeline.web.pictures import page_picture
from pipeline.web.render import page, say

router = APIRouter(include_in_schema=False)
_SHA256 = re.compile("[0-9a-f]{64}")


def found_document(home: House, sha256: str) -> Stored:
    """A kept document by its whole hash; protected and unknown ones are refused in the same words."""
    stored = home.store.get(sha256) if _SHA256.fullmatch(sha256) else None
    if stored is None or stored.entry.state == "protected":
        raise Refusal(404, "not_found")
    return stored


@router.get("/documents/{sha256}")
def document(request: Request, sha256: str) -> Response:
    """What is known of the file."""
    stored = found_document(house(request), sha256)
    if len(stored.rows) == 1:
        return RedirectResponse(f"/letters/{stored.rows[0]}", status_code=303)
    result = stored.result
    return page(
        request,
        "document.html",
        stored=stored,
        letters=[] if result is None else list(zip(stored.rows, result.letters, strict=True)),
        problems=() if result is None else result.problems,
        findings=[] if result is None else list(view.findings_of(result, None)),
        scans=[] if result is None else view.page_views(result),
        may_edit=person(request).role in ("clerk", "admin"),
    )


@router.get("/documents/{sha256}/pages/{number}.webp")
def picture(request: Request, sha256: str, number: int) -> Response:
    """A page as a picture; browsers ask each time whether they may still show theirs."""
    home = house(request)
    stored = found_document(home, sha256)
    tag = f'"{hashlib.sha256(f"{sha256}/{number}".encode()).hexdigest()[:24]}"'
    headers = {"etag": tag, "cache-control": "private, no-cache"}
    path = page_picture(home.settings, stored.entry.sha256, number)
    if path is None:
        raise Refusal(404, "not_found")
    if request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers=headers)
    return FileResponse(path, media_type="image/webp", headers=headers)


@router.get("/documents/{sha256}/original")
def original(request: Request, sha256: str) -> Response:
    """The file itself, to be saved: never shown by the browser as a page of ours."""
    home = house(request)
    stored = found_document(home, sha256)
    path = find_original(home.settings, stored.entry.sha256)
    if path is None:
        raise Refusal(404, "not_found")
    name = quote(stored.entry.name or path.name)
    home.store.log("original.taken", person(request).name, stored.entry.sha256)
    return FileResponse(
        path,
        media_type="application/octet-stream",
        headers={
            "content-disposition": f"attachment; filename*=UTF-8''{name}",
            "content-security-policy": "sandbox; default-src 'none'",
        },
    )


@router.get("/documents/{sha256}/bundle")
def bundle(request: Request, sha256: str, again: Annotated[int, Query(ge=0, le=99_999)] = 0) -> Response:
    """The pages of a file side by side, with the places where letters begin; `again`: the page sent to be read."""
    sent = say(lang_of(request), "again_sent", n=again) if again else ""
    return _bundle(request, found_document(house(request), sha256), sent)


def _bundle(request: Request, stored: Stored, saved: str) -> Response:
    result = stored.result
    if result is None or result.page_count < 1:
        raise Refusal(404, "not_found")
    starts = {letter.pages[0] for letter in result.letters if letter.pages}
    sizes = {one.number: one for one in view.page_views(result)}
    return page(
        request,
        "bundle.html",
        stored=stored,
        sizes=sizes,
        numbers=range(1, result.page_count + 1),
        starts=starts | {1},
        saved=saved,
    )


@router.post("/documents/{sha256}/bundle")
async def regroup(request: Request, sha256: str) -> Response:
    """Split and merge as ticked; values are then taken anew from what was read."""
    home = house(request)
    form = await request.form()
    ticked = {
        int(str(value)) for value in form.getlist("start") if str(value).isdecimal() and len(str(value)) < 6
    }
    return await run_in_threadpool(_regroup, request, home, sha256, ticked)


def _regroup(request: Request, home: House, sha256: str, ticked: set[int]) -> Response:
    stored = found_document(home, sha256)
    read = home.store.document(sha256)
    if read is None or stored.result is None:
        raise Refusal(404, "not_found")
    groups: list[list[int]] = []
    for number in (one.number for one in read.pages):
        if not groups or number in ticked:
            groups.append([])
        groups[-1].append(number)
    home.store.regroup(sha256, groups, who=person(request).name)
    again.understand_again(home.settings, read)
    fresh = found_document(home, sha256)
    return _bundle(request, fresh, say(lang_of(request), "bundle_done", n=len(fresh.rows)))


@router.post("/documents/{sha256}/pages/{number}/again")
def read_again(request: Request, sha256: str, number: int) -> Response:
    """Have one page read again, beside the other work."""
    home = house(request)
    stored = found_document(home, sha256)
    if stored.result is None or not 1 <= number <= stored.result.page_count:
        raise Refusal(404, "not_found")
    home.queue.read_page(sha256, number, person(request).name, stored.result.file)
    home.store.log("page.again", person(request).name, sha256, {"page": number})
    return RedirectResponse(f"/documents/{sha256}/bundle?again={number}", status_code=303)
