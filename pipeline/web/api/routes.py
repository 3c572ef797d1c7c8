"""The operations of the API. Who may call them stands in the access table, as for the pages."""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Header, Query, Request
from fastapi import Path as InPath
from fastapi.concurrency import run_in_threadpool
from fastapi.openapi.utils import get_openapi
from fastapi.responses import JSONResponse, Response
from starlette.datastructures import UploadFile

from pipeline import desk
from pipeline.errors import ConflictError
from pipeline.store import RowFilter, Sort, StoredLetter
from pipeline.web.api.problems import ANSWERS, MEDIA, Problem, problem
from pipeline.web.api.shapes import (
    Correction,
    Cursor,
    DeadlineOut,
    DocumentOut,
    FindingOut,
    HitOut,
    LetterOut,
    Listing,
    Taken,
)
from pipeline.web.gate import Refusal, house, person
from pipeline.web.pages.documents import found_document
from pipeline.web.pages.uploads import take
from schemas.result import Result

router = APIRouter(prefix="/api/v1", responses=ANSWERS)
Limit = Annotated[int, Query(ge=1, le=200, description="how many at most")]
Id = Annotated[int, InPath(ge=1, lt=2**31, description="the letter's number in the register")]
Hash = Annotated[str, InPath(pattern="^[0-9a-f]{64}$", description="hash of the file's content")]
_TEXT = Query(max_length=300)


@router.get("/openapi.json", include_in_schema=False)
def openapi(request: Request) -> Response:
    """The description of the API."""
    app = request.app
    described = get_openapi(title="Saraban", version="1", routes=app.routes, description=_ABOUT)
    described.setdefault("components", {})["securitySchemes"] = {
        "token": {"type": "http", "scheme": "bearer"}
    }
    described["security"] = [{"token": []}]
    return JSONResponse(described)


_ABOUT = (
    "The register of letters for other systems. Give a token as `Authorization: Bearer …`; make one with "
    "`saraban token add`. Protected documents do not exist here. Errors are problem details (RFC 9457)."
)


@router.get("/documents")
def documents(request: Request, limit: Limit = 50, after: Cursor = None) -> Listing[DocumentOut]:
    """Files of the register, by hash."""
    found = house(request).store.results(after=after, limit=limit)
    items = [
        DocumentOut(
            sha256=one.sha256,
            file=one.file,
            status=one.status,
            page_count=one.page_count,
            letters=len(one.letters),
            findings=len(one.findings),
        )
        for one in found
    ]
    return Listing[DocumentOut](items=items, next=items[-1].sha256 if len(items) == limit else None)


@router.get("/documents/{sha256}", response_model=Result, responses={304: {"description": "Not changed"}})
def document(
    request: Request, sha256: Hash, if_none_match: Annotated[str | None, Header()] = None
) -> Response:
    """All that is known of a file, people's corrections applied. The record's fields: docs/record.md."""
    found_document(house(request), sha256)
    result = house(request).store.result(sha256)
    if result is None:
        raise Refusal(404, "not_found")
    body = result.model_dump_json()
    return _tagged(body, hashlib.sha256(body.encode()).hexdigest()[:32], if_none_match)


def _tagged(body: str, tag: str, if_none_match: str | None) -> Response:
    headers = {"etag": f'"{tag}"', "cache-control": "private, no-cache"}
    if if_none_match is not None and _fits(if_none_match, tag):
        return Response(status_code=304, headers=headers)
    return Response(body, media_type="application/json", headers=headers)


def _fits(given: str, tag: str) -> bool:
    """Whether one of the tags in an If-Match or If-None-Match is this one."""
    tags = [one.strip().removeprefix("W/") for one in given.split(",")]
    return "*" in tags or f'"{tag}"' in tags


_FILES = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["file"],
                    "additionalProperties": False,
                    "properties": {"file": {"type": "string", "format": "binary"}},
                }
            }
        },
    }
}


@router.post("/documents", status_code=202, response_model=Taken, openapi_extra=_FILES)
async def upload(request: Request) -> Any:
    """Hand over one file. It is written down before the answer and read afterwards; a file twice is one document."""
    home, who = house(request), person(request)
    given = await request.form(max_files=1, max_fields=5)
    file = given.get("file")
    if not isinstance(file, UploadFile) or not file.filename:
        return problem(422, "file.missing", "Send one file in the field `file` of a multipart form.")
    if (file.size or 0) > home.settings.max_bytes:
        return problem(413, "file.too_large", f"The file has more than {home.settings.max_bytes} bytes.")
    job = await run_in_threadpool(take, home.queue, file, who.name)
    home.store.log("upload", who.name, detail={"job": job.id})
    return Taken(job=job.id, name=job.name, state=job.state)


@router.get("/letters")
def letters(
    request: Request,
    agency: Annotated[str | None, _TEXT] = None,
    number: Annotated[str | None, _TEXT] = None,
    date_from: dt.date | None = None,
    date_to: dt.date | None = None,
    needs_person: bool | None = None,
    sort: Sort = "-received",
    limit: Limit = 50,
    after: Cursor = None,
) -> Listing[Any]:
    """The register: one row a letter."""
    filters = RowFilter(
        agency=agency or None,
        number=number or None,
        date_from=date_from,
        date_to=date_to,
        needs_person=needs_person,
    )
    found = house(request).store.page(filters, sort, limit=limit, after=after)
    return Listing[Any](items=list(found.rows), next=found.next, total=found.total, exact=found.exact)


@router.get("/letters/{letter_id}", response_model=LetterOut, responses={304: {"description": "Not changed"}})
def letter(
    request: Request, letter_id: Id, if_none_match: Annotated[str | None, Header()] = None
) -> Response:
    """One letter; its ETag is its version."""
    found = _found(request, letter_id)
    return _tagged(_out(found).model_dump_json(), str(found.version), if_none_match)


def _found(request: Request, letter_id: int) -> StoredLetter:
    found = house(request).store.letter(letter_id)
    if found is None:
        raise Refusal(404, "not_found")
    return found


def _out(found: StoredLetter) -> LetterOut:
    return LetterOut(
        id=found.row.id or 0,
        version=found.version,
        sha256=found.row.sha256,
        row=found.row,
        letter=found.letter,
        findings=list(found.findings),
        corrected=list(found.corrected),
        confirmed_by=found.confirmed_by,
        confirmed_at=found.confirmed_at,
    )


_CHANGED: dict[int | str, dict[str, Any]] = {
    status: {"model": Problem, "description": words, "content": {MEDIA: {}}}
    for status, words in ((412, "Somebody changed the letter meanwhile"), (428, "If-Match is missing"))
}


@router.patch("/letters/{letter_id}", response_model=LetterOut, responses=_CHANGED)
def correct(
    request: Request, letter_id: Id, given: Correction, if_match: Annotated[str | None, Header()] = None
) -> Response:
    """Correct one value. If-Match must be the ETag that was seen, so that nobody's work is lost."""
    home, who = house(request), person(request)
    found = _found(request, letter_id)
    if if_match is None:
        return problem(428, "letter.unmatched", "Give the letter's ETag as If-Match.")
    if not _fits(if_match, str(found.version)):
        return problem(
            412, "letter.changed", "The letter was changed since. Fetch it again, then correct it."
        )
    try:
        desk.correct(
            home.store,
            home.settings,
            letter_id,
            given.path,
            given.value,
            who=who.name,
            version=found.version,
            today=dt.date.today(),
        )
    except ConflictError as error:
        return problem(412, "letter.changed", str(error))
    return letter(request, letter_id, None)


@router.get("/findings")
def findings(
    request: Request,
    severity: Literal["error", "warning", "note"] | None = None,
    rule: Annotated[str | None, _TEXT] = None,
    limit: Limit = 50,
    after: Cursor = None,
) -> Listing[FindingOut]:
    """Findings, file by file; `limit` counts files, so a page may be empty and yet have a `next`."""
    found = house(request).store.results(after=after, limit=limit)
    items = [
        FindingOut(sha256=one.sha256, file=one.file, finding=finding)
        for one in found
        for finding in one.findings
        if severity in (None, finding.severity.value) and rule in (None, finding.id)
    ]
    return Listing[FindingOut](items=items, next=found[-1].sha256 if len(found) == limit else None)


@router.get("/deadlines")
def deadlines(
    request: Request,
    first: dt.date | None = None,
    last: dt.date | None = None,
    done: bool | None = False,
    limit: Limit = 200,
    after: Cursor = None,
) -> Listing[DeadlineOut]:
    """Deadlines between two days, both included, the earliest first."""
    found = house(request).store.due(first, last, done, limit=limit, after=after)
    items = [
        DeadlineOut(
            **{
                name: getattr(one, name)
                for name in ("id", "letter_id", "date", "time", "phrase", "sure", "done_at")
            },
            number=one.row.number,
            agency=one.row.agency,
            subject=one.row.subject,
        )
        for one in found.rows
    ]
    return Listing[DeadlineOut](items=items, next=found.next)


@router.get("/search")
def search(
    request: Request,
    q: Annotated[
        str, Query(min_length=1, max_length=300, description="words and filters: from:สพร date:2565")
    ],
    limit: Limit = 20,
    after: Cursor = None,
) -> Listing[HitOut]:
    """Full-text search, as on the search page."""
    found = house(request).store.search(q, limit=limit, after=after, today=dt.date.today())
    items = [
        HitOut(row=hit.row, field=hit.field, snippet=hit.snippet, marks=list(hit.marks), near=hit.near)
        for hit in found.hits
    ]
    return Listing[HitOut](items=items, next=found.next, total=found.total, exact=found.exact)
