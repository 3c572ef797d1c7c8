"""Contest audits: the reports in home/audits, as a matrix of entrants and requirements, each answer with its crop."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import FileResponse, Response
from pydantic import ValidationError

from pipeline.settings import Settings
from pipeline.web.gate import Refusal, house
from pipeline.web.render import page
from schemas.audit import Audit, Entry, Verdict

router = APIRouter(include_in_schema=False)
REPORT = "report.json"
_PICTURES = {".png": "image/png", ".jpg": "image/jpeg", ".webp": "image/webp"}


def reports(settings: Settings) -> dict[str, Path]:
    """The folders of reports by name; only those that lie in home/audits itself."""
    found = sorted((settings.home / "audits").glob(f"*/{REPORT}"))
    return {path.parent.name: path.parent for path in found}


def read_report(settings: Settings, name: str) -> tuple[Path, Audit]:
    """One report and its folder; Refusal where there is none, or it cannot be read."""
    folder = reports(settings).get(name)
    if folder is None:
        raise Refusal(404, "not_found")
    try:
        return folder, Audit.model_validate_json((folder / REPORT).read_bytes())
    except (OSError, ValidationError) as error:
        raise Refusal(500, "audit_broken") from error


@router.get("/audits")
def audits(request: Request) -> Response:
    """All reports."""
    settings = house(request).settings
    folder = settings.home / "audits" / "…"
    return page(request, "audits.html", names=list(reports(settings)), folder=folder)


@router.get("/audits/{name}")
def audit(request: Request, name: str) -> Response:
    """One report: the matrix, then what each entrant must mend."""
    _, found = read_report(house(request).settings, name)
    return page(
        request,
        "audit.html",
        name=name,
        found=found,
        answer=answer,
        counts={kind: sum(entry.outcome == kind for entry in found.entries) for kind in _KINDS},
    )


_KINDS = ("met", "not_met", "unclear")


def answer(entry: Entry, requirement: str) -> Verdict | None:
    """The verdict on one requirement; None where it was not asked."""
    return next((one for one in entry.verdicts if one.requirement == requirement), None)


@router.get("/audits/{name}/crop")
def crop(request: Request, name: str, file: Annotated[str, Query(max_length=500)]) -> Response:
    """The ink behind an answer. Only files that the report itself names, and that lie in its folder."""
    folder, found = read_report(house(request).settings, name)
    named = {one.crop for entry in found.entries for one in entry.verdicts}
    path = (folder / file).resolve()
    known = file in named and path.is_relative_to(folder.resolve()) and path.suffix in _PICTURES
    if not known or not path.is_file():
        raise Refusal(404, "not_found")
    return FileResponse(
        path, media_type=_PICTURES[path.suffix], headers={"cache-control": "private, no-cache"}
    )
