"""Errors as problem details (RFC 9457, application/problem+json)."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import Any

from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from pydantic import BaseModel, Field

MEDIA = "application/problem+json"


class Problem(BaseModel):
    """What went wrong, for programs and people."""

    type: str = Field("about:blank", description="kind of problem")
    title: str = Field(description="what the status means")
    status: int = Field(description="HTTP status")
    code: str = Field(description="stable, for programs: value.invalid")
    detail: str = Field(description="one or two whole sentences")
    errors: list[dict[str, Any]] = Field(default_factory=list, description="what is wrong in the request")


def problem(status: int, code: str, detail: str, errors: list[dict[str, Any]] | None = None) -> Response:
    """A problem as an answer."""
    said = Problem(
        title=HTTPStatus(status).phrase, status=status, code=code, detail=detail, errors=errors or []
    )
    return Response(said.model_dump_json(), status_code=status, media_type=MEDIA)


def invalid(error: RequestValidationError) -> Response:
    """A request that does not fit what the API describes; the input itself is not repeated."""
    wrong = [
        {"where": [str(step) for step in each["loc"]], "what": str(each["msg"])} for each in error.errors()
    ]
    return problem(
        422,
        "request.invalid",
        "The request does not fit what the API describes.",
        json.loads(json.dumps(wrong)),
    )


ANSWERS: dict[int | str, dict[str, Any]] = {
    status: {"model": Problem, "description": words, "content": {MEDIA: {}}}
    for status, words in (
        (400, "The body cannot be read"),
        (401, "No token, or one that is not valid"),
        (403, "The token's role may not do this"),
        (404, "There is no such thing"),
        (413, "The body is too large"),
        (422, "The request cannot be understood"),
    )
}
"""What any operation may answer beside its own."""
